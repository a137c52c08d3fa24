/**
 * Makes each fault of `mutants.ts` in a fork of the booted image, and sees which cases find it.
 *
 *   npm run mutants -- <image folder> [--only <glob of cases>] [--parallel 2] [--page docs/fvt-mutants.md]
 *
 * Exit status 1 when a fault is not found, or an unrelated case finds it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createExec, silentLog, systemClock, withTemporaryFolder } from '@golden-image/host';
import { chooseAccelerator, inspectDisk } from '@golden-image/vm';
import { readExpectations } from '../src/expectations.ts';
import { evaluate } from '../src/results.ts';
import { globMatches } from '../src/select.ts';
import { readSubject } from '../src/subject.ts';
import { Testbed } from '../src/testbed.ts';
import type { TestbedSettings } from '../src/testbed-settings.ts';
import { mutantPage } from './mutant-page.ts';
import { casesFor, judgeMutant, type MutantResult, observeMutant, type Template } from './mutant-run.ts';
import { MUTANTS, type Mutant } from './mutants.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '*' },
    parallel: { type: 'string', default: '2' },
    page: { type: 'string' },
  },
});
const [image] = positionals;
if (image === undefined) {
  throw new Error('Usage: npm run mutants -- <image folder>');
}
const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => cancel.abort(new Error(`ended by ${signal}`)));
}
const { signal } = cancel;
const log = { ...silentLog, warning: (text: string) => console.log(text) };
const ports = {
  ...{ exec: createExec({ signal }), clock: systemClock, log, signal },
  fetch: () => Promise.reject(new Error('no network here')),
};
const subject = await readSubject(image);
const profile = path.join(root, 'examples/debian-13/expectations.yml');
const { value } = await readExpectations(profile);
const { descriptor } = subject;
const expectations = {
  ...value,
  repositories: { allowed: [...subject.repositories] },
  ...(descriptor
    ? {
        distribution: {
          ...{ id: descriptor.distribution, release: descriptor.release },
          architecture: descriptor.architecture,
        },
      }
    : {}),
};
const { virtualSize } = await inspectDisk(ports, subject.disk, subject.format);
const accelerator = await chooseAccelerator(ports, 'auto');
const chosen = MUTANTS.filter((mutant) => globMatches(values.only, mutant.case));

await withTemporaryFolder('mutants', async (folder) => {
  const settings: TestbedSettings = {
    ...{ disk: subject.disk, format: subject.format, accelerator },
    firmware: 'bios',
    bus: 'virtio-blk',
    diskBytes: virtualSize + expectations.disk['grow-gib'] * 2 ** 30,
    ...{ memoryMib: 1024, cpus: 2, sshUser: 'fvt', timeoutScale: accelerator.timeoutScale },
    parallel: Number(values.parallel),
    folder: path.join(folder, 'work'),
    consoles: path.join(folder, 'console'),
  };
  const results: readonly MutantResult[] = await Testbed.use(ports, settings, async (testbed) => {
    const bench = { ports, testbed, expectations };
    const second = chosen.some((mutant) => mutant.on === 'second');
    const [plain, other] = await Promise.all([
      template(testbed, 'first', 0),
      second ? template(testbed, 'second', 2) : undefined,
    ]);
    const unchanged: Mutant = { case: '', fault: '', run: 'true', says: /^/ };
    const seen = await observeMutant(bench, plain, 'unchanged', unchanged);
    const baseline = new Map(
      casesFor([]).map((item) => [item.id, evaluate(item, seen, expectations).outcome] as const),
    );
    console.log(`unchanged: ${JSON.stringify(Object.fromEntries(baseline))}`);
    return Promise.all(
      chosen.map(async (mutant, index): Promise<MutantResult> => {
        const from = mutant.on === 'second' ? (other ?? plain) : plain;
        const result = await observeMutant(bench, from, `m${index}`, mutant).then(
          (observed) => judgeMutant({ expectations, baseline }, mutant, observed),
          (error: unknown): MutantResult => {
            const said = error instanceof Error ? error.message : String(error);
            return { mutant, found: false, said, also: [], unrelated: [] };
          },
        );
        const verdict = result.found && result.unrelated.length === 0 ? 'found    ' : 'NOT FOUND';
        console.log(`${verdict} ${mutant.case}: ${mutant.fault}\n            ${result.said.slice(0, 300)}`);
        for (const text of result.unrelated) {
          console.log(`            unrelated: ${text.slice(0, 300)}`);
        }
        return result;
      }),
    );
  });
  if (values.page) {
    await mkdir(path.dirname(values.page), { recursive: true });
    await writeFile(values.page, mutantPage(MUTANTS, results, subject));
  }
  const bad = results.filter((result) => !result.found || result.unrelated.length > 0);
  console.log(`${results.length - bad.length} of ${results.length} faults found`);
  process.exitCode = bad.length === 0 ? 0 : 1;
});

async function template(testbed: Testbed, name: string, volumes: number): Promise<Template> {
  const hardware = { extraNics: volumes > 0 ? 1 : 0, volumes, forkable: true };
  return testbed.boot(name, hardware, async ({ guest, launch, banner }) => {
    await guest.shell.run('cloud-init status --wait >/dev/null; systemctl is-system-running --wait', {
      timeoutMs: 240_000 * guest.timeoutScale,
    });
    const snapshot = await testbed.freeze(guest);
    if (!snapshot) {
      throw new Error('the booted machine cannot be forked');
    }
    return { snapshot, launch, banner };
  });
}
