import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec } from '@golden-image/host';
import { describe, expect, it } from '@jest/globals';
import { collectorScript, parseCollected, probeOfLine, shellQuote } from './collector.ts';
import { expectationsSchema } from './expectations.ts';
import { type Probe, probes } from './probes.ts';

const exec = createExec();

/** The collector's own script, in this machine's shell. */
async function run(list: readonly Probe[], scale = 1) {
  const { stdout } = await exec({ command: 'sh', args: ['-s'], input: collectorScript(list, scale) });
  return { stdout, results: () => parseCollected(stdout.split('\n'), list) };
}

describe('the collector', () => {
  it('brings output, messages and status of each probe, whatever they contain', async () => {
    const list = [
      { id: 'plain', seconds: 5, script: 'echo "it\'s"; echo "FVT1 fake 0  ."; echo ::error::x >&2; exit 3' },
      { id: 'binary', seconds: 5, script: "printf 'a\\000b\\nFVT1-END 1\\n'" },
      { id: 'empty', seconds: 5, script: 'true' },
      { id: 'input', seconds: 5, script: 'cat' },
    ];
    const { results, stdout } = await run(list);
    expect(results()).toEqual({
      plain: { rc: 3, stdout: "it's\nFVT1 fake 0  .\n", stderr: '::error::x\n' },
      binary: { rc: 0, stdout: 'a\u0000b\nFVT1-END 1\n', stderr: '' },
      empty: { rc: 0, stdout: '', stderr: '' },
      input: { rc: 0, stdout: '', stderr: '' },
    });
    expect(stdout).not.toContain('::error');
    expect(stdout.split('\n').map(probeOfLine).filter(Boolean).toSorted()).toEqual([
      'binary',
      'empty',
      'input',
      'plain',
    ]);
  });

  it('waits for the guest first, and runs slow probes beside the others', async () => {
    const { stdout, results } = await run([
      { id: 'quick', seconds: 5, script: 'echo quick' },
      { id: 'slow', seconds: 5, lane: 'slow', script: 'sleep 0.5; echo slow' },
      { id: 'settled', seconds: 5, lane: 'settle', script: 'sleep 0.1' },
    ]);
    expect(stdout.split('\n').map(probeOfLine).filter(Boolean)).toEqual(['settled', 'quick', 'slow']);
    expect(results()).toMatchObject({ quick: { stdout: 'quick\n' }, slow: { stdout: 'slow\n' } });
  });

  it('runs each probe once, whichever worker comes to it', async () => {
    const counted = path.join(mkdtempSync(path.join(tmpdir(), 'collector-')), 'runs');
    const list = [...Array(40).keys()].map((number) => ({
      id: `n${number}`,
      seconds: 20,
      script: `echo ${number} >>${counted}; sleep 0.0${number % 7}; echo ${number}`,
      ...(number % 3 === 0 ? { lane: 'slow' as const } : {}),
    }));
    const { results } = await run(list);
    expect(Object.values(results()).map(({ stdout }) => stdout)).toEqual(
      list.map((_, index) => `${index}\n`),
    );
    const runs = readFileSync(counted, 'utf8').trim().split('\n');
    expect(runs.toSorted()).toEqual(list.map((_, index) => String(index)).toSorted());
    rmSync(path.dirname(counted), { recursive: true });
  });

  it('finds the serial of a disk wherever its bus shows it', async () => {
    const sys = mkdtempSync(path.join(tmpdir(), 'block-'));
    const files: Readonly<Record<string, string | Buffer>> = {
      'vda/serial': 'boot',
      'nvme0n1/device/serial': 'volume1             \n',
      // SCSI's page 80h of vital product data (unit serial number): its length in the fourth byte.
      'sda/device/vpd_pg80': Buffer.from([0, 0x80, 0, 7, ...Buffer.from('volume2')]),
      'sdb/device/vpd_pg80': Buffer.from([0, 0x80, 0, 0]),
      'loop0/serial': 'loop',
    };
    for (const name of ['vda', 'nvme0n1', 'sda', 'sdb', 'vdb', 'loop0']) {
      mkdirSync(path.join(sys, name, 'device'), { recursive: true });
      writeFileSync(path.join(sys, name, 'size'), '8\n');
    }
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(path.join(sys, name), content);
    }
    const list = probes(expectationsSchema.parse({})).filter(({ id }) => id === 'block-devices');
    const { results } = await run(
      list.map((probe) => ({ ...probe, script: probe.script.replaceAll('/sys/block', sys) })),
    );
    expect(
      results()
        ['block-devices']?.stdout.split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      ...['nvme0n1 4096 volume1', 'sda 4096 volume2', 'sdb 4096', 'vda 4096 boot', 'vdb 4096 none', ''],
    ]);
    rmSync(sys, { recursive: true });
  });

  it('ends a probe that hangs and goes on', async () => {
    const { results } = await run([
      { id: 'hangs', seconds: 1, script: 'sleep 60' },
      { id: 'next', seconds: 5, script: 'echo here' },
    ]);
    expect(results()).toMatchObject({ hangs: { rc: 124 }, next: { stdout: 'here\n' } });
  });

  it('takes only so much of a probe that floods', async () => {
    const { results } = await run([
      { id: 'flood', seconds: 20, script: 'head -c 3000000 /dev/zero | tr "\\0" x' },
    ]);
    expect(results().flood?.stdout).toHaveLength(512 * 1024);
  });

  it('is an error when it was cut short, or a probe is missing', async () => {
    const list = [
      { id: 'a', seconds: 5, script: 'echo 1' },
      { id: 'b', seconds: 5, script: 'echo 2' },
    ];
    const { stdout } = await run(list);
    const parse = (text: string, probesOf: readonly Probe[] = list) =>
      parseCollected(text.split('\n'), probesOf);
    expect(() => parse(stdout.slice(0, stdout.lastIndexOf('FVT1 ')))).toThrow(
      /cut short: 1 of 2 probes answered/,
    );
    expect(() => parse(stdout.replace(/FVT1-END.*\n/, ''))).toThrow(/its end is missing/);
    expect(() => parse(stdout, [...list, { id: 'c', seconds: 1, script: '' }])).toThrow(/cut short/);
    expect(() => parse(stdout, [...list].reverse())).toThrow(/b brought no result/);
    expect(() => parse('')).toThrow(/0 of 2/);
    const data = /FVT1-DATA\n([\s\S]*)\nFVT1-END/.exec(stdout)?.[1] ?? '';
    const shorter = Buffer.from(data, 'base64').subarray(0, -1).toString('base64');
    expect(() => parse(stdout.replace(data, shorter))).toThrow(/bytes came/);
    expect(() => parse(stdout.replace(data, '!!!'))).toThrow(/has no form/);
  });

  it('quotes anything for the shell', async () => {
    const odd = 'a\'b"c$(id)`id`\\ \n*';
    const { stdout } = await exec({ command: 'sh', args: ['-c', `printf %s ${shellQuote(odd)}`] });
    expect(stdout).toBe(odd);
  });

  it('has probes that any POSIX shell can read, each id once', async () => {
    const all = probes(expectationsSchema.parse({ modules: { available: ['ext4'], initramfs: ['ext4'] } }));
    expect(new Set(all.map((probe) => probe.id)).size).toBe(all.length);
    await exec({ command: 'sh', args: ['-n'], input: collectorScript(all, 10) });
    for (const probe of all) {
      await exec({ command: 'sh', args: ['-n'], input: probe.script });
    }
  });
});
