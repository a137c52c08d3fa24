import { describe, expect, it } from '@jest/globals';
import { type Repository, sampleRepository, sampleWorld, sha } from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { branchEvents, pushersBefore, pushersOf } from './pushers.ts';

const start = eachBench();
type Activity = Repository['activities'][number];
type Kind = Activity['type'];

let minute = 0;
function event(actor: string | undefined, type: Kind, at?: string): Activity {
  minute += 1;
  const time = at ?? new Date(Date.parse('2026-01-01T00:00:00Z') + minute * 60_000).toISOString();
  return { id: minute, actor, ref: 'refs/heads/x', before: sha('00'), after: sha('c2'), at: time, type };
}

async function world(activities: Activity[]) {
  const { api, github } = await start(sampleWorld({ ...sampleRepository(), activities }));
  return { api, github };
}

const logins = (pushes: Awaited<ReturnType<typeof pushersOf>>) =>
  pushes.map(({ actor }) => actor.login ?? actor.name);

describe('who pushed to a branch', () => {
  it('is everybody since it was made, by force too, and an account that is gone', async () => {
    const { api } = await world([
      event('mallory', 'branch_creation'),
      event('mallory', 'branch_deletion'),
      event('alice', 'branch_creation'),
      event('bob', 'push'),
      event('carol', 'force_push'),
      event(undefined, 'push'),
      // Deleted and brought back: that is no push, but it says who did.
      event('dave', 'branch_deletion'),
    ]);
    expect(logins(await pushersOf(api, name, 'x', sha('c2')))).toEqual([
      'a deleted account',
      'carol',
      'bob',
      'alice',
    ]);
  });

  it('is of this branch only', async () => {
    const { api } = await world([
      event('alice', 'branch_creation'),
      { ...event('bob', 'push'), ref: 'refs/heads/y' },
      { ...event('bob', 'push'), ref: 'refs/tags/x' },
    ]);
    expect(logins(await pushersOf(api, name, 'x', sha('c2')))).toEqual(['alice']);
  });

  it('is not known when nobody is said to have pushed its newest commit', async () => {
    const { api } = await world([event('alice', 'branch_creation')]);
    await expect(pushersOf(api, name, 'x', sha('c1'))).rejects.toThrow(
      'GitHub does not say who pushed c1c1c1c1c1c1 to x',
    );
    await expect(pushersOf(api, name, 'y', sha('c2'))).rejects.toThrow(/to y/);
  });

  it('is read page by page, no further than is needed', async () => {
    const list = [event('mallory', 'push'), event('alice', 'branch_creation')];
    for (let count = 0; count < 150; count += 1) {
      list.push(event('bob', 'push'));
    }
    const { api, github } = await world(list);
    expect(await pushersOf(api, name, 'x', sha('c2'))).toHaveLength(151);
    expect(github.requests).toHaveLength(2);
  });

  it('is not known of a branch that was pushed to more often than anybody reads', async () => {
    const list: Activity[] = [];
    for (let count = 0; count < 5050; count += 1) {
      list.push(event('bob', 'push'));
    }
    const { api, github } = await world(list);
    await expect(branchEvents(api, name, 'x', () => false)).rejects.toThrow(
      'the branch x was pushed to more than 5000 times',
    );
    expect(github.requests).toHaveLength(50);
  });
});

describe('who pushed to a branch that is gone', () => {
  const lives = () => [
    event('mallory', 'branch_creation', '2025-01-01T00:00:00Z'),
    event('alice', 'branch_creation', '2025-02-01T00:00:00Z'),
    event('bob', 'push', '2025-02-02T00:00:00Z'),
    event('carol', 'branch_deletion', '2025-02-02T12:00:00Z'),
    event('dave', 'branch_creation', '2025-03-01T00:00:00Z'),
  ];

  it('is who pushed in its last life before a time, that time included', async () => {
    const { api } = await world(lives());
    expect(logins(await pushersBefore(api, name, 'x', '2025-02-03T00:00:00Z'))).toEqual(['bob', 'alice']);
    expect(logins(await pushersBefore(api, name, 'x', '2025-02-02T00:00:00Z'))).toEqual(['bob', 'alice']);
    expect(logins(await pushersBefore(api, name, 'x', '2025-02-01T12:00:00Z'))).toEqual(['alice']);
  });

  it('is who pushed last where no time is known', async () => {
    const { api } = await world(lives());
    expect(logins(await pushersBefore(api, name, 'x', undefined))).toEqual(['dave']);
  });
});
