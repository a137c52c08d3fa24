import { predicateTypes, type Statement } from './statement.ts';

/** What a policy asks of a statement, read from its predicate. Undefined: the statement does not say. */
export interface StatementFacts {
  readonly predicateType: string;
  /** SHA-256 of each subject. */
  readonly subjects: readonly string[];
  readonly suite: string | undefined;
  readonly result: string | undefined;
  /** In percent. */
  readonly score: number | undefined;
  /** When the work that it tells of ended, ISO 8601. */
  readonly finishedOn: string | undefined;
  /** Test results only. `skipped` and `notRun` are undefined when the statement does not count them. */
  readonly cases:
    | {
        readonly passed: number;
        readonly warned: number;
        readonly failed: number;
        readonly skipped: number | undefined;
        readonly notRun: number | undefined;
      }
    | undefined;
}

/** Reads the facts of any statement; predicates of other kinds have but a type and subjects. */
export function statementFacts(statement: Statement): StatementFacts {
  const { predicate, predicateType } = statement;
  const isTest = predicateType === predicateTypes.testResult;
  return {
    predicateType,
    subjects: statement.subject.map(({ digest }) => digest.sha256),
    suite: text(predicate.suite),
    result: text(predicate.result),
    score:
      typeof predicate.score === 'number' && Number.isFinite(predicate.score) ? predicate.score : undefined,
    finishedOn: finishedOn(predicate),
    cases: isTest
      ? {
          passed: count(predicate.passedTests) ?? 0,
          warned: count(predicate.warnedTests) ?? 0,
          failed: count(predicate.failedTests) ?? 0,
          skipped: count(predicate.skipped),
          notRun: count(predicate.notRun),
        }
      : undefined,
  };
}

/** Test results and media carry `finishedOn` or `verifiedOn`, SLSA provenance its metadata, a VSA `timeVerified`. */
function finishedOn(predicate: Readonly<Record<string, unknown>>): string | undefined {
  const details = predicate.runDetails as { metadata?: { finishedOn?: unknown } } | undefined;
  const candidates = [
    predicate.finishedOn,
    details?.metadata?.finishedOn,
    predicate.verifiedOn,
    predicate.timeVerified,
  ];
  const found = candidates.map(text).find((value) => value !== undefined && !Number.isNaN(Date.parse(value)));
  return found === undefined ? undefined : new Date(found).toISOString();
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of names, names with reasons, or a number. */
function count(value: unknown): number | undefined {
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length;
  }
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
