import type { RuleOutcome, RuleResult, Severity } from '../scap/results.ts';

/** One rule as both scans saw it. */
export interface MergedRule extends RuleResult {
  /** Undefined: the scan did not cover the rule. */
  readonly atRest: RuleOutcome | undefined;
  readonly booted: RuleOutcome | undefined;
  /** Whose word counts. */
  readonly judgedBy: 'booted' | 'at-rest';
}

/** A rule on which the two scans do not say the same. */
export interface Difference {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly atRest: RuleOutcome | undefined;
  readonly booted: RuleOutcome | undefined;
  readonly merged: RuleOutcome;
}

export interface MergedScan {
  /** Sorted by name. */
  readonly rules: readonly MergedRule[];
  readonly differences: readonly Difference[];
}

/** At rest, a rule is known by its name; titles and the like come from where they are known. */
export type AtRestRule = Pick<RuleResult, 'rule' | 'outcome'> & Partial<RuleResult>;

/**
 * One result of two scans of the same disk: at rest, and booted.
 *
 * The booted machine has the last word wherever it can judge: it shows what the image really does. Where it could not
 * judge (error, unknown, notchecked) and the scan at rest could, that one counts. A rule that neither judged stays
 * what it is: never a pass.
 */
export function mergeScans(atRest: readonly AtRestRule[], booted: readonly RuleResult[]): MergedScan {
  const resting = new Map(atRest.map((result) => [result.rule, result]));
  const running = new Map(booted.map((result) => [result.rule, result]));
  const names = [...new Set([...resting.keys(), ...running.keys()])].sort();
  const rules = names.map((name): MergedRule => {
    const [there, here] = [resting.get(name), running.get(name)];
    const takesRest =
      here === undefined || (isUnjudged(here.outcome) && there !== undefined && isJudged(there.outcome));
    const outcome = (takesRest ? there?.outcome : here?.outcome) ?? 'unknown';
    return {
      ...UNNAMED,
      id: name,
      title: name,
      ...there,
      ...here,
      rule: name,
      outcome,
      atRest: there?.outcome,
      booted: here?.outcome,
      judgedBy: takesRest ? 'at-rest' : 'booted',
    };
  });
  const differences = rules
    .filter((rule) => atRest.length > 0 && rule.atRest !== rule.booted && !isOutside(rule))
    .map(({ rule, title, severity, atRest: there, booted: here, outcome }) => ({
      ...{ rule, title, severity, merged: outcome },
      ...{ atRest: there, booted: here },
    }));
  return { rules, differences };
}

/** What passed at rest, fails in the booted image, and is accepted by no waiver. */
export function worseThanAtRest(
  differences: readonly Difference[],
  waived: ReadonlySet<string>,
): readonly string[] {
  return differences
    .filter(({ rule, atRest, merged }) => atRest === 'pass' && merged === 'fail' && !waived.has(rule))
    .map(({ rule }) => rule);
}

const UNNAMED: Omit<RuleResult, 'rule' | 'outcome' | 'id' | 'title'> = {
  severity: 'unknown',
  rationale: '',
  references: [],
  hasFix: false,
};

/** What did not apply at rest is not recorded there: no difference when it does not apply now. */
function isOutside({ atRest, booted }: MergedRule): boolean {
  return atRest === undefined && (booted === 'notapplicable' || booted === 'informational');
}

function isUnjudged(outcome: RuleOutcome): boolean {
  return ['error', 'unknown', 'notchecked'].includes(outcome);
}

function isJudged(outcome: RuleOutcome): boolean {
  return ['pass', 'fail', 'fixed'].includes(outcome);
}
