import { readFile } from 'node:fs/promises';
import type { RootSession } from '@golden-image/disk';
import type { Ports } from '@golden-image/host';
import { type AppliedFix, applyFixes } from './fix/apply.ts';
import type { OwnFixes } from './fix/own-fixes.ts';
import { type Fix, splitFixScript } from './fix/script.ts';
import type { RuleOutcome } from './scap/results.ts';
import type { Scan, Scanner } from './scap/scanner.ts';
import { isOpen } from './score.ts';

/** More rounds than this have never improved anything. */
const MAX_ROUNDS = 4;

export interface Iteration {
  readonly before: Scan;
  readonly after: Scan;
  readonly fixes: readonly AppliedFix[];
  readonly rounds: number;
}

/**
 * Scan, fix what fails, scan, until nothing improves. Rules that are waived are left as they are; a round without any
 * fix to run is not started, so a scan is never repeated for nothing.
 *
 * @param extra fixes that run with the first round's, whatever the scan says
 */
export async function scanAndFix(
  session: RootSession,
  scanner: Scanner,
  options: {
    readonly waived: ReadonlySet<string>;
    readonly own: OwnFixes;
    readonly extra: readonly Fix[];
    readonly folder: string;
  },
  ports: Pick<Ports, 'log'>,
): Promise<Iteration> {
  const before = await scanner.scan(session, 'before');
  let current = before;
  let applied: readonly AppliedFix[] = [];
  let rounds = 0;
  for (; rounds < MAX_ROUNDS; rounds += 1) {
    const fixes = await chooseFixes(session, scanner, current, options, applied);
    const all = rounds === 0 ? [...options.extra, ...fixes] : fixes;
    if (all.length === 0) {
      break;
    }
    ports.log.info(`Round ${rounds + 1}: ${all.length} fixes`);
    applied = [...applied, ...(await applyFixes(all, session, options.folder, ports))];
    const next = await scanner.scan(session, `after-${rounds + 1}`);
    const improved = openCount(next) < openCount(current);
    current = next;
    if (!improved) {
      rounds += 1;
      break;
    }
  }
  return { before, after: current, fixes: applied, rounds };
}

/** The fixes for what a scan found open: the project’s own where there is one, else the content’s. */
export async function chooseFixes(
  session: RootSession,
  scanner: Scanner,
  scan: Scan,
  options: {
    readonly waived: ReadonlySet<string>;
    readonly own: OwnFixes;
  },
  earlier: readonly AppliedFix[],
): Promise<readonly Fix[]> {
  const open = scan.results.rules.filter(
    ({ rule, outcome }) =>
      isOpen(outcome) &&
      !options.waived.has(rule) &&
      !(rule in options.own.neverFixed) &&
      mayHelp(rule, outcome, earlier),
  );
  if (open.length === 0) {
    return [];
  }
  const content = splitFixScript(await readFile(await scanner.generateFix(session, scan), 'utf8'));
  // The content's order: some fixes build on earlier ones; rules without one of the content come last.
  const order = [...content.keys()];
  const rank = (rule: string): number => (content.has(rule) ? order.indexOf(rule) : order.length);
  return open
    .flatMap(({ rule }): Fix[] => {
      const own = options.own.fixes[rule]?.script;
      const script = own ?? content.get(rule);
      return script === undefined
        ? []
        : [{ rule, script, origin: own === undefined ? 'content' : 'project' }];
    })
    .sort((a, b) => rank(a.rule) - rank(b.rule));
}

/**
 * Whether a fix is worth running (again): never a third time, not after it failed (a package that the image does not
 * have), and not for what only a running system can judge, which stays `error` or `unknown`.
 */
function mayHelp(rule: string, outcome: RuleOutcome, earlier: readonly AppliedFix[]): boolean {
  const tries = earlier.filter((fix) => fix.rule === rule);
  return (
    tries.length === 0 ||
    (tries.length < 2 && outcome === 'fail' && tries.every(({ status }) => status === 0))
  );
}

function openCount(scan: Scan): number {
  return scan.results.rules.filter(({ outcome }) => isOpen(outcome)).length;
}
