import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fixedClock } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsoleRecorder } from './console.ts';
import { consoleFinding } from './console-findings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'console-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the console recorder', () => {
  it('stamps lines, neutralises them, and shows a prompt that has no line end', async () => {
    const clock = fixedClock('2026-01-01T00:00:00Z');
    const file = path.join(folder, 'console.log');
    const recorder = new ConsoleRecorder({ clock, file });
    const seen: string[] = [];
    recorder.watch((text) => seen.push(text));
    recorder.take(Buffer.from('first\r\n::error::x\n\u001b[31m##[group]y\n'));
    await clock.sleep(1_500);
    recorder.take(Buffer.from('guest lo'));
    recorder.take(Buffer.from('gin: '));
    expect(recorder.tail(1)).toBe('[    1.500] guest login: ');
    expect(seen).toContain('guest login: ');
    await recorder.close();
    const text = await readFile(file, 'utf8');
    expect(text.split('\n')[0]).toBe('[    0.000] first');
    expect(text).not.toMatch(/::|##\[|\u001b/);
    expect(text).toContain('[    1.500] guest login: \n');
  });

  it('keeps a multi-byte character that comes in two pieces, and bounds a line that never ends', async () => {
    const recorder = new ConsoleRecorder({ clock: fixedClock(new Date(0)), file: path.join(folder, 'c') });
    const bytes = Buffer.from('ä');
    recorder.take(bytes.subarray(0, 1));
    recorder.take(bytes.subarray(1));
    expect(recorder.tail(1)).toContain('ä');
    for (let index = 0; index < 100; index += 1) {
      recorder.take(Buffer.alloc(10_000, 'x'));
    }
    expect(recorder.tail(1).length).toBeLessThan(5_000);
    expect(recorder.bytes).toBe(1_000_002);
    await recorder.close();
  });

  it('stops keeping when a guest floods it, and says so', async () => {
    const file = path.join(folder, 'flood');
    const recorder = new ConsoleRecorder({ clock: fixedClock(new Date(0)), file });
    const chunk = Buffer.from(`${'x'.repeat(4_000)}\n`.repeat(250));
    for (let index = 0; index < 45; index += 1) {
      recorder.take(chunk);
    }
    await recorder.close();
    const text = await readFile(file, 'latin1');
    expect(text.length).toBeLessThan(34 * 1024 * 1024);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/\d+ more lines were not kept/);
  });

  it('survives a folder that is gone', async () => {
    const recorder = new ConsoleRecorder({
      clock: fixedClock(new Date(0)),
      file: path.join(folder, 'no', 'c'),
    });
    recorder.take(Buffer.from('x\n'));
    await recorder.close();
    expect(recorder.tail(5)).toContain('x');
  });
});

describe('signs of trouble', () => {
  it.each([
    ['panic', '[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs'],
    ['oops', 'BUG: kernel NULL pointer dereference, address: 0000000000000008'],
    ['out-of-memory', 'Out of memory: Killed process 123 (python3)'],
    ['failed-mount', '[FAILED] Failed to mount boot-efi.mount - /boot/efi.'],
    ['ordering-cycle', 'systemd[1]: a.service: Found ordering cycle on b.service/start'],
    ['emergency-mode', 'You are in emergency mode. After logging in, type "journalctl -xb"'],
  ])('%s', (kind, line) => {
    expect(consoleFinding(line)?.kind).toBe(kind);
  });

  it('not in a normal line', () => {
    expect(consoleFinding('[  OK  ] Mounted boot-efi.mount - /boot/efi.')).toBeUndefined();
  });
});
