import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec, silentLog, systemClock } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseAccelerator, runProbeGuest } from './accelerator.ts';
import { bootSector, type Ending } from './boot-sector.ts';
import { waitForBoot } from './boot-stages.ts';
import { type Machine, withMachine } from './machine.ts';
import type { MachineSpec } from './machine-arguments.ts';
import { hostArchitecture } from './platform.ts';

const TCG = ['-accel', 'tcg', '-cpu', 'max'];
let folder: string;
let cancel: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'machine-'));
  cancel = new AbortController();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function ports() {
  const signal = cancel.signal;
  return { exec: createExec({ signal }), clock: systemClock, log: silentLog, signal };
}

async function tiny(text: string, ending: Ending): Promise<MachineSpec> {
  const file = path.join(folder, 'disk.img');
  await writeFile(file, bootSector(text, ending));
  return {
    accelerator: { name: 'tcg', reason: 'test', args: TCG, timeoutScale: 10 },
    firmware: 'bios',
    memoryMib: 64,
    cpus: 1,
    bus: 'virtio-blk',
    disk: { file, format: 'raw', serial: 'boot' },
    volumes: [],
    mac: '52:54:00:12:34:56',
    extraNics: [],
  };
}

function run<T>(spec: MachineSpec, body: (machine: Machine) => Promise<T>): Promise<T> {
  return withMachine(ports(), spec, path.join(folder, 'console.log'), body);
}

const qemusOfOurs = (): Promise<number> => programsOfOurs('qemu-system');

/** Processes of a program whose command line names our folder. */
async function programsOfOurs(program: string): Promise<number> {
  let count = 0;
  for (const pid of await readdir('/proc')) {
    const line = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
    count += line.startsWith(program) && line.includes(folder) ? 1 : 0;
  }
  return count;
}

describe('the accelerator', () => {
  it('runs the probe guest under TCG', async () => {
    await expect(runProbeGuest(ports(), TCG)).resolves.toBeUndefined();
  });

  it('runs the probe guest of arm64, and is TCG for a guest of another architecture than the host', async () => {
    await expect(runProbeGuest(ports(), TCG, 'arm64')).resolves.toBeUndefined();
    const other = hostArchitecture() === 'arm64' ? 'amd64' : 'arm64';
    await expect(chooseAccelerator(ports(), 'auto', { architecture: other })).resolves.toMatchObject({
      name: 'tcg',
      reason: `the guest is for ${other}, this host is ${hostArchitecture()}`,
    });
  });

  it('is TCG, with the reason, where there is no KVM', async () => {
    const chosen = await chooseAccelerator(ports(), 'auto', { device: '/dev/no-such-kvm' });
    expect(chosen).toMatchObject({ name: 'tcg', reason: 'there is no /dev/no-such-kvm', timeoutScale: 10 });
    await expect(chooseAccelerator(ports(), 'kvm', { device: '/dev/no-such-kvm' })).rejects.toMatchObject({
      code: 'no-kvm',
    });
  });

  it('is not KVM because a device is there', async () => {
    // Opens well, runs nothing: KVM is then QEMU's own to refuse, or too slow to be of use.
    const chosen = await chooseAccelerator(ports(), 'auto', { device: '/dev/null' });
    expect(['kvm', 'tcg']).toContain(chosen.name);
    expect(chosen.reason).not.toBe('');
  });
});

describe('a guest that does not come up ends in bounded time, with its stage and console', () => {
  it.each([
    ['hang', 0.15, 'in the stage "kernel", the stage did not end within 4.5 s', 'here I am'],
    ['flood', 0.15, 'in the stage "kernel", the stage did not end within 4.5 s', 'here I am'],
    ['power-off', 10, 'in the stage "kernel", the guest powered off', 'here I am'],
    ['reset', 10, 'the guest resets again and again', 'here I am'],
  ] as const)('%s', async (ending, scale, message, shown) => {
    const spec = await tiny('here I am ::error::x\r\n', ending);
    const outcome = run(spec, (machine) => waitForBoot(ports(), machine, scale));
    await expect(outcome).rejects.toMatchObject({
      code: 'boot-failed',
      message: expect.stringContaining(message),
      detail: expect.stringContaining(shown),
    });
    const recorded = await readFile(path.join(folder, 'console.log'), 'utf8');
    expect(recorded).toContain(shown);
    expect(recorded).not.toContain('::');
    expect(await qemusOfOurs()).toBe(0);
  });

  it('a silent one', async () => {
    const outcome = run(await tiny('', 'hang'), (machine) => waitForBoot(ports(), machine, 0.1));
    await expect(outcome).rejects.toMatchObject({
      message: expect.stringContaining('in the stage "firmware"'),
      detail: 'The console stayed silent.',
    });
  });

  it('a panic', async () => {
    const spec = await tiny('Linux version 6\r\n[  1.0] Kernel panic - not syncing: no root\r\n', 'hang');
    const outcome = run(spec, (machine) => waitForBoot(ports(), machine, 10));
    await expect(outcome).rejects.toMatchObject({ message: expect.stringContaining('the kernel panicked') });
  });
});

describe('the machine', () => {
  it('ends QEMU when its user throws, and when the job is cancelled', async () => {
    await expect(run(await tiny('x', 'hang'), () => Promise.reject(new Error('mine')))).rejects.toThrow(
      'mine',
    );
    expect(await qemusOfOurs()).toBe(0);
    const cancelled = run(await tiny('x', 'hang'), async (machine) => {
      expect(await qemusOfOurs()).toBe(1);
      cancel.abort(new Error('job cancelled'));
      await waitForBoot(ports(), machine, 10);
    });
    await expect(cancelled).rejects.toThrow('job cancelled');
    expect(await qemusOfOurs()).toBe(0);
  });

  it('has a TPM of its own, which ends with it', async () => {
    const spec = { ...(await tiny('x', 'hang')), tpmState: path.join(folder, 'tpm') };
    await run(spec, async (machine) => {
      expect(await machine.qmp.execute('query-tpm')).toMatchObject([{ id: 'tpm0', model: 'tpm-crb' }]);
      expect(await programsOfOurs('swtpm')).toBe(1);
    });
    expect(await programsOfOurs('swtpm')).toBe(0);
  });

  it('says what QEMU said when it does not start', async () => {
    const spec = {
      ...(await tiny('x', 'hang')),
      bus: 'nvme',
      disk: { file: '/no/such', format: 'raw', serial: 'x' },
    };
    await expect(run(spec as MachineSpec, async () => {})).rejects.toMatchObject({
      code: 'qemu-failed',
      detail: expect.stringContaining('/no/such'),
    });
  });

  it('pings nobody who never used an address, and takes a picture of the screen', async () => {
    const file = path.join(folder, 'screen.png');
    await run(await tiny('x', 'hang'), async (machine) => {
      const ping = await machine.network.ping({ count: 1, gapMs: 1, waitMs: 1, signal: cancel.signal });
      expect(ping).toEqual({ sent: 0, fromGuest: 0, others: 0, address: undefined });
      await machine.qmp.execute('screendump', { filename: file, format: 'png' });
    });
    expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
  });
});
