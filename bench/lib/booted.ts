import path from 'node:path';
import { createExec, silentLog, systemClock } from '@golden-image/host';
import { chooseAccelerator, inspectDisk, type Snapshot } from '@golden-image/vm';
import { NO_EXPECTATIONS } from '../../packages/fvt/src/expectations.ts';
import type { Guest } from '../../packages/fvt/src/guest.ts';
import { type Probe, probes } from '../../packages/fvt/src/probes.ts';
import { readSubject } from '../../packages/fvt/src/subject.ts';
import type { ObservePorts } from '../../packages/fvt/src/testbed.ts';
import { Testbed } from '../../packages/fvt/src/testbed.ts';
import type { BenchContext } from './bench.ts';

/** Those that wait for something else than the guest's answer would hide the difference. */
const WAITING = ['cloud-init-status', 'system-running', 'ping-ip', 'ping-name', 'cloud-init-schema'];

/** The collector's probes that a guest answers at once. */
export function promptProbes(): readonly Probe[] {
  return probes(NO_EXPECTATIONS).filter((probe) => !WAITING.includes(probe.id));
}

/** Machines of the image that `--set image=<folder>` names, for as long as a benchmark runs. */
export interface BenchTestbed {
  readonly ports: ObservePorts;
  readonly testbed: Testbed;
  readonly image: string;
  end(): Promise<void>;
}

/** A testbed that stays open until `end`. */
export async function openTestbed(context: BenchContext): Promise<BenchTestbed> {
  const image = context.option('image', '');
  if (image === '') {
    throw new Error('name an image folder: --set image=<folder>, as npm start leaves it');
  }
  const cancel = new AbortController();
  const { signal } = cancel;
  const log = { ...silentLog, warning: (text: string) => context.log(text) };
  const ports = {
    ...{ exec: createExec({ signal }), clock: systemClock, log, signal },
    fetch: () => Promise.reject(new Error('no network in a benchmark')),
  };
  const subject = await readSubject(image);
  const accelerator = await chooseAccelerator(ports, 'auto');
  const { virtualSize } = await inspectDisk(ports, subject.disk, subject.format);
  const ready = Promise.withResolvers<Testbed>();
  const over = Promise.withResolvers<void>();
  const folder = path.join(context.folder, `testbed-${process.hrtime.bigint()}`);
  const settings = {
    ...{ disk: subject.disk, format: subject.format, accelerator, memoryMib: 1024, cpus: 2 },
    ...({ firmware: 'bios', bus: 'virtio-blk' } as const),
    diskBytes: virtualSize + 2 ** 30,
    ...{ sshUser: 'fvt', timeoutScale: accelerator.timeoutScale, parallel: 2 },
    folder: path.join(folder, 'work'),
    consoles: path.join(folder, 'console'),
  };
  const used = Testbed.use(ports, settings, (testbed) => {
    ready.resolve(testbed);
    return over.promise;
  });
  used.catch((error: unknown) => ready.reject(error));
  const testbed = await ready.promise;
  return {
    ports,
    testbed,
    image,
    end: async () => {
      over.resolve();
      await used;
    },
  };
}

/** Boots once and freezes the machine. */
export function bootAndFreeze({ testbed }: BenchTestbed): Promise<Snapshot> {
  const hardware = { extraNics: 0, volumes: 0, forkable: true };
  return testbed.boot('first', hardware, async ({ guest }) => {
    await guest.shell.run('cloud-init status --wait >/dev/null; systemctl is-system-running --wait', {
      timeoutMs: 240_000 * guest.timeoutScale,
    });
    const snapshot = await testbed.freeze(guest);
    if (!snapshot) {
      throw new Error('the machine cannot be forked');
    }
    return snapshot;
  });
}

/** A fork of a booted machine that runs until `end`. */
export async function forkedGuest(
  context: BenchContext,
): Promise<{ readonly bench: BenchTestbed; readonly guest: Guest; end(): Promise<void> }> {
  const bench = await openTestbed(context);
  const snapshot = await bootAndFreeze(bench);
  const ready = Promise.withResolvers<Guest>();
  const over = Promise.withResolvers<void>();
  const fork = bench.testbed.branch('fork', snapshot, (guest) => {
    ready.resolve(guest);
    return over.promise;
  });
  fork.catch((error: unknown) => ready.reject(error));
  return {
    bench,
    guest: await ready.promise,
    end: async () => {
      over.resolve();
      await fork;
      await bench.end();
    },
  };
}
