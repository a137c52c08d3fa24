import { ReportLimit } from '../source/unreadable.ts';
import {
  asLevel,
  type ByLevel,
  defaultLevel,
  type Level,
  levels,
  type RuleReference,
  type Tool,
} from './level.ts';
import { messageOf, placeOf, type Result, ruleOf } from './result.ts';

/** One finding, for people. */
export interface Finding {
  readonly level: Level;
  readonly rule: string;
  readonly file: string;
  /** 0 when it is about no line. */
  readonly line: number;
  readonly message: string;
  readonly new: boolean | undefined;
}

const MAX_SAMPLES = 25;
const MAX_TEXT = 300;
/** A bound on memory: more rules than any tool has. */
const MAX_RULES = 50_000;
/** Another one: samples of all rules that are kept until the levels are known. */
const MAX_KEPT = 5_000;

interface Bucket {
  readonly explicit: Level | 'none' | undefined;
  readonly reference: RuleReference;
  total: number;
  fresh: number;
  readonly samples: Omit<Finding, 'level'>[];
}

/**
 * Counts the results of one run. A run may name its rules, and with them the levels, after its results: results
 * without a level of their own wait in one bucket a rule.
 */
export class RunTally {
  readonly #buckets = new Map<string, Bucket>();
  #kept = 0;

  /** @param fresh whether it is not in the base; undefined without a base */
  add(result: Result, fresh: boolean | undefined): void {
    const explicit = asLevel(result.level);
    const reference = {
      id: result.ruleId ?? result.rule?.id,
      index: result.rule?.index ?? result.ruleIndex,
      component: result.rule?.toolComponent?.index,
    };
    const key = explicit ?? JSON.stringify(reference);
    const bucket = this.#buckets.get(key) ?? { explicit, reference, total: 0, fresh: 0, samples: [] };
    if (bucket.total === 0) {
      if (this.#buckets.size >= MAX_RULES) {
        throw new ReportLimit(`results of more than ${MAX_RULES} rules`);
      }
      this.#buckets.set(key, bucket);
    }
    bucket.total += 1;
    bucket.fresh += fresh ? 1 : 0;
    // New ones are shown first: an old one makes room for them.
    const room = bucket.samples.length < MAX_SAMPLES && this.#kept < MAX_KEPT;
    const old = room || !fresh ? -1 : bucket.samples.findIndex((sample) => !sample.new);
    if (room || old >= 0) {
      const sample = {
        file: shortened(placeOf(result).file),
        line: placeOf(result).line,
        rule: shortened(ruleOf(result)),
        message: shortened(messageOf(result)),
        new: fresh,
      };
      this.#kept += room ? 1 : 0;
      bucket.samples.splice(room ? bucket.samples.length : old, room ? 0 : 1, sample);
    }
  }

  /** @param tool of the run, now that all of it was read */
  finish(tool: Tool | undefined): {
    readonly total: ByLevel;
    readonly fresh: ByLevel;
    readonly samples: readonly Finding[];
  } {
    const total = { error: 0, warning: 0, note: 0 };
    const fresh = { error: 0, warning: 0, note: 0 };
    const samples: Finding[] = [];
    for (const bucket of this.#buckets.values()) {
      const level = bucket.explicit ?? defaultLevel(tool, bucket.reference);
      if (level === 'none') {
        continue;
      }
      total[level] += bucket.total;
      fresh[level] += bucket.fresh;
      samples.push(...bucket.samples.map((sample) => ({ ...sample, level })));
    }
    return { total, fresh, samples: worst(samples) };
  }
}

/** The beginning, copied: part of a string keeps all of it in memory. */
function shortened(text: string): string {
  return Buffer.from(text.slice(0, MAX_TEXT), 'utf16le').toString('utf16le');
}

/** The most important ones: new before old, errors before warnings, then by place. */
export function worst(findings: readonly Finding[]): readonly Finding[] {
  const rank = (finding: Finding): string =>
    [
      finding.new === false ? 1 : 0,
      levels.indexOf(finding.level),
      finding.file,
      String(finding.line).padStart(10, '0'),
      finding.rule,
      finding.message,
    ].join('\0');
  return findings
    .map((finding) => [rank(finding), finding] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .slice(0, MAX_SAMPLES)
    .map(([, finding]) => finding);
}
