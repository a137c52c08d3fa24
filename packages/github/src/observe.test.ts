import { fixedClock } from '@golden-image/host';
import { describe, expect, it } from '@jest/globals';
import { NOW } from '../test/setup.ts';
import { Incomplete } from './failure.ts';
import { observe } from './observe.ts';

const controller = () => {
  const abort = new AbortController();
  return { abort, ports: { clock: fixedClock(NOW), signal: abort.signal } };
};
const team = { kind: 'team', team: 'acme/core' } as const;

describe('an observation', () => {
  it('is a fact with value, source and the time when it was begun', async () => {
    const { ports } = controller();
    const look = async () => {
      await ports.clock.sleep(60_000, ports.signal);
      return [{ login: 'ada', type: 'User' as const }];
    };
    expect(await observe(team, 'GET /x', look, ports)).toEqual({
      kind: 'team',
      team: 'acme/core',
      status: 'pass',
      source: 'GET /x',
      time: NOW,
      value: [{ login: 'ada', type: 'User' }],
    });
  });

  it('that fails is unknown, with the reason, and the permission where one is missing', async () => {
    const { ports } = controller();
    const incomplete = () => Promise.reject(new Incomplete('half of it'));
    expect(await observe(team, 'GET /x', incomplete, ports)).toEqual({
      ...team,
      status: 'unknown',
      source: 'GET /x',
      time: NOW,
      detail: 'half of it',
    });
    const refused = Object.assign(new Error('no'), {
      status: 403,
      request: { method: 'GET', url: 'https://api.github.test/orgs/acme/teams/core/members' },
    });
    expect(await observe(team, 'GET /x', () => Promise.reject(refused), ports)).toMatchObject({
      status: 'unknown',
      permission: 'members: read',
    });
  });

  it('that is cancelled is no fact', async () => {
    const { abort, ports } = controller();
    const look = () => {
      abort.abort(new Error('cancelled'));
      return Promise.reject(new Error('connection closed'));
    };
    await expect(observe(team, 'GET /x', look, ports)).rejects.toThrow('cancelled');
  });
});
