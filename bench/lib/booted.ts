import path from 'node:path';
import { createExec, silentLog, systemClock } from '@golden-image/host';
import { chooseAccelerator, inspectDisk, type Snapshot } from '@golden-image/vm';
import { readSubject } from '../../packages/fvt/src/subject.ts';
import type { ObservePorts } from '../../packages/fvt/src/testbed.ts';
import { Testbed } from '../../packages/fvt/src/testbed.ts';
import type { BenchContext } from './bench.ts';

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
