import { type Fact, type FactOf, parseFacts } from '@golden-image/policy';
import { expect } from '@jest/globals';
import {
  commit,
  person,
  sampleRepository,
  sampleWorld,
  sha,
  type World,
} from '../../../test/fake-github/src/index.ts';
import { collectMergeFacts, type MergeFacts } from '../src/collect-merge.ts';
import type { RunContext } from '../src/context.ts';
import { type Bench, context, NOW, startBench } from './setup.ts';

let bench: Bench | undefined;

/** Ends the server of the last `collect`. */
export async function closeBench(): Promise<void> {
  await bench?.github.close();
  bench = undefined;
}

/** The sample world with the test merge of pull request 7, a policy and a run. */
export function world(change: (repository: ReturnType<typeof sampleRepository>) => void = () => {}): World {
  const repository = sampleRepository();
  repository.commits.push(commit('ee', [sha('b1'), sha('c2')], person('alice')));
  repository.files['.image-policy.yml'] = 'version: 1\n';
  const [, pull] = repository.pulls;
  if (pull) {
    pull.filesAt = { [sha('ee')]: pull.files };
  }
  repository.runs.push({
    id: 77,
    attempt: 1,
    headSha: sha('c2'),
    headBranch: 'topic',
    createdAt: '2026-01-03T02:00:00Z',
    event: 'pull_request',
    actor: 'alice',
    triggeringActor: 'alice',
    jobs: [
      { name: 'test', conclusion: 'success' },
      { name: 'scan', conclusion: 'skipped' },
      { name: 'gate', conclusion: null },
    ],
    approvals: [],
  });
  change(repository);
  return sampleWorld(repository);
}

export const pullEvent: Partial<RunContext> = {
  payload: { pull_request: { number: 7, head: { sha: sha('c2') } } },
};

export async function collect(
  from: World,
  options: {
    readonly token?: string;
    readonly run?: Partial<RunContext>;
    readonly teams?: readonly string[];
  } = {},
): Promise<MergeFacts> {
  await closeBench();
  bench = await startBench(from, options.token ? { token: options.token } : {});
  const request = {
    context: context(options.run ?? pullEvent),
    policy: '.image-policy.yml',
    teams: () => options.teams ?? [],
  };
  const result = await collectMergeFacts(request, bench.api, bench.ports);
  expect(bench.github.violations).toEqual([]);
  // What was collected can be saved and replayed.
  const saved = JSON.stringify({ version: 1, mode: 'merge', time: NOW, facts: result.facts });
  expect(parseFacts(saved, 'facts.json').facts).toHaveLength(result.facts.length);
  return result;
}

export function fact<K extends Fact['kind']>({ facts }: MergeFacts, kind: K): FactOf<K> {
  const found = facts.filter((entry): entry is FactOf<K> => entry.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as FactOf<K>;
}

export const unknown = (facts: MergeFacts): string[] =>
  facts.facts.filter((entry) => entry.status === 'unknown').map((entry) => entry.kind);
