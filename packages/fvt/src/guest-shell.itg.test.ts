import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GuestShell, LoginFailed } from './guest-shell.ts';

let folder: string;
let before: string | undefined;
let cancel: AbortController;
const target = { port: 1, user: 'x', keyFile: '/none', knownHosts: '/none' };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shell-'));
  before = process.env.PATH;
  cancel = new AbortController();
});
afterEach(async () => {
  process.env.PATH = before;
  cancel.abort(new Error('over'));
  await rm(folder, { recursive: true, force: true });
});

/** This machine's own shell in the place of a guest's. */
async function open(ssh = 'exec sh', timeoutMs = 20_000): Promise<GuestShell> {
  const file = path.join(folder, 'ssh');
  await writeFile(file, `#!/bin/sh\n${ssh}\n`);
  await chmod(file, 0o755);
  process.env.PATH = `${folder}:${before}`;
  const { signal } = cancel;
  return GuestShell.open({ exec: createExec({ signal }) }, target, { timeoutMs, signal });
}

describe('a shell in the guest', () => {
  it('runs scripts one after the other, with their status, and no input', async () => {
    const shell = await open();
    const timeoutMs = 20_000;
    expect(await shell.run('echo a; echo; echo b', { timeoutMs })).toEqual({ rc: 0, lines: ['a', '', 'b'] });
    expect(await shell.run('printf "no end"; exit 3', { timeoutMs })).toEqual({ rc: 3, lines: ['no end'] });
    expect(await shell.run('cat; echo "FVT1-RAN-x 0"', { timeoutMs })).toEqual({
      rc: 0,
      lines: ['FVT1-RAN-x 0'],
    });
    const seen: string[] = [];
    await shell.run('echo one; echo two', { timeoutMs, onLine: (line) => seen.push(line) });
    expect(seen).toEqual(['one', 'two', '']);
    await shell.close();
  });

  it('does not wait for ever', async () => {
    const shell = await open();
    await expect(shell.run('sleep 60', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'guest-timeout' });
  });

  it('says so when the guest dies in the middle', async () => {
    const shell = await open();
    await expect(shell.run('kill -9 $$', { timeoutMs: 20_000 })).rejects.toMatchObject({
      code: 'guest-gone',
    });
    await expect(shell.run('true', { timeoutMs: 20_000 })).rejects.toMatchObject({ code: 'guest-gone' });
  });

  it('tells a refusal from silence', async () => {
    const refused = open('echo "x@127.0.0.1: Permission denied (publickey)." >&2; exit 255');
    await expect(refused).rejects.toMatchObject({ attempt: { outcome: 'refused', methods: ['publickey'] } });
    await expect(open('sleep 60', 200)).rejects.toBeInstanceOf(LoginFailed);
    await expect(open('exit 255')).rejects.toMatchObject({ attempt: { outcome: 'unreachable' } });
  });

  it('ends when the job is cancelled', async () => {
    const pending = open('sleep 60');
    setTimeout(() => cancel.abort(new Error('cancelled')), 200);
    await expect(pending).rejects.toThrow('cancelled');
  });
});
