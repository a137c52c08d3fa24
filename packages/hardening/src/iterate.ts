import { readFile } from 'node:fs/promises';
import type { RootSession } from '@golden-image/disk';
import type { Ports } from '@golden-image/host';
import { type AppliedFix, applyFixes } from './fix/apply.ts';
import type { OwnFixes } from './fix/own-fix.ts';
import { type Fix, splitFixScript } from './fix/script.ts';
import type { RuleOutcome, RuleResult } from './scap/results.ts';
import type { Scan, Scanner } from './scap/scanner.ts';
import { isOpen } from './score.ts';

/** More rounds than this have never improved anything. */
const MAX_ROUNDS = 4;

export interface Iteration {
  readonly before: Scan;
  readonly after: Scan;
  readonly fixes: readonly AppliedFix[];
}

interface FixOptions {
  readonly waived: ReadonlySet<string>;
  readonly own: OwnFixes;
}

/**
 * Scan, fix what fails, scan, until nothing improves. Rules that are waived are left as they are. Within a round only
 * the rules that were fixed are looked at again, for a second try; the scan that counts covers the whole profile and
 * comes after the last change.
 *
 * @param options.extra fixes that run with the first round's, whatever the scan says
 */
export async function scanAndFix(
  session: RootSession,
  scanner: Scanner,
  options: FixOptions & { readonly extra: readonly Fix[]; readonly folder: string },
  ports: Pick<Ports, 'log'>,
): Promise<Iteration> {
  const before = await scanner.scan(session, 'before');
  let after = before;
  let applied: readonly AppliedFix[] = [];
  const apply = async (fixes: readonly Fix[]): Promise<void> => {
    applied = [...applied, ...(await applyFixes(fixes, session, options.folder, ports))];
  };
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const fixes = await chooseFixes(session, scanner, after, openRules(after), options, applied);
    const all = round === 1 ? [...options.extra, ...fixes] : fixes;
    if (all.length === 0) {
      break;
    }
    ports.log.info(`Round ${round}: ${all.length} fixes`);
    await apply(all);
    if (fixes.length > 0) {
      const names = fixes.map(({ rule }) => rule);
      const open = openRules(await scanner.scan(session, `check-${round}`, { rules: names }));
      const again = await chooseFixes(session, scanner, after, open, options, applied);
      if (again.length > 0) {
        ports.log.info(`Once more: ${again.map(({ rule }) => rule).join(', ')}`);
        await apply(again);
      }
    }
    after = await scanner.scan(session, `after-${round}`, { arf: true });
  }
  if (after === before) {
    // Nothing to fix: the same again, with the report that only the last scan writes.
    after = await scanner.scan(session, 'after', { arf: true });
  }
  return { before, after, fixes: applied };
}

/** The fixes for what a scan found open: the project’s own where there is one, else the content’s. */
export async function chooseFixes(
  session: RootSession,
  scanner: Scanner,
  scan: Scan,
  open: readonly RuleResult[],
  options: FixOptions,
  earlier: readonly AppliedFix[],
): Promise<readonly Fix[]> {
  const wanted = open.filter(
    ({ rule, outcome }) =>
      !options.waived.has(rule) && !(rule in options.own.neverFixed) && mayHelp(rule, outcome, earlier),
  );
  if (wanted.length === 0) {
    return [];
  }
  const content = splitFixScript(await readFile(await scanner.generateFix(session, scan), 'utf8'));
  // The content's order: some fixes build on earlier ones; rules without one of the content come last.
  const order = [...content.keys()];
  const rank = (rule: string): number => (content.has(rule) ? order.indexOf(rule) : order.length);
  return wanted
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

export function openRules(scan: Scan): readonly RuleResult[] {
  return scan.results.rules.filter(({ outcome }) => isOpen(outcome));
}
