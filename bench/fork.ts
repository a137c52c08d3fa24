import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { bootAndFreeze, openTestbed } from './lib/booted.ts';
import { timed } from './lib/measure.ts';

const FORK = 'fork, logged in';
const BOOT = 'cold boot, logged in';

/** A fresh running machine for a destructive case. */
export const fork: Bench = {
  name: 'fork',
  title: 'A fresh running machine for a destructive case',
  what: 'From nothing to a machine whose processors run: a fork of a frozen one, against a boot of the same image. Both include what makes the machine: overlay, sockets, QEMU itself. The login that both need afterwards is measured too.',
  tools: [],
  rounds: 2,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const bench = await openTestbed(context);
  const snapshot = await bootAndFreeze(bench);
  let number = 0;
  const next = (name: string): string => {
    number += 1;
    return `${name}-${number}`;
  };
  const hardware = { extraNics: 0, volumes: 0, forkable: false };
  const { testbed } = bench;
  return {
    sides: [
      {
        name: 'fork',
        ours: true,
        command: 'QEMU with -incoming and the memory mapped privately, then cont',
        run: () => timed(() => testbed.forkOnly(next('fork'), snapshot)),
      },
      {
        name: FORK,
        ours: true,
        command: 'the same, and ssh guest true',
        run: () => timed(() => testbed.branch(next('login'), snapshot, async () => {})),
      },
      {
        name: BOOT,
        ours: false,
        command: 'QEMU from power-on until ssh guest true succeeds',
        run: () => timed(() => testbed.boot(next('boot'), hardware, async () => {})),
      },
    ],
    goals: [{ side: 'fork', quantity: 'wall', peers: [BOOT], atMost: 0.02 }],
    end: () => bench.end(),
  };
}
