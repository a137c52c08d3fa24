import { copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createStatement, predicateTypes, testResultPredicate } from '@golden-image/evidence';
import { publishAtomically } from '@golden-image/host';
import { writeEvidence } from '@golden-image/image-folder';
import type { FirmwareOutcome } from './firmware-run.ts';
import { htmlReport } from './reports/html.ts';
import { harmlessJson, jsonReport } from './reports/json.ts';
import { junitReport } from './reports/junit.ts';
import type { FvtResult } from './results.ts';
import type { Subject } from './subject.ts';

/** Where the reports lie. */
export interface PublishedReports {
  readonly junit: string;
  readonly json: string;
  readonly html: string;
  /** The folder of the consoles, and, after a failure, of the pictures. */
  readonly console: string;
  /** PNG files, only after a failure. */
  readonly screenshots: readonly string[];
  readonly statement: string;
  /** The end of the console that a reader wants to see first. */
  readonly consoleTail: string;
}

/** What is published. */
export interface Publication {
  readonly subject: Subject;
  readonly result: FvtResult;
  /** Consoles and screenshots as the run left them: `<firmware>/<machine>.log` and `.png`. */
  readonly consoles: string;
  readonly failed: boolean;
  readonly outcomes: readonly FirmwareOutcome[];
  readonly configuration: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
}

/** Writes reports, consoles, screenshots and the statement, each all at once. */
export async function publishReports(publication: Publication): Promise<PublishedReports> {
  const { subject, result, outcomes, failed } = publication;
  const reports = path.join(subject.outputFolder, 'reports');
  const consoleFolder = path.join(reports, 'console');
  const put = (file: string, text: string): Promise<void> =>
    publishAtomically(file, (partial) => writeFile(partial, text));

  const files = await publishConsoles(publication, consoleFolder);
  const [junit = '', json = '', html = ''] = ['fvt.junit.xml', 'fvt.json', 'fvt.html'].map((name) =>
    path.join(reports, name),
  );
  await put(junit, junitReport(result));
  await put(json, jsonReport(result));
  // What the cases judged: they can be replayed from it without a guest.
  const seen = outcomes.flatMap(({ run, observations }) =>
    observations ? [[run.firmware, observations]] : [],
  );
  if (seen.length > 0) {
    await put(path.join(reports, 'fvt.facts.json'), harmlessJson(Object.fromEntries(seen)));
  }
  const relative = (names: readonly string[]): readonly string[] => names.map((name) => `console/${name}`);
  const journal = outcomes
    .map(({ observations }) => observations?.guest['journal-errors']?.stdout ?? '')
    .filter((text) => text !== '');
  await put(
    html,
    htmlReport(result, {
      consoles: relative(files.filter((name) => name.endsWith('.log'))),
      screenshots: relative(files.filter((name) => name.endsWith('.png'))),
      journal: journal.join('\n'),
    }),
  );
  const statement = await writeEvidence(subject.outputFolder, '40-fvt', statementOf(publication));
  return {
    junit,
    json,
    html,
    console: consoleFolder,
    screenshots: files.filter((name) => name.endsWith('.png')).map((name) => path.join(consoleFolder, name)),
    statement,
    consoleTail: failed ? tailOf(outcomes) : '',
  };
}

/** Replaces the folder of an earlier run: its consoles and pictures would tell a lie. Returns names inside it. */
async function publishConsoles(
  { consoles, failed }: Publication,
  target: string,
): Promise<readonly string[]> {
  const found = await readdir(consoles, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = found
    .filter(
      (entry) => entry.isFile() && (entry.name.endsWith('.log') || (failed && entry.name.endsWith('.png'))),
    )
    .map((entry) => path.relative(consoles, path.join(entry.parentPath, entry.name)))
    .sort();
  const flat = (name: string): string => name.replaceAll(path.sep, '-');
  await rm(target, { recursive: true, force: true });
  for (const name of names) {
    await publishAtomically(path.join(target, flat(name)), (partial) =>
      copyFile(path.join(consoles, name), partial),
    );
  }
  return names.map(flat);
}

/** The console of the machine that went wrong, else of the first. */
function tailOf(outcomes: readonly FirmwareOutcome[]): string {
  const machines = outcomes.flatMap(({ run }) => run.machines);
  const bad = machines.find((record) => record.problem !== undefined && record.consoleTail !== '');
  const first = machines.find((record) => record.name === 'first');
  return bad?.consoleTail || first?.consoleTail || outcomes.map(({ detail }) => detail).join('\n');
}

function statementOf(publication: Publication): ReturnType<typeof createStatement> {
  const { result, subject, failed, configuration } = publication;
  const excused = result.cases.filter((item) => item.quarantine !== undefined).map((item) => item.id);
  const named = (...outcomes: readonly string[]): readonly string[] =>
    result.cases
      .filter((item) => outcomes.includes(item.outcome) && item.quarantine === undefined)
      .map((item) => item.id);
  const input = { name: path.basename(subject.disk), digest: { sha256: result.image.sha256 } };
  const warned = [...named('flaky'), ...excused];
  const problems = [...result.problems, ...result.runs.flatMap((run) => run.problems)];
  return createStatement({
    subject: input,
    predicateType: predicateTypes.testResult,
    predicate: testResultPredicate({
      suite: 'run-fvt',
      result: failed ? 'FAILED' : warned.length > 0 ? 'WARNED' : 'PASSED',
      input,
      configuration,
      passedTests: named('pass'),
      warnedTests: warned,
      failedTests: named('fail', 'error'),
      finishedOn: result.finishedOn,
      details: {
        accelerator: result.accelerator.name,
        firmware: result.runs.map((run) => run.firmware).join(', '),
        skipped: Object.fromEntries(
          result.cases.filter((item) => item.outcome === 'skip').map((item) => [item.id, item.message]),
        ),
        notRun: [...named('not-run')].sort(),
        ...(result.shard ? { shard: result.shard } : {}),
        ...(problems.length > 0 ? { problems } : {}),
      },
    }),
  });
}
