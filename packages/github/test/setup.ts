/** A client of the fake GitHub, as actions get one. */
import { fixedClock } from '@golden-image/host';
import { recordingLog } from '@golden-image/host/testing';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import {
  type FakeGitHub,
  type Options,
  startFakeGitHub,
  WORKFLOW_TOKEN,
  type World,
} from '../../../test/fake-github/src/index.ts';
import type { GitHubApi } from '../src/api.ts';
import type { RunContext } from '../src/context.ts';
import { makeResilient, type Patience } from '../src/resilience.ts';

export const NOW = '2026-01-04T00:00:00.000Z';

export interface Bench {
  readonly github: FakeGitHub;
  readonly api: GitHubApi;
  readonly ports: {
    readonly clock: ReturnType<typeof fixedClock>;
    readonly log: ReturnType<typeof recordingLog>;
    readonly signal: AbortSignal;
  };
  readonly cancel: () => void;
}

export async function startBench(
  world: World,
  options: Options & { readonly token?: string; readonly patience?: Patience } = {},
): Promise<Bench> {
  const github = await startFakeGitHub(world, options);
  const controller = new AbortController();
  const ports = { clock: fixedClock(NOW), log: recordingLog(), signal: controller.signal };
  const api = client(github.url, options.token ?? WORKFLOW_TOKEN);
  makeResilient(api, ports, options.patience);
  return { github, api, ports, cancel: () => controller.abort(new Error('cancelled')) };
}

export function client(baseUrl: string, token: string): GitHubApi {
  const Client = Octokit.plugin(paginateRest);
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return new Client({ baseUrl, auth: token, log });
}

export const name = { owner: 'acme', repo: 'images' };

export function context(more: Partial<RunContext> = {}): RunContext {
  return {
    repository: name,
    runId: 77,
    runAttempt: 1,
    eventName: 'pull_request',
    ref: 'refs/pull/7/merge',
    sha: 'ee'.repeat(20),
    payload: {},
    ...more,
  };
}
