/** The shipped bundle of gate-approval deciding on merges, against the strict fake GitHub and reports of real tools. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  commit,
  type FakeGitHub,
  FORK_TOKEN,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  startFakeGitHub,
  WORKFLOW_TOKEN,
} from './fake-github/src/index.ts';
import { type BundleRun, runBundle } from './tools/run-bundle.ts';

const POLICY = `version: 1
changes: [{paths: ["**"], approvals: {min: 2}}]
quality:
  coverage: {lines: 60, patch: 50}
  findings: {total: {error: 0}}
  tests: {}
  jobs: [test]
`;
const COVERAGE = 'SF:hardening/ssh.yml\nDA:1,1\nDA:2,1\nDA:3,0\nend_of_record\n';
const SARIF = JSON.stringify({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'biome' } }, results: [] }],
});
const JUNIT = '<testsuite><testcase name="works"/></testsuite>';

let github: FakeGitHub | undefined;
let work: string;
const folders: string[] = [];
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'gate-merge-'));
  folders.push(work);
  await mkdir(path.join(work, 'reports'));
  await writeFile(path.join(work, 'reports/lcov.info'), COVERAGE);
  await writeFile(path.join(work, 'reports/lint.sarif'), SARIF);
  await writeFile(path.join(work, 'reports/junit.xml'), JUNIT);
});
afterEach(async () => {
  await github?.close();
  github = undefined;
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** Pull request 7 of alice, approved by bob and carol, tested as merge commit ee in run 77. */
function repository(change: (repository: Repository) => void = () => {}): Repository {
  const value = sampleRepository();
  value.commits.push(commit('ee', [sha('b1'), sha('c2')], person('alice')));
  value.files['.image-policy.yml'] = POLICY;
  const [, pull] = value.pulls;
  if (pull) {
    pull.filesAt = { [sha('ee')]: pull.files };
  }
  value.runs.push({
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
      { name: 'gate', conclusion: null },
    ],
    approvals: [],
  });
  change(value);
  return value;
}

async function gate(
  from: Repository = repository(),
  inputs: Readonly<Record<string, string>> = {},
  token: string = WORKFLOW_TOKEN,
): Promise<BundleRun> {
  github ??= await startFakeGitHub(sampleWorld(from));
  const event = path.join(work, 'event.json');
  await writeFile(event, JSON.stringify({ pull_request: { number: 7, head: { sha: sha('c2') } } }));
  const env = {
    RUNNER_TEMP: path.join(work, 'temp'),
    GITHUB_WORKSPACE: work,
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_REPOSITORY: 'acme/images',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_SHA: sha('ee'),
  };
  const reports = { coverage: 'reports/*.info', sarif: 'reports/*.sarif', junit: 'reports/junit.xml' };
  const result = await runBundle(
    'gate-approval',
    { mode: 'merge', token, ...reports, ...inputs },
    { cwd: work, env },
  );
  expect(github.violations).toEqual([]);
  return result;
}

const reasons = (result: BundleRun): string => JSON.parse(result.outputs.reasons ?? '[]').join('\n');
function expectRefused(result: BundleRun, reason: RegExp): void {
  expect(reasons(result)).toMatch(reason);
  expect([result.code, result.outputs.decision]).toEqual([1, 'refused']);
  expect(result.stdout).toMatch(/^::error title=Gate approval::Refused: /m);
  expect(result.summary).toContain('What to do next');
}

describe('a pull request', () => {
  it('is approved when everything is there, and its saved facts decide the same again', async () => {
    const result = await gate();
    expect(reasons(result)).toBe('');
    expect([result.code, result.outputs.decision]).toEqual([0, 'approved']);
    expect(result.summary).toContain('## Merge approved: \\#7 Harden the image');
    expect(result.summary).toContain('alice wants to merge 2 commits into main');
    expect(result.summary).toContain('bob, carol');
    expect(await readFile(result.outputs.report ?? '', 'utf8')).toContain('Merge approved');
    const facts = path.join(work, 'facts.json');
    await cp(result.outputs.facts ?? '', facts);
    await writeFile(path.join(work, '.image-policy.yml'), POLICY);
    const again = await gate(repository(), { facts });
    expect([again.code, again.outputs.decision]).toEqual([0, 'approved']);
    expect(again.summary).toContain('A replay of facts');
    await writeFile(path.join(work, '.image-policy.yml'), POLICY.replace('lines: 60', 'lines: 99'));
    expectRefused(await gate(repository(), { facts }), /At least 99 % of all lines/);
    const both = `${POLICY}release: {require: [{predicate: medium/v1}]}\n`;
    await writeFile(path.join(work, '.image-policy.yml'), both);
    const wrong = await gate(repository(), { facts, mode: 'release' });
    expect(wrong.stdout).toContain('holds the facts of a merge, not of a release');
  });

  it('of a fork is decided on with a token that only reads, and no comment is needed', async () => {
    const result = await gate(repository(), { comment: 'true' }, FORK_TOKEN);
    expect([result.code, result.outputs.decision]).toEqual([0, 'approved']);
    expect(result.stdout).toContain('The report could not be written as a comment');
  });

  it('gets one comment that is kept up to date', async () => {
    await gate(repository(), { comment: 'true' });
    await gate(repository(), { comment: 'true' });
    const posts = (github?.requests ?? []).filter((request) => /^(?:POST|PATCH) .*comments/.test(request));
    expect(posts.map((request) => request.split(' ')[0])).toEqual(['POST', 'PATCH']);
  });

  it.each<[string, (repository: Repository) => void, RegExp]>([
    [
      'an approver who is a co-author',
      ({ commits }) => Object.assign(commits[3] ?? {}, { authors: [person('alice'), person('bob')] }),
      /1 approval counts; not counted: bob \(co-author of/,
    ],
    [
      'an approval before the last push',
      ({ pulls }) => Object.assign(pulls[1]?.reviews[0] ?? {}, { commit: sha('c1') }),
      /bob \(approved .*, before the last push\)/,
    ],
    [
      'a skipped job',
      ({ runs }) => Object.assign(runs[0]?.jobs[0] ?? {}, { conclusion: 'skipped' }),
      /The job test succeeded: skipped/,
    ],
    [
      'a policy that is not there',
      ({ files }) => {
        delete files['.image-policy.yml'];
      },
      /The policy of the base can be read: the base has no \.image-policy\.yml/,
    ],
  ])('with %s is refused', async (_what, change, reason) => {
    expectRefused(await gate(repository(change)), reason);
  });

  it('whose own policy asks for less is judged by the one of the base', async () => {
    await writeFile(
      path.join(work, '.image-policy.yml'),
      'version: 1\nchanges: [{paths: ["**"], approvals: {min: 0}}]\n',
    );
    const lonely = repository(({ pulls }) => {
      if (pulls[1]) {
        pulls[1].reviews = [];
      }
    });
    expectRefused(await gate(lonely), /2 approvals for \*\*: none counts/);
  });

  it.each<[string, string, string, RegExp]>([
    ['no coverage report', 'reports/lcov.info', '', /A coverage report that can be read: .*is empty/],
    [
      'too little coverage',
      'reports/lcov.info',
      COVERAGE.replace('DA:2,1', 'DA:2,0'),
      /At least 60 % .*: 33\.3 % \(1 of 3 lines\)/,
    ],
    [
      'findings',
      'reports/lint.sarif',
      SARIF.replace('"results":[]', '"results":[{"level":"error","message":{"text":"x"}}]'),
      /No errors of biome: 1/,
    ],
    [
      'entities in a report',
      'reports/junit.xml',
      `<!DOCTYPE t [<!ENTITY a "x">]>${JUNIT}`,
      /document type of its own/,
    ],
    [
      'a failed test',
      'reports/junit.xml',
      '<testsuite><testcase name="::error::x"><failure/></testcase></testsuite>',
      /1 failed/,
    ],
  ])('with %s is refused', async (_what, file, text, reason) => {
    await writeFile(path.join(work, file), text);
    const result = await gate();
    expectRefused(result, reason);
    expect(result.stdout).not.toMatch(/^::error::x/m);
  });

  it('with a pattern that finds no report is refused', async () => {
    expectRefused(
      await gate(repository(), { coverage: 'nowhere/*.info' }),
      /no report nowhere\/\*\.info was found/,
    );
  });
});
