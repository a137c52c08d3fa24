import type { EvidenceFile } from '@golden-image/image-folder';
import { z } from 'zod';
import { type Waiver, waiverSchema } from '../waivers/waivers.ts';
import type { AtRestRule } from './merge.ts';

const names = z.array(z.string()).default([]);
const predicate = z.looseObject({
  suite: z.literal('harden'),
  profile: z.string().min(1),
  configuration: z.array(
    z.looseObject({
      name: z.string().optional(),
      digest: z.looseObject({ sha256: z.string().optional() }).optional(),
    }),
  ),
  passedTests: names,
  warnedTests: names,
  failedTests: names,
  notJudgedTests: names,
  waivers: z.array(waiverSchema).default([]),
});

/** What `30-harden` says of the scan at rest. */
export interface HardeningRecord {
  readonly profile: string;
  readonly contentDigest: string | undefined;
  readonly tailoringDigest: string | undefined;
  /** The profile's rules that were judged; what did not apply is not recorded. */
  readonly rules: readonly AtRestRule[];
  readonly waivers: readonly Waiver[];
}

/**
 * The hardening of a disk as its statement tells it; none when there is none about this digest.
 *
 * @param digest SHA-256 of the disk that was booted
 */
export function hardeningRecord(
  evidence: readonly EvidenceFile[],
  digest: string,
): HardeningRecord | undefined {
  const statement = evidence.find(({ name }) => name === '30-harden')?.statement;
  const about = statement?.subject.some((subject) => subject.digest.sha256 === digest);
  const parsed = predicate.safeParse(statement?.predicate);
  if (!about || !parsed.success) {
    return undefined;
  }
  const { profile, configuration, passedTests, warnedTests, failedTests, notJudgedTests, waivers } =
    parsed.data;
  const digestOf = (name: string): string | undefined =>
    configuration.find((entry) => entry.name === name)?.digest?.sha256;
  const unjudged = new Set(notJudgedTests);
  const rules = [
    ...passedTests.map((rule) => ({ rule, outcome: 'pass' as const })),
    ...[...failedTests, ...warnedTests].map((rule) => ({
      rule,
      outcome: unjudged.has(rule) ? ('unknown' as const) : ('fail' as const),
    })),
  ].filter(({ rule }) => !rule.startsWith('baseline/'));
  return {
    profile,
    contentDigest: digestOf('content'),
    tailoringDigest: digestOf('tailoring'),
    rules,
    waivers,
  };
}
