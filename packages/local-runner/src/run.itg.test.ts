/** Runs the workflow of test/fixtures in this process; what comes out is checked on the bundle (test/local-runner.itg.test.ts). */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec, systemClock } from '@golden-image/host';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Cancellation } from './cancellation.ts';
import { parseOptions } from './cli.ts';
import { showHelp } from './help.ts';
import { type Machine, runFile } from './run.ts';

const fixture = path.resolve(import.meta.dirname, '../../../test/fixtures/local-runner/repository');
const scratch = mkdtempSync(path.join(tmpdir(), 'local-runner-run-'));
const features = '.github/workflows/features.yml';
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function copy(name: string): string {
  const folder = path.join(scratch, name);
  cpSync(fixture, folder, { recursive: true });
  return folder;
}

function git(folder: string, ...args: string[]): void {
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args]);
}

async function run(
  folder: string,
  args: readonly string[],
  change: Partial<Machine> = {},
): Promise<{ conclusion: string; text: string }> {
  const options = parseOptions(args);
  if ('help' in options) {
    throw new Error('help');
  }
  let text = '';
  const conclusion = await runFile(options, {
    exec: createExec(),
    clock: systemClock,
    cwd: folder,
    environment: { ...process.env, XDG_CACHE_HOME: path.join(scratch, 'cache'), API_TOKEN: 'a-long-secret' },
    write: (part) => {
      text += part;
    },
    colours: false,
    cancellation: new Cancellation(),
    ...change,
  });
  return { conclusion, text };
}

describe('runFile', () => {
  it('runs every feature in a git repository', async () => {
    const folder = copy('git');
    git(folder, 'init', '--quiet');
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'first');
    git(folder, 'remote', 'add', 'origin', 'https://example.invalid/some-owner/some-repository.git');
    rmSync(path.join(folder, 'folder/b.txt'));
    const args = [features, '--input', 'text=x', '--secret', 'api-token', '--out', path.join(scratch, 'out')];
    const { conclusion, text } = await run(folder, args, { colours: true });
    expect(text).toContain('\u001b[32m✓\u001b[0m');
    expect(conclusion).toBe('success');
    const result = JSON.parse(readFileSync(path.join(scratch, 'out/result.json'), 'utf8'));
    expect(result.jobs[0].outputs.folder).toBe('folder a.txt ');
    expect(text).not.toContain('a-long-secret');
  });

  it('runs without git, in a given workspace that it leaves as it was', async () => {
    const folder = copy('plain');
    writeFileSync(
      path.join(folder, '.github/workflows/plain.yml'),
      [
        'on: push',
        'jobs:',
        '  a:',
        '    runs-on: x',
        '    steps:',
        '      - uses: actions/checkout@v6',
        '      - uses: ./actions/javascript',
        '      - run: "false"',
        '',
      ].join('\n'),
    );
    const workspace = path.join(scratch, 'workspace');
    const args = ['.github/workflows/plain.yml', '--workspace', workspace, '--keep-workspace', '--debug'];
    const { conclusion, text } = await run(folder, args);
    expect(conclusion).toBe('failure');
    expect(text).toContain('no git history');
    expect(text).toContain('hello local/plain');
    const kept = execFileSync('find', [workspace, '-name', 'main.cjs'], { encoding: 'utf8' });
    expect(kept).toMatch(/workspace\/run-\d{14}\/a\/plain\/actions\/javascript\/main\.cjs/);
    expect(existsSync(path.join(folder, 'out/latest/summary.md'))).toBe(true);
  });

  it('runs nothing after a cancellation', async () => {
    const cancellation = new Cancellation();
    cancellation.cancel('user');
    const folder = copy('cancelled');
    const { conclusion, text } = await run(
      folder,
      ['.github/workflows/called.yml', '--input', 'question=x'],
      {
        cancellation,
      },
    );
    expect(conclusion).toBe('cancelled');
    expect(text).toContain('Job answer: cancelled');
  });

  it('shows the inputs of a workflow', async () => {
    const help = await showHelp(features, { cwd: copy('help'), exec: createExec() });
    expect(help).toContain('  text\n      A text (required)\n');
    expect(await showHelp(undefined, { cwd: '/', exec: createExec() })).not.toContain('Inputs of');
  });
});
