import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { endOrphans, TRACKING } from './orphans.ts';
import { runStepProcess } from './step-process.ts';

function start(script: string, more: { signal?: AbortSignal; forceSignal?: AbortSignal; id?: string } = {}) {
  const lines: string[] = [];
  const never = new AbortController().signal;
  const done = runStepProcess({
    command: 'bash',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', [TRACKING]: more.id ?? 'none' },
    onLine: (line) => lines.push(line),
    signal: more.signal ?? never,
    forceSignal: more.forceSignal ?? never,
  });
  return { lines, done };
}

describe('runStepProcess', () => {
  it('cuts both streams into lines as they end', async () => {
    const { lines, done } = start(String.raw`printf 'a\r\nb\rc\n\nä'; printf 'error' >&2; exit 3`);
    expect(await done).toBe(3);
    expect(lines.sort()).toEqual(['', 'a', 'b', 'c', 'error', 'ä']);
  });

  it('hands a line without an end on in pieces', async () => {
    const { lines, done } = start('head -c 3000000 /dev/zero | tr "\\0" x');
    await done;
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toHaveLength(3_000_000);
  });

  it('interrupts the whole group, and kills it at once when forced', async () => {
    const cancel = new AbortController();
    const polite = start('trap "echo int; exit 7" INT; echo up; sleep 100 & wait', { signal: cancel.signal });
    setTimeout(() => cancel.abort(), 300);
    expect(await polite.done).toBe(7);
    expect(polite.lines).toEqual(['up', 'int']);
    const stubborn = start('trap "" INT TERM; sleep 100', { forceSignal: AbortSignal.timeout(300) });
    expect(await stubborn.done).toBe(128);
    expect(await start('sleep 100', { signal: AbortSignal.abort() }).done).not.toBe(0);
  });

  it('rejects a program that is not there', async () => {
    const never = new AbortController().signal;
    const request = { args: [], cwd: '/', env: {}, onLine: () => {}, signal: never, forceSignal: never };
    await expect(runStepProcess({ command: '/no/such', ...request })).rejects.toMatchObject({
      code: 'step-not-started',
    });
  });
});

it('ends the processes of a job that left its group, and no others', async () => {
  const id = randomUUID();
  await start('setsid sleep 985 >/dev/null 2>&1 & disown', { id }).done;
  const other = start('sleep 1; echo alive', { id: randomUUID() });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await endOrphans(id)).map(({ name }) => name)).toEqual(['sleep']);
  expect(await endOrphans(id)).toEqual([]);
  expect(await other.done).toBe(0);
});
