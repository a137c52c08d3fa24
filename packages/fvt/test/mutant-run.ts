import type { Snapshot } from '@golden-image/vm';
import type { Case } from '../src/case.ts';
import { CASES } from '../src/cases/index.ts';
import type { Expectations } from '../src/expectations.ts';
import type { Guest } from '../src/guest.ts';
import type { Launch, Observations } from '../src/observations.ts';
import { observeBranches, observeFirstBoot } from '../src/observe.ts';
import { evaluate } from '../src/results.ts';
import { observeSecondBoot } from '../src/second-boot.ts';
import { globMatches } from '../src/select.ts';
import type { ObservePorts, Testbed } from '../src/testbed.ts';
import type { Mutant } from './mutants.ts';

const GIB = 2 ** 30;

/** A machine that can be forked, as it came up. */
export interface Template {
  readonly snapshot: Snapshot;
  readonly launch: Launch;
  readonly banner: string;
}

/** What a mutant showed. */
export interface MutantResult {
  readonly mutant: Mutant;
  /** The case failed, and said why. */
  readonly found: boolean;
  /** What the case said. */
  readonly said: string;
  /** Cases that failed with it, as expected. */
  readonly also: readonly string[];
  /** Cases that came out otherwise and have nothing to do with it. */
  readonly unrelated: readonly string[];
}

/** What stays the same for all mutants. */
export interface MutantBench {
  readonly ports: ObservePorts;
  readonly testbed: Testbed;
  readonly expectations: Expectations;
  /** Outcomes of the unchanged image by case. */
  readonly baseline: ReadonlyMap<string, string>;
}

/** The cases that facts alone, or with them what a mutant needs, can judge. */
export function casesFor(needs: readonly string[]): readonly Case[] {
  return CASES.filter((item) => item.needs.every((need) => need === 'facts' || needs.includes(need)));
}

/** Everything that is seen of a guest after `run`, a command of root in it. */
export async function observeMutant(
  bench: Omit<MutantBench, 'baseline'>,
  template: Template,
  name: string,
  mutant: Mutant,
): Promise<Observations> {
  const { ports, testbed, expectations } = bench;
  const needs = mutant.needs ?? [];
  const list = casesFor([]).flatMap((item) => item.probes ?? []);
  const request = {
    expectations,
    needs: new Set(needs),
    probes: [...new Map(list.map((probe) => [probe.id, probe])).values()],
    ownMachines: [],
  };
  const gone = 'http://10.0.2.77/gone';
  const mirrors =
    mutant.hardware === 'mirror-that-is-gone' ? [{ uri: gone, reachable: true, detail: 'HTTP 200' }] : [];
  const body = async (
    guest: Guest,
  ): Promise<{ readonly seen: Observations; readonly snapshot: Snapshot | undefined }> => {
    await guest.shell.run(mutant.run, { timeoutMs: 120_000 * guest.timeoutScale });
    const launch = await changeHardware(guest, template.launch, mutant);
    const booted = { guest, launch, banner: template.banner, stages: [] };
    const seen = await observeFirstBoot(ports, testbed, booted, request, mirrors);
    const second = mutant.on === 'second' ? await observeSecondBoot(ports, guest, launch) : undefined;
    const snapshot = needs.length > 0 ? await testbed.freeze(guest) : undefined;
    return { seen: { ...seen, ...(second ? { secondBoot: second } : {}) }, snapshot };
  };
  const { seen, snapshot } = await testbed.branch(name, template.snapshot, body, needs.length > 0);
  const scale = mutant.timeoutScale;
  return observeBranches(ports, testbed, request, {
    ...{ seen, snapshot, prefix: `${name}-` },
    ...(scale === undefined ? {} : { timeoutScale: scale * testbed.settings.timeoutScale }),
  });
}

async function changeHardware(guest: Guest, launch: Launch, mutant: Mutant): Promise<Launch> {
  if (mutant.hardware !== 'larger-disk') {
    return launch;
  }
  const diskBytes = launch.diskBytes + 4 * GIB;
  await guest.machine.qmp.execute('block_resize', { device: 'boot', size: diskBytes });
  await guest.shell.run('sleep 1', { timeoutMs: 60_000 * guest.timeoutScale });
  return { ...launch, diskBytes };
}

/** They compare the two machines, which are one and the same where the fault is in the second. */
const COMPARED = ['ssh_host_keys_are_unique', 'machine_id_is_unique'];

/** Judges what was seen against what the unchanged image showed. */
export function judgeMutant(
  { expectations, baseline }: Pick<MutantBench, 'expectations' | 'baseline'>,
  mutant: Mutant,
  seen: Observations,
): MutantResult {
  const second = mutant.on === 'second';
  const needs = [...(mutant.needs ?? []), ...(mutant.judged ?? []), ...(second ? ['second-boot'] : [])];
  const results = casesFor(needs)
    .filter((item) => !(second && COMPARED.includes(item.id)))
    .map((item) => evaluate(item, seen, expectations));
  const own = results.find((item) => item.id === mutant.case);
  const said = own
    ? [own.expected, own.actual, own.message].filter(Boolean).join(' | ')
    : 'it was not judged';
  const others = results.filter(
    (item) => item.id !== mutant.case && item.outcome !== (baseline.get(item.id) ?? 'pass'),
  );
  const expected = (id: string): boolean => (mutant.also ?? []).some((glob) => globMatches(glob, id));
  return {
    mutant,
    found: own?.outcome === 'fail' && mutant.says.test(said),
    said: own?.outcome === 'fail' ? said : `${own?.outcome ?? 'not judged'}: ${said}`,
    also: others.filter((item) => expected(item.id)).map((item) => item.id),
    unrelated: others
      .filter((item) => !expected(item.id))
      .map((item) => `${item.id} (${item.outcome}: ${item.actual ?? item.message})`),
  };
}
