import type { RootSession } from '@golden-image/disk';
import type { Fix } from '../fix/script.ts';
import type { RuleResult } from '../scap/results.ts';
import { type BaselineFacts, readBaselineFacts } from './facts.ts';
import type { BaselineRule } from './rule.ts';
import { BASELINE } from './rules.ts';
import { type BaselineSettings, DEFAULT_SETTINGS, type OwnRule } from './settings.ts';

/** How one rule of the baseline was judged; its name is `baseline/<id>`. */
export interface BaselineResult extends RuleResult {
  /** What breaks it, in words. */
  readonly findings: readonly string[];
}

/** The project's rules and the user's own, ready to judge an image with. */
export interface Baseline {
  /** Reads what the rules look at and judges them all. */
  readonly judge: (session: RootSession) => Promise<readonly BaselineResult[]>;
  /** The fixes for what fails and is not waived. */
  readonly fixes: (results: readonly BaselineResult[], waived: ReadonlySet<string>) => readonly Fix[];
}

/** No rules at all. */
export const NO_BASELINE: Baseline = { judge: async () => [], fixes: () => [] };

export function createBaseline(settings: BaselineSettings = DEFAULT_SETTINGS): Baseline {
  const own = settings.rules.map(ownRule);
  const rules = [...BASELINE, ...own.map(({ rule }) => rule)];
  return {
    judge: async (session) => {
      for (const { load } of own) {
        await load(session);
      }
      return checkBaseline(await readBaselineFacts(session), settings, rules);
    },
    fixes: (results, waived) => baselineFixes(results, waived, rules),
  };
}

/** Judges all rules; pure. What cannot be told is unknown, never a pass. */
export function checkBaseline(
  facts: BaselineFacts,
  settings: BaselineSettings = DEFAULT_SETTINGS,
  rules: readonly BaselineRule[] = BASELINE,
): readonly BaselineResult[] {
  return rules.map(({ id, title, reason, severity, check, fix }) => {
    const findings = check(facts, settings);
    return {
      rule: `baseline/${id}`,
      id: `baseline/${id}`,
      outcome: findings === undefined ? 'unknown' : findings.length > 0 ? 'fail' : 'pass',
      severity,
      title,
      rationale: reason,
      references: [],
      hasFix: fix !== undefined,
      findings: findings ?? [],
    };
  });
}

export function baselineFixes(
  results: readonly BaselineResult[],
  waived: ReadonlySet<string>,
  rules: readonly BaselineRule[] = BASELINE,
): readonly Fix[] {
  const fixes = new Map(rules.map(({ id, fix }) => [`baseline/${id}`, fix]));
  return results.flatMap(({ rule, outcome }): Fix[] => {
    const script = fixes.get(rule);
    return outcome === 'fail' && script !== undefined && !waived.has(rule)
      ? [{ rule, script, origin: 'project' }]
      : [];
  });
}

/** A rule of the user's about one file, which is read when the image is judged. */
function ownRule({ id, title, reason, severity, check, fix }: OwnRule): {
  readonly rule: BaselineRule;
  readonly load: (session: RootSession) => Promise<void>;
} {
  let text: string | undefined;
  return {
    load: async (session) => {
      const data = await session.readFile(check.file);
      text = data && String(data);
    },
    rule: { ...{ id, title, reason, severity, fix }, check: () => judgeFile(check, text) },
  };
}

/** What of a file breaks a rule; `text` is undefined when there is no such file. */
export function judgeFile(check: OwnRule['check'], text: string | undefined): readonly string[] {
  const lines = (text ?? '').split('\n').map((line) => line.trim());
  const [wanted, unwanted] = [check.line, check['no-line']];
  if (check.absent) {
    return text === undefined ? [] : [`${check.file} is there`];
  }
  if (wanted !== undefined) {
    return lines.includes(wanted) ? [] : [`${check.file} lacks the line ${JSON.stringify(wanted)}`];
  }
  return unwanted !== undefined && lines.includes(unwanted)
    ? [`${check.file} has the line ${JSON.stringify(unwanted)}`]
    : [];
}
