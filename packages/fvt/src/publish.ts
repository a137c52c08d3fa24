import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createStatement, predicateTypes, testResultPredicate } from '@golden-image/evidence';
import { publishAtomically } from '@golden-image/host';
import { writeEvidence } from '@golden-image/image-folder';
import type { Observations } from './observations.ts';
import type { BootFiles } from './observe.ts';
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
  readonly console: string;
  /** Only after a failure with a screen to show. */
  readonly screenshot: string | undefined;
  readonly statement: string;
  readonly consoleTail: string;
}

const TAIL_LINES = 40;

/** Writes reports, console, screenshot and the statement, each all at once. */
export async function publishReports(options: {
  readonly subject: Subject;
  readonly result: FvtResult;
  readonly files: BootFiles;
  readonly failed: boolean;
  /** Undefined when the guest could not be observed. */
  readonly observations: Observations | undefined;
  /** What an error of the run showed beside its message. */
  readonly detail: string;
  readonly expectationsDigest: string | undefined;
}): Promise<PublishedReports> {
  const { subject, result, files } = options;
  const reports = path.join(subject.outputFolder, 'reports');
  const boot = `boot-${result.firmware}`;
  const consoleLog = path.join(reports, 'console', `${boot}.log`);
  const screen = path.join(reports, 'console', `${boot}.png`);
  const put = (file: string, text: string): Promise<void> =>
    publishAtomically(file, (partial) => writeFile(partial, text));

  const recorded = await readFile(files.console, 'utf8').catch(() => '');
  await put(consoleLog, recorded);
  const second = await readFile(files.secondConsole, 'utf8').catch(() => undefined);
  if (second !== undefined) {
    await put(path.join(reports, 'console', `${boot}-started-again.log`), second);
  }
  const consoleTail = recorded.trimEnd().split('\n').slice(-TAIL_LINES).join('\n') || options.detail;
  const screenshot = options.failed && (await publishScreen(files.screenshot, screen)) ? screen : undefined;
  if (!screenshot) {
    // One of an earlier run would tell a lie.
    await rm(screen, { force: true });
  }
  const names = ['fvt.junit.xml', 'fvt.json', 'fvt.html'].map((name) => path.join(reports, name));
  const [junit = '', json = '', html = ''] = names;
  await put(junit, junitReport(result));
  await put(json, jsonReport(result));
  if (options.observations) {
    // What the cases judged: they can be replayed from it without a guest.
    await put(path.join(reports, 'fvt.facts.json'), harmlessJson(options.observations));
  }
  await put(
    html,
    htmlReport(result, {
      consoleLog: `console/${boot}.log`,
      consoleTail,
      journal: options.observations?.guest['journal-errors']?.stdout ?? '',
      ...(screenshot ? { screenshot: `console/${boot}.png` } : {}),
    }),
  );
  const statement = await writeEvidence(subject.outputFolder, '40-fvt', statementOf(options));
  return { junit, json, html, console: consoleLog, screenshot, statement, consoleTail };
}

async function publishScreen(from: string, to: string): Promise<boolean> {
  return publishAtomically(to, (partial) => copyFile(from, partial)).then(
    () => true,
    () => false,
  );
}

function statementOf(options: {
  readonly subject: Subject;
  readonly result: FvtResult;
  readonly failed: boolean;
  readonly expectationsDigest: string | undefined;
}): ReturnType<typeof createStatement> {
  const { result, subject, failed, expectationsDigest } = options;
  const named = (...outcomes: readonly string[]): readonly string[] =>
    result.cases.filter((item) => outcomes.includes(item.outcome)).map((item) => item.id);
  const input = { name: path.basename(subject.disk), digest: { sha256: result.image.sha256 } };
  return createStatement({
    subject: input,
    predicateType: predicateTypes.testResult,
    predicate: testResultPredicate({
      suite: 'run-fvt',
      result: failed ? 'FAILED' : named('flaky').length > 0 ? 'WARNED' : 'PASSED',
      input,
      configuration: expectationsDigest
        ? [{ name: 'expectations', digest: { sha256: expectationsDigest } }]
        : [],
      passedTests: named('pass'),
      warnedTests: named('flaky'),
      failedTests: named('fail', 'error'),
      finishedOn: result.finishedOn,
      details: {
        accelerator: result.accelerator.name,
        firmware: result.firmware,
        skipped: Object.fromEntries(
          result.cases.filter((item) => item.outcome === 'skip').map((item) => [item.id, item.message]),
        ),
        notRun: [...named('not-run')].sort(),
        ...(result.problems.length > 0 ? { problems: result.problems } : {}),
      },
    }),
  });
}
