import { cp } from 'node:fs/promises';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { NAMED_CASES } from '../packages/fvt/src/cases/index.ts';
import { runFvt } from '../packages/fvt/src/run-fvt.ts';
import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { openTestbed } from './lib/booted.ts';
import { timed } from './lib/measure.ts';

const CASES = 'run-fvt, all cases of the catalogue';
const BOOT = 'one plain boot to SSH';

/** All cases of the catalogue against one boot. */
export const fvt: Bench = {
  name: 'fvt',
  title: 'All named cases, in boots of the same image',
  what: 'run-fvt with all cases of the catalogue (four boots, and forks of the first), digests and reports included, against one boot of the same image until it lets its administrator in.',
  tools: [],
  rounds: 1,
  remarks:
    'The cases need four boots: the first, one with two NICs and two volumes, a reboot, and a start after a stop. Emulated, a boot takes nearly what two processors have: two of them side by side, with one processor each, take most of the time of two one after the other. That is the limit that was met, and most of the time; facts, exercises in forks, digests and reports are the rest. Other processor models (without AVX, without five-level paging) did not make a boot shorter. Where KVM runs guests, boots are short and do run side by side.',
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const bench = await openTestbed(context);
  const image = path.join(context.folder, 'image');
  await cp(bench.image, image, { recursive: true });
  let number = 0;
  return {
    sides: [
      {
        name: BOOT,
        ours: false,
        command: 'QEMU from power-on until ssh guest true succeeds',
        run: () => {
          number += 1;
          const hardware = { extraNics: 0, volumes: 0, forkable: false };
          return timed(() => bench.testbed.boot(`boot-${number}`, hardware, async () => {}));
        },
      },
      {
        name: CASES,
        ours: true,
        command: 'run-fvt with cases: the 27 names',
        run: () =>
          timed(async () => {
            const { failure } = await runFvt(testPorts(), {
              image,
              suites: ['functional'],
              cases: NAMED_CASES.map(({ id }) => id),
              exclude: [],
              expectations: path.join(context.root, 'examples/debian-13/expectations.yml'),
              ...({ accelerator: 'auto', firmware: 'bios', bus: 'virtio-blk' } as const),
              ...{ memoryMib: 1024, retries: 0, sshUser: 'fvt', timeoutScale: 1 },
            });
            if (failure !== undefined) {
              throw new Error(failure);
            }
          }),
      },
    ],
    goals: [{ side: CASES, quantity: 'wall', peers: [BOOT], atMost: 2.5 }],
    end: () => bench.end(),
  };
}
