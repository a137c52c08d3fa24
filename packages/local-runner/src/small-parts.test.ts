/** Parts that are too small for a file of their own each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Cancellation } from './cancellation.ts';
import { parseOptions } from './cli.ts';
import { printable } from './console.ts';
import { githubContext } from './github-context.ts';
import { hashFiles, matchFiles } from './hash-files.ts';
import { prepareOut } from './out-folder.ts';
import { tablesOf } from './report.ts';
import { setupNode } from './setup-node.ts';
import { inheritedEnvironment } from './step-environment.ts';
import { parseUses } from './use-reference.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'local-runner-parts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('parseUses', () => {
  it.each([
    ['./a/b', { kind: 'local', path: './a/b' }],
    ['$/a', { kind: 'own', path: 'a' }],
    ['Me/Mine/actions/x@v1', { kind: 'own', path: 'actions/x' }],
    ['Actions/Checkout@v6', { kind: 'replaced', name: 'actions/checkout' }],
  ])('%s', (uses, expected) => {
    expect(parseUses(uses, 'me/mine', ['actions/checkout'])).toEqual(expected);
  });

  it.each(['docker://x', 'other/one@v1', 'me/mine/x', 'x', 'actions/checkout'])('refuses %s', (uses) => {
    expect(parseUses(uses, 'me/mine', ['actions/checkout']).kind).toBe('unsupported');
  });
});

describe('printable', () => {
  it.each([
    ['plain :: text', 'plain :: text'],
    ['a::b', 'a::b'],
    ['  ::error::x', '  :\u200b:error:\u200b:x'],
    ['x ##[error]y', 'x ##\u200b[error]y'],
    ['\u001b[31m::error::x\u001b[0m', '\u001b[31m:\u200b:error:\u200b:x\u001b[0m'],
    ['\u001b]0;title\u0007\u001b[2Jx', 'x'],
    ['a\r::b', 'a\n:\u200b:b'],
  ])('%j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('hashFiles', () => {
  it('matches regular files inside the folder, less what later patterns take away', () => {
    const folder = path.join(scratch, 'hash');
    mkdirSync(path.join(folder, 'sub'), { recursive: true });
    writeFileSync(path.join(folder, 'a.txt'), 'a');
    writeFileSync(path.join(folder, 'sub/b.txt'), 'b');
    writeFileSync(path.join(scratch, 'outside.txt'), 'c');
    const names = (...patterns: string[]) =>
      matchFiles(folder, patterns).map((file) => path.relative(folder, file));
    expect(names('**/*.txt', '# comment', '../*.txt')).toEqual(['a.txt', 'sub/b.txt']);
    expect(names('**\n!sub/**')).toEqual(['a.txt']);
    expect(hashFiles(folder, ['none'])).toBe('');
    // printf a | sha256sum | xxd -r -p | sha256sum
    expect(hashFiles(folder, ['a.txt'])).toBe(
      'bf5d3affb73efd2ec6c36ad3112dd933efed63c4e1cbffcfa88e2759c144f2d8',
    );
  });
});

describe('Cancellation', () => {
  it('ends what runs, lets later work run, until it is forced', () => {
    const parent = new Cancellation();
    const child = new Cancellation(parent);
    const running = child.signal();
    parent.cancel('user');
    parent.cancel('timeout');
    expect([running.aborted, child.reason, child.signal().aborted, child.forceSignal.aborted]).toEqual([
      true,
      'user',
      false,
      false,
    ]);
    parent.force();
    expect(child.forceSignal.aborted).toBe(true);
    expect(new Cancellation(parent).reason).toBe('user');
  });

  it('of a child leaves the parent alone', () => {
    const parent = new Cancellation();
    new Cancellation(parent).cancel('timeout');
    expect(parent.reason).toBeUndefined();
    expect(parent.signal().aborted).toBe(false);
  });
});

it('reads options', () => {
  expect(parseOptions(['--help'])).toEqual({ help: undefined });
  expect(parseOptions(['w.yml', '-h'])).toEqual({ help: 'w.yml' });
  expect(parseOptions(['w.yml', '--input', 'a=b=c', '--secret', 'S', '--debug'])).toMatchObject({
    workflow: 'w.yml',
    inputs: { a: 'b=c' },
    secrets: ['S'],
    debug: true,
    keepWorkspace: false,
  });
  expect(() => parseOptions(['a', 'b'])).toThrow('not also b');
  expect(() => parseOptions(['a', '--var', '=x'])).toThrow('NAME=VALUE');
});

it("keeps a runner's variables and secrets from steps", () => {
  const env = {
    HOME: '/h',
    GITHUB_TOKEN: 'x',
    RUNNER_TEMP: 'x',
    npm_config_x: 'x',
    NODE_OPTIONS: 'x',
    MINE: 's',
    U: undefined,
  };
  expect(inheritedEnvironment(env, ['MINE'])).toEqual({ HOME: '/h' });
});

it('offers only the Node that runs it', () => {
  const refused = (version: string) => setupNode.refuse?.('node-version', version) !== undefined;
  const major = process.versions.node.split('.')[0];
  expect([`${major}`, `v${major}.1.0`, `^${major}.0.0`, `${major}.x`, ''].map(refused)).toEqual(
    Array(5).fill(false),
  );
  expect(['18', '2', `${major}0`, 'lts/*'].map(refused)).toEqual(Array(4).fill(true));
});

it('names refs and repositories as GitHub does', () => {
  const facts = {
    repository: 'o/n',
    sha: 's',
    ref: 'refs/tags/v1',
    workflow: 'w',
    workflowFile: 'w.yml',
    eventName: 'push',
    event: { pull_request: { head: { ref: 'topic' }, base: { ref: 'main' } } },
    runId: '1',
    actor: 'a',
    token: '',
  };
  expect(githubContext(facts, { GITHUB_API_URL: 'http://127.0.0.1:1' })).toMatchObject({
    ref_name: 'v1',
    ref_type: 'tag',
    repository_owner: 'o',
    head_ref: 'topic',
    base_ref: 'main',
    graphql_url: 'http://127.0.0.1:1/graphql',
  });
});

it('never takes a folder that it did not make', async () => {
  const own = await prepareOut(undefined, '1', scratch);
  expect(await prepareOut(undefined, '1', scratch)).toBe(`${own}-2`);
  mkdirSync(path.join(own, 'artifacts/x'), { recursive: true });
  expect(await prepareOut('out/1', 'unused', scratch)).toBe(own);
  expect(matchFiles(own, ['**'])).toEqual([]);
  mkdirSync(path.join(scratch, 'foreign/artifacts'), { recursive: true });
  await expect(prepareOut('foreign', 'unused', scratch)).rejects.toMatchObject({ code: 'out-not-ours' });
});

it('makes tables that nothing from outside can break', () => {
  const step = {
    name: `two\nlines ${'x'.repeat(100)}`,
    phase: 'main' as const,
    outcome: 'failure' as const,
    conclusion: 'success' as const,
    seconds: 1.26,
    outputs: {},
    annotations: [],
    summary: '',
  };
  const report = {
    workflow: 'w',
    file: 'w.yml',
    event: 'push',
    startedAt: '',
    conclusion: 'success' as const,
    seconds: 1,
    inputs: {},
    jobs: [{ id: 'a', name: 'a', conclusion: 'success' as const, seconds: 1, outputs: {}, steps: [step] }],
    outputs: [{ name: 'o', description: 'Output', value: '' }],
  };
  const lines = tablesOf(report);
  expect(lines).toHaveLength(7);
  expect(lines[2]).toMatch(/^a {4}two lines x+… {2}failure \(allowed\) {6}1\.3$/);
  expect(lines[6]).toBe('Output  –');
});
