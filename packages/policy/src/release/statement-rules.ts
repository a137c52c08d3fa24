import { predicateTypes } from '@golden-image/evidence';
import type { Finding } from '../decision/decision.ts';
import { finding, worst } from '../decision/finding.ts';
import { type Facts, factsOf } from '../facts/facts.ts';
import { predicateNames, type Requirement } from '../policy/policy-schema.ts';
import { aboutDisk, type KnownStatement, newestOf } from './statement-lookup.ts';

/** All statements that lie in the folder are known and signed, and none says that this disk failed. */
export function statementFindings(facts: Facts): readonly Finding[] {
  const inventories = factsOf(facts, 'inventory');
  const statements = factsOf(facts, 'statement');
  const missing = inventories
    .flatMap((fact) => fact.value ?? [])
    .filter((name) => !statements.some((fact) => fact.name === name));
  const status = worst(inventories.map((fact) => fact.status));
  const bad = statements.filter((fact) => fact.status !== 'pass');
  return [
    finding(
      'release.inventory',
      'All statements of the folder are known',
      missing.length > 0 ? 'unknown' : status,
      {
        found:
          missing.length > 0
            ? `nothing is known about ${missing.join(', ')}`
            : inventories.map((fact) => fact.detail ?? `${fact.value?.length ?? 0} statements`).join('; ') ||
              'no fact about it (inventory)',
        next: 'Run the gate on the whole image folder.',
      },
    ),
    finding(
      'release.statements',
      'Every statement is signed by a trusted key',
      statements.length === 0 ? 'fail' : worst(statements.map((fact) => fact.status)),
      {
        by: statements.find((fact) => fact.status === 'pass')?.by,
        found:
          bad.map((fact) => fact.detail ?? `${fact.name}: ${fact.status}`).join('; ') ||
          `${statements.length} signed statements`,
        next: 'Run sign-image after the last step that writes evidence, and pass its public key.',
      },
    ),
    ...failedSuites(facts),
  ];
}

/** A suite whose newest result about this disk is a failure, also when the policy does not ask for the suite. */
function failedSuites(facts: Facts): readonly Finding[] {
  const tests = aboutDisk(facts, predicateTypes.testResult);
  const suites = [...new Set(tests.map((fact) => fact.value.suite ?? '(unnamed)'))].sort();
  return suites.flatMap((suite) => {
    const newest = newestOf(tests.filter((fact) => (fact.value.suite ?? '(unnamed)') === suite));
    if (newest?.value.result !== 'FAILED') {
      return [];
    }
    return [
      finding(`release.${suite}.failed`, `No result says that ${suite} failed`, 'fail', {
        by: newest.by,
        found: `${newest.name} says FAILED`,
        next: `Read the report of ${suite}, put right what it found, and run it again.`,
      }),
    ];
  });
}

/** A statement of this type (and suite) is there, about this image, with the result, age and score asked for. */
export function requirementFindings(requirement: Requirement, facts: Facts): readonly Finding[] {
  const type = predicateNames[requirement.predicate] ?? requirement.predicate;
  const label = requirement.suite ?? requirement.predicate;
  const rule = `release.${label}`;
  const candidates = aboutDisk(facts, type).filter(
    (fact) => requirement.suite === undefined || fact.value.suite === requirement.suite,
  );
  const newest = newestOf(candidates);
  if (!newest) {
    return [
      finding(rule, `A signed ${label} statement about this image`, 'fail', {
        found: 'there is none',
        next: `Run the step that writes it, and sign again.`,
      }),
    ];
  }
  const by = newest.by;
  const findings = [
    finding(rule, `A signed ${label} statement about this image`, 'pass', {
      by,
      found: newest.name,
      next: '',
    }),
  ];
  if (type === predicateTypes.testResult) {
    findings.push(resultFinding(rule, label, requirement, newest));
  }
  if (requirement['min-score'] !== undefined) {
    const { score } = newest.value;
    const least = requirement['min-score'];
    const status = score === undefined ? 'unknown' : score >= least ? 'pass' : 'fail';
    findings.push(
      finding(`${rule}.min-score`, `${label} scores at least ${least} %`, status, {
        by,
        found: score === undefined ? `${newest.name} names no score` : `${score.toFixed(1)} %`,
        next: `Read the findings of ${label}: put them right, or waive them with owner, reason and expiry date.`,
      }),
    );
  }
  if (requirement['max-age'] !== undefined) {
    findings.push(ageFinding(rule, label, requirement['max-age'], newest, facts.time));
  }
  return findings;
}

/**
 * A suite that is judged by its score may have findings; one that is judged by its result may not have a failed case,
 * whatever it says of itself. No case run is never a pass.
 */
function resultFinding(rule: string, label: string, requirement: Requirement, fact: KnownStatement): Finding {
  const { result, cases } = fact.value;
  const scored = requirement['min-score'] !== undefined;
  const wanted = requirement.result ?? (scored ? 'WARNED' : 'PASSED');
  const accepted = wanted === 'PASSED' ? ['PASSED'] : ['PASSED', 'WARNED'];
  const ran = cases !== undefined && cases.passed + cases.warned > 0;
  const contradicts = !scored && cases !== undefined && cases.failed > 0;
  const good = result !== undefined && accepted.includes(result) && ran && !contradicts;
  const counts = cases
    ? `${cases.passed} passed, ${cases.warned} warned, ${cases.failed} failed`
    : 'no cases counted';
  const status = result === undefined ? 'unknown' : good ? 'pass' : 'fail';
  return finding(`${rule}.result`, `${label} says ${accepted.join(' or ')}`, status, {
    by: fact.by,
    found: `${fact.name} says ${result ?? 'nothing'} (${counts})`,
    next: `Read the report of ${label}, put right what failed, and run it again.`,
  });
}

/** Statements from the future are as wrong as old ones; clocks may differ by this much, in seconds. */
const CLOCK_SKEW = 300;

function ageFinding(rule: string, label: string, limit: number, fact: KnownStatement, now: string): Finding {
  const { finishedOn } = fact.value;
  const age = finishedOn === undefined ? undefined : (Date.parse(now) - Date.parse(finishedOn)) / 1000;
  const status = age === undefined ? 'unknown' : age <= limit && age >= -CLOCK_SKEW ? 'pass' : 'fail';
  const found =
    age === undefined
      ? `${fact.name} names no time`
      : age < -CLOCK_SKEW
        ? `it is dated ${finishedOn}, in the future`
        : `${days(age)} old`;
  return finding(`${rule}.max-age`, `${label} is at most ${days(limit)} old`, status, {
    by: fact.by,
    found,
    next: `Run ${label} again, and sign again.`,
  });
}

function days(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ] as const;
  const [size, unit] = units.find(([length]) => seconds >= length) ?? [1, 's'];
  return `${Math.max(0, Math.floor(seconds / size))} ${unit}`;
}
