import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';

const script = path.resolve(import.meta.dirname, '../test/sample-action.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'action-kit-'));
const output = path.join(folder, 'output');
const summary = path.join(folder, 'summary');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  writeFileSync(output, '');
  writeFileSync(summary, '');
});

const environment = (inputs: Record<string, string>) => ({
  ...process.env,
  NODE_OPTIONS: '',
  GITHUB_OUTPUT: output,
  GITHUB_STEP_SUMMARY: summary,
  ...Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  ),
});

function act(inputs: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: environment(inputs),
  });
  return { status, stdout, stderr, commands: stdout.split('\n').filter((line) => line.startsWith('::')) };
}

function asNobody(file: string, env: NodeJS.ProcessEnv) {
  const args = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, file];
  return spawnSync('/usr/bin/setpriv', args, { encoding: 'utf8', env });
}

describe('runAction', () => {
  it('writes outputs and summary', () => {
    const { status, stderr } = act({ behaviour: 'succeed' });
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(output, 'utf8')).toMatch(
      /^path<<(\S+)\n\/tmp\/x\nsecond line\n\1\nempty<<(\S+)\n\n\2\n$/,
    );
    expect(readFileSync(summary, 'utf8')).toContain('## Sample');
  });

  it('masks a secret before anything else', () => {
    const { commands } = act({ behaviour: 'succeed', key: 'hunter2hunter2' });
    expect(commands[0]).toBe('::add-mask::hunter2hunter2');
  });

  it('still writes outputs and summary for a refusal, and fails in one line', () => {
    const { status, commands } = act({ behaviour: 'refuse' });
    expect(status).toBe(1);
    expect(commands).toEqual(['::error title=Sample::Refused: no approval']);
    expect(readFileSync(output, 'utf8')).toContain('path<<');
    expect(readFileSync(summary, 'utf8')).not.toBe('');
  });

  it("turns a user's error into one annotation with the fix, the detail in a group, harmless", () => {
    const { status, commands, stdout } = act({ behaviour: 'user-error' });
    expect(status).toBe(1);
    expect(commands).toEqual([
      '::group::Sample: details of the failure (unsigned)',
      '::endgroup::',
      '::error title=Sample::The list is unsigned. Sign it.',
    ]);
    expect(stdout).toContain('from a server');
    expect(readFileSync(output, 'utf8')).toBe('');
  });

  it('says of a bug that it is ours', () => {
    const { status, commands } = act({ behaviour: 'bug' });
    expect(status).toBe(1);
    expect(commands.at(-1)).toContain('x is undefined. This is a fault of golden-image-actions');
  });

  it('condenses a tool that failed', () => {
    const { status, commands } = act({ behaviour: 'tool' });
    expect(status).toBe(1);
    expect(commands.at(-1)).toMatch(
      /^::error title=Sample::sh failed with status 9: :\u200b:error:\u200b:tool\./,
    );
  });

  it('names every invalid input', () => {
    const { status, commands } = act({ behaviour: 'nothing' });
    expect(status).toBe(1);
    expect(commands.at(-1)).toContain('behaviour is "nothing", expected one of');
  });

  it('refuses to install when told so, and names only what is missing', () => {
    const { status, commands } = act({ behaviour: 'need-tool' });
    expect(status).toBe(1);
    expect(commands.at(-1)).toContain(
      'Missing on this host: no-such-tool. Install the packages no-such-package, or set install-tools',
    );
  });

  it('starts itself again through sudo where it needs root, with its inputs in the environment only', () => {
    const env = { ...environment({ behaviour: 'who', key: 'hunter2hunter2' }), SAMPLE_ROOT: 'true' };
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    // Stands in for sudo, and only shows what it was given: the tests run as root already.
    const sudo = '#!/bin/sh\necho "sudo $*"\n';
    writeFileSync(path.join(bin, 'sudo'), sudo, { mode: 0o755 });
    chmodSync(folder, 0o755);
    const { stdout } = asNobody(script, { ...env, PATH: `${bin}:${process.env.PATH}` });
    expect(stdout).toMatch(/^sudo -n -E -- .*sample-action\.ts$/m);
    expect(stdout).not.toMatch(/^sudo .*hunter2/m);
  });

  it('explains that it needs root where there is no passwordless sudo', () => {
    const env = { ...environment({ behaviour: 'who' }), SAMPLE_ROOT: 'true', PATH: '/nonexistent' };
    const { status, stdout } = asNobody(script, env);
    expect(status).toBe(1);
    expect(stdout).toContain(
      'This action needs root, and passwordless sudo is not there. Run the job as root',
    );
  });

  it('ends programs and says so when the job is cancelled', async () => {
    const child = spawn(process.execPath, [script], { env: environment({ behaviour: 'wait' }) });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (chunk.includes('waiting')) {
        child.kill('SIGINT');
      }
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(130);
    expect(stdout).toContain('::warning::sample was cancelled by SIGINT');
    expect(stdout).not.toContain('::error');
  });
});
