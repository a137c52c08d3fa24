import path from 'node:path';
import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { type Measured, shell } from './lib/measure.ts';

const VERSIONS = 1_000;
/** What the growth is measured at. */
const SIZES = [10, 1_000, 10_000];

/** A publication, and the verification of everything, in a catalog of many versions. */
export const catalog: Bench = {
  name: 'catalog',
  title: `Publishing into, and verifying, a catalog of ${VERSIONS} versions`,
  what: 'The package catalog on a folder, as image-lifecycle calls it: `publish` reads and checks the audit log, plans, renders all generated files, signs and commits; `verify` replays the log and compares every file. Disks are not read. Nobody else does this, so there is no peer.',
  tools: [],
  rounds: 3,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const program = path.join(context.root, 'bench/lib/catalog-run.ts');
  const run = (command: string, versions: number): Promise<Measured> =>
    shell(
      `${process.execPath} ${program} ${command} ${path.join(context.folder, `catalog-${versions}`)} ${versions}`,
      {
        cwd: context.root,
      },
    );
  await run('make', VERSIONS);
  return {
    sides: (['publish', 'verify'] as const).map((command) => ({
      name: command,
      ours: true,
      command: `image-lifecycle, command: ${command}`,
      run: () => run(command, VERSIONS),
    })),
    goals: [],
    growth: async () => {
      const made: { x: number; publish: Measured; verify: Measured }[] = [];
      for (const x of SIZES) {
        context.log(`${x} versions`);
        if (x !== VERSIONS) {
          await run('make', x);
        }
        made.push({ x, publish: await run('publish', x), verify: await run('verify', x) });
      }
      return (['publish', 'verify'] as const).map((command) => ({
        title: command === 'publish' ? 'One more publication' : 'Verifying everything',
        unit: 'versions',
        points: made.map((size) => ({ ...size[command], x: size.x })),
      }));
    },
  };
}
