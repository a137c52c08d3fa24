import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Case } from '../packages/fvt/src/case.ts';
import { NAMED_CASES } from '../packages/fvt/src/cases/index.ts';
import { NO_EXPECTATIONS } from '../packages/fvt/src/expectations.ts';
import { collectFacts } from '../packages/fvt/src/guest.ts';
import type { Observations } from '../packages/fvt/src/observations.ts';
import { evaluate } from '../packages/fvt/src/results.ts';
import { readUserCases } from '../packages/fvt/src/user-cases/read.ts';
import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { forkedGuest, promptProbes } from './lib/booted.ts';
import { type Measured, timed } from './lib/measure.ts';

const SIZES = [NAMED_CASES.length, 100, 400];

/** What one more case costs. */
export const cases: Bench = {
  name: 'cases',
  title: 'Facts of the named cases, and of more cases of the user',
  what: "In a fork of a booted guest: users' cases are read from a folder, the probes of the named cases that do not wait for something and one for each user's case are answered over one connection, and users' cases are judged.",
  tools: [],
  rounds: 3,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const { bench, guest, end } = await forkedGuest(context);
  const run = async (count: number): Promise<Measured> => {
    const folder = path.join(context.folder, `cases-${count}`);
    const own = count - NAMED_CASES.length;
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'cases.json.yml'), JSON.stringify({ cases: userCases(own) }));
    return timed(async () => {
      const read = own > 0 ? await readUserCases(folder, []) : [];
      const list = [...promptProbes(), ...read.flatMap((item: Case) => item.probes ?? [])];
      const seen = { launch: { firmware: 'bios' }, guest: await collectFacts(bench.ports, guest, list) };
      // Users' cases look at nothing else.
      const observations = seen as unknown as Observations;
      const results = read.map((item) => evaluate(item, observations, NO_EXPECTATIONS));
      const wrong = results.find(({ outcome }) => outcome !== 'pass');
      if (wrong) {
        throw new Error(`${wrong.id}: ${wrong.outcome}: ${wrong.message}`);
      }
    });
  };
  return {
    sides: [
      {
        name: 'the named cases',
        ours: true,
        command: 'ssh guest sudo sh < collector.sh',
        run: () => run(NAMED_CASES.length),
      },
    ],
    goals: [],
    growth: async () => {
      const points: (Measured & { readonly x: number })[] = [];
      for (const x of SIZES) {
        points.push({ ...(await run(x)), x });
      }
      return [{ title: 'Facts and verdicts', unit: 'cases', points }];
    },
    end,
  };
}

/** JSON is YAML. */
function userCases(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `bench_case_${index}`,
    run: `test -d /etc && echo ${index}`,
    expect: { stdout: { equals: String(index) } },
  }));
}
