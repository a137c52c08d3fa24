import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec, silentLog, systemClock } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bootSector } from './boot-sector.ts';
import { freeze, type Snapshot, withFork } from './fork.ts';
import { type Machine, withMachine } from './machine.ts';
import type { DiskBus, MachineSpec } from './machine-arguments.ts';
import { createSharedMemory, type SharedMemory } from './shared-memory.ts';

const MEMORY_MIB = 64;
const TIMEOUT_MS = 120_000;
let folder: string;
let memory: SharedMemory;
const { signal } = new AbortController();
const ports = { exec: createExec({ signal }), clock: systemClock, log: silentLog, signal };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fork-'));
  memory = await createSharedMemory(MEMORY_MIB, folder);
});
afterEach(async () => {
  await memory.close();
  await rm(folder, { recursive: true, force: true });
});

async function spec(bus: DiskBus = 'virtio-blk'): Promise<MachineSpec> {
  const file = path.join(folder, 'disk.img');
  await writeFile(file, bootSector('tick\r\n', 'flood'));
  return {
    accelerator: { name: 'tcg', reason: 'test', args: ['-accel', 'tcg', '-cpu', 'max'], timeoutScale: 10 },
    firmware: 'bios',
    memoryMib: MEMORY_MIB,
    memory: { file: memory.file, mode: 'template' },
    cpus: 1,
    bus,
    disk: { file, format: 'raw', serial: 'boot' },
    volumes: [],
    mac: '52:54:00:12:34:56',
    extraNics: [],
  };
}

/** Waits until the guest wrote `count` bytes on its console. */
async function written(machine: Machine, count: number): Promise<void> {
  for (let waited = 0; machine.console.bytes < count; waited += 20) {
    expect(waited).toBeLessThan(60_000);
    await systemClock.sleep(20, AbortSignal.any([signal, machine.ended]));
  }
}

async function frozen(from: MachineSpec): Promise<Snapshot> {
  return withMachine(ports, from, path.join(folder, 'template.log'), async (machine) => {
    await written(machine, 100);
    return freeze(ports, machine);
  });
}

async function filesOf(name: string): Promise<{ readonly folder: string; readonly console: string }> {
  const own = path.join(folder, name);
  await mkdir(own);
  return { folder: own, console: path.join(own, 'console.log') };
}

describe('a frozen machine', () => {
  it(
    'goes on in forks that do not see each other, and forks again from a copy of its memory',
    async () => {
      const snapshot = await frozen(await spec());
      expect(snapshot.state.length).toBeGreaterThan(10_000);
      const before = await readFile(memory.file);
      const run = async (name: string): Promise<string> => {
        const files = await filesOf(name);
        await withFork(ports, snapshot, files, (machine) => written(machine, 100));
        return readFile(files.console, 'latin1');
      };
      // It would print the name of the boot loader first, were it booting.
      for (const text of await Promise.all([run('one'), run('two')])) {
        expect(text.split('\n')[0]).toMatch(/^\[ +\d+\.\d{3}\] (t?i?c?k?)$/);
      }
      const copy = await createSharedMemory(MEMORY_MIB, folder);
      await copyFile(memory.file, copy.file);
      const again = await withFork(
        ports,
        snapshot,
        { ...(await filesOf('three')), memory: copy.file },
        async (machine) => {
          await written(machine, 100);
          return freeze(ports, machine);
        },
      );
      await withFork(ports, again, await filesOf('four'), (machine) => written(machine, 100));
      await copy.close();
      expect((await readFile(memory.file)).equals(before)).toBe(true);
    },
    TIMEOUT_MS,
  );

  it('goes on itself, and says why, where a device cannot be saved', async () => {
    const nvme = await spec('nvme');
    await withMachine(ports, nvme, path.join(folder, 'template.log'), async (machine) => {
      await written(machine, 100);
      await expect(freeze(ports, machine)).rejects.toMatchObject({
        code: 'cannot-fork',
        message: expect.stringMatching(/nvme/i),
      });
      await written(machine, machine.console.bytes + 100);
    });
  });

  it('must have its memory in a file', async () => {
    const { memory: _none, ...plain } = await spec();
    await withMachine(ports, plain, path.join(folder, 'template.log'), async (machine) => {
      await expect(freeze(ports, machine)).rejects.toMatchObject({ code: 'cannot-fork' });
    });
  });

  it('is refused when its state is damaged', async () => {
    const snapshot = await frozen(await spec());
    const damaged = { ...snapshot, state: snapshot.state.subarray(0, snapshot.state.length >> 1) };
    const outcome = withFork(ports, damaged, await filesOf('damaged'), async () => {});
    await expect(outcome).rejects.toMatchObject({ code: expect.stringMatching(/cannot-fork|qemu-failed/) });
  });
});

describe('shared memory', () => {
  it('has no name, and lies on a disk where the memory file system has no room', async () => {
    expect((await readFile(memory.file)).length).toBe(MEMORY_MIB * 2 ** 20);
    const onDisk = await createSharedMemory(1, folder, '/no/such/tmpfs');
    expect((await readFile(onDisk.file)).length).toBe(2 ** 20);
    await onDisk.close();
    await expect(readFile(onDisk.file)).rejects.toThrow();
  });
});
