import type { Ports } from '@golden-image/host';
import { withReport } from '../source/report-file.ts';
import { countOf, unreadable } from '../source/unreadable.ts';
import { type Attributes, readXml } from '../source/xml.ts';

export interface TestReport {
  /** When the oldest report was made. */
  readonly madeAt: Date;
  readonly passed: number;
  /** Failures and errors. */
  readonly failed: number;
  readonly skipped: number;
  /** `class › name` of failed tests, sorted; the first 25. */
  readonly failures: readonly string[];
}

const MAX_FAILURES = 25;
const MAX_NAME = 300;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
}

/**
 * Reads JUnit XML: `testsuites` / `testsuite` / `testcase` with `failure`, `error` or `skipped`. There is no standard;
 * this is what Ant, Surefire, pytest, jest-junit, gotestsum and this project write. A suite that counts more failures
 * in its attributes than it has cases with one is believed.
 *
 * @throws UserError `report-not-found`, `unreadable-report`
 */
export async function readTests(
  paths: readonly [string, ...string[]],
  ports: Pick<Ports, 'signal'>,
): Promise<TestReport> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
  let madeAt = new Date(8.64e15);
  for (const path of paths) {
    await withReport(path, ports.signal, async (report) => {
      madeAt = report.modified < madeAt ? report.modified : madeAt;
      const suite = junit(tally, (why) => {
        throw unreadable(path, why);
      });
      await readXml(report, suite);
    });
  }
  return { ...tally, failures: tally.failures.sort(), madeAt };
}

function junit(tally: Tally, fail: (why: string) => never) {
  let current: { name: string; outcome: 'passed' | 'failed' | 'skipped' } | undefined;
  let outermost: { readonly depth: number; readonly declared: number; readonly before: number } | undefined;
  return {
    open: (name: string, attributes: Attributes, depth: number): void => {
      if (depth === 0 && name !== 'testsuites' && name !== 'testsuite') {
        fail(`its root element is ${name.slice(0, 60)}, not testsuites or testsuite`);
      }
      if (name === 'testsuite' && !outermost) {
        const declared = (countOf(attributes.failures) ?? 0) + (countOf(attributes.errors) ?? 0);
        outermost = { depth, declared, before: tally.failed };
      } else if (name === 'testcase') {
        const label = [attributes.classname, attributes.name].filter(Boolean).join(' › ');
        current = { name: label.slice(0, MAX_NAME), outcome: 'passed' };
      } else if (current && (name === 'failure' || name === 'error')) {
        current.outcome = 'failed';
      } else if (current && name === 'skipped' && current.outcome === 'passed') {
        current.outcome = 'skipped';
      }
    },
    close: (name: string, depth: number): void => {
      if (name === 'testcase' && current) {
        tally[current.outcome] += 1;
        if (current.outcome === 'failed' && tally.failures.length < MAX_FAILURES) {
          tally.failures.push(current.name);
        }
        current = undefined;
      } else if (outermost?.depth === depth) {
        tally.failed = Math.max(tally.failed, outermost.before + outermost.declared);
        outermost = undefined;
      }
    },
  };
}
