import type { RuleResult } from '../scap/results.ts';
import { isOpen } from '../score.ts';
import { FRAMEWORKS } from './frameworks.ts';

/** How the rules of one family of controls came out. */
export interface FamilyResult {
  readonly family: string;
  readonly title: string;
  readonly passed: number;
  readonly failed: number;
  /** error, unknown, notchecked. */
  readonly unknown: number;
  readonly waived: number;
}

export interface FrameworkResult {
  readonly id: string;
  readonly name: string;
  /** Sorted by family; those without a rule that was judged are left out. */
  readonly families: readonly FamilyResult[];
}

/**
 * What a result says about the families of control frameworks, from the references that the rules carry. A rule counts
 * once in each family that it refers to. Families without rules are not shown: nothing is known of them.
 */
export function assessControls(
  rules: readonly RuleResult[],
  waived: ReadonlySet<string>,
): readonly FrameworkResult[] {
  return FRAMEWORKS.map(({ id, name, families, titles }) => {
    const members = new Map<string, RuleResult[]>();
    for (const rule of rules) {
      for (const family of new Set(rule.references.flatMap(families))) {
        members.set(family, [...(members.get(family) ?? []), rule]);
      }
    }
    const results = [...members]
      .map(([family, found]) => ({ family, title: titles[family] ?? '', ...count(found, waived) }))
      .filter(({ passed, failed, unknown, waived: w }) => passed + failed + unknown + w > 0)
      .sort((a, b) => a.family.localeCompare(b.family, 'en', { numeric: true }));
    return { id, name, families: results };
  }).filter(({ families }) => families.length > 0);
}

function count(
  rules: readonly RuleResult[],
  waived: ReadonlySet<string>,
): Pick<FamilyResult, 'passed' | 'failed' | 'unknown' | 'waived'> {
  const isWaived = ({ rule, outcome }: RuleResult): boolean => isOpen(outcome) && waived.has(rule);
  const open = rules.filter((rule) => isOpen(rule.outcome) && !isWaived(rule));
  const failed = open.filter(({ outcome }) => outcome === 'fail').length;
  return {
    passed: rules.filter(({ outcome }) => outcome === 'pass' || outcome === 'fixed').length,
    failed,
    unknown: open.length - failed,
    waived: rules.filter(isWaived).length,
  };
}

/** Families of a rule as tags: `cis-5`, `pci-dss-8`. */
export function controlTags(rule: Pick<RuleResult, 'references'>): readonly string[] {
  const tags = FRAMEWORKS.flatMap(({ id, families }) =>
    rule.references.flatMap(families).map((family) => `${id}/${family}`),
  );
  return [...new Set(tags)].sort();
}
