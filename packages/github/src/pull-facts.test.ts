import type { Fact, FactOf } from '@golden-image/policy';
import { describe, expect, it } from '@jest/globals';
import {
  FORK_TOKEN,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  WORKFLOW_TOKEN,
  type World,
} from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { pullRequestFacts } from './pull-facts.ts';

const start = eachBench();
type Pull = Repository['pulls'][number];

async function facts(change: Partial<Pull>, asked: { from?: World; repository?: typeof name } = {}) {
  const from = asked.from ?? sampleWorld();
  Object.assign(from.repositories[0]?.pulls[1] ?? {}, change);
  const { api, ports } = await start(from);
  return pullRequestFacts(api, asked.repository ?? name, 7, ports);
}

function one<K extends Fact['kind']>(all: readonly Fact[], kind: K): FactOf<K> {
  const [fact, ...more] = all.filter((entry): entry is FactOf<K> => entry.kind === kind);
  expect(more).toEqual([]);
  return fact as FactOf<K>;
}

describe('a pull request', () => {
  it.each([
    [{}, { state: 'open', draft: false }],
    [{ draft: true }, { state: 'open', draft: true }],
    [{ state: 'closed' }, { state: 'closed' }],
    // GitHub says "closed" of a merged one too.
    [{ state: 'closed', mergedAt: '2026-01-03T00:00:00Z' }, { state: 'merged' }],
  ] as const)('%j is %j', async (change, expected) => {
    expect(one(await facts(change), 'pull-request').value).toMatchObject(expected);
  });

  it('is from a fork when its repository is another one, or gone', async () => {
    const fork = sampleWorld();
    fork.repositories.push({ ...sampleRepository('mallory'), id: 101 });
    const fromFork = await facts({ headRepository: 'mallory/images' }, { from: fork });
    expect(one(fromFork, 'pull-request').value?.fork).toBe(true);
    expect(one(await facts({ headRepository: undefined }), 'pull-request').value?.fork).toBe(true);
    expect(one(await facts({}), 'pull-request').value?.fork).toBe(false);
  });

  it('has all of its files, each renamed one with where it was', async () => {
    const files = Array.from({ length: 130 }, (_, index) => ({
      filename: `new/${index}`,
      previous_filename: `old/${index}`,
      status: 'renamed' as const,
      additions: 0,
      deletions: 0,
    }));
    const value = one(await facts({ files }), 'files').value;
    expect(value).toHaveLength(130);
    expect(value?.at(-1)).toEqual({ path: 'new/129', previousPath: 'old/129', status: 'renamed' });
  });

  it('that GitHub lists only a part of has unknown files', async () => {
    const { api, ports, github } = await start(sampleWorld());
    github.fault({ kind: 'status', status: 200, body: '[]', match: /files/ });
    expect(one(await pullRequestFacts(api, name, 7, ports), 'files')).toMatchObject({
      status: 'unknown',
      detail: 'GitHub lists 0 of 1 changed files',
    });
  });

  it('that is not known makes all about it unknown, each with the reason', async () => {
    const from = sampleWorld();
    delete from.tokens[WORKFLOW_TOKEN]?.permissions.pull_requests;
    const all = await facts({}, { from });
    expect(all.map(({ kind, status }) => [kind, status])).toEqual(
      ['pull-request', 'commits', 'pushers', 'reviews', 'files'].map((kind) => [kind, 'unknown']),
    );
    for (const fact of all) {
      expect(fact).toMatchObject({ pull: 7, detail: expect.stringContaining('pull-requests: read') });
    }
  });

  it('each fact of which fails by itself', async () => {
    const { api, ports, github } = await start(sampleWorld(), { token: FORK_TOKEN });
    github.fault({ kind: 'status', status: 404, match: /activity/ });
    const all = await pullRequestFacts(api, name, 7, ports);
    expect(all.filter(({ status }) => status === 'unknown').map(({ kind }) => kind)).toEqual(['pushers']);
    expect(one(all, 'commits').value?.map((entry) => entry.sha)).toEqual([sha('c1'), sha('c2')]);
  });
});
