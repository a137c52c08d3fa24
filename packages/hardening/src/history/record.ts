import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { z } from 'zod';
import { allRules, type HardeningOutcome } from '../outcome.ts';
import { RESULTS } from '../scap/results.ts';
import type { TrendPoint } from './comparison.ts';

/** One point of the trend. */
const pointSchema = z.object({
  finishedOn: z.iso.datetime(),
  profile: z.string(),
  score: z.number().min(0).max(100),
  rawScore: z.number().min(0).max(100),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** `reports/harden.json`: a result for programs, and for the next run as `previous`. */
const recordSchema = z.object({
  schemaVersion: z.literal(1),
  image: z.object({ name: z.string(), distribution: z.string(), release: z.string() }),
  ...pointSchema.shape,
  rules: z.array(
    z.object({
      rule: z.string(),
      outcome: z.enum(RESULTS),
      severity: z.enum(['unknown', 'info', 'low', 'medium', 'high']),
    }),
  ),
  /** Earlier results, oldest first. */
  history: z.array(pointSchema).max(1_000),
});
export type HardeningRecordFile = z.infer<typeof recordSchema>;

const MAX_BYTES = 16 * 1024 * 1024;
/** More points than a chart can show. */
const MAX_HISTORY = 100;

/**
 * An earlier result: `harden.json`, or an image folder (or a reports folder) that holds one.
 *
 * @throws UserError `invalid-previous`
 */
export async function readPrevious(given: string): Promise<HardeningRecordFile> {
  const file = await locate(given);
  const { size } = await stat(file).catch((cause: unknown) => {
    throw invalid(given, 'there is no harden.json', cause);
  });
  if (size > MAX_BYTES) {
    throw invalid(given, `it is larger than ${MAX_BYTES} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw invalid(given, 'it is not JSON', cause);
  }
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(given, `${issue?.path.join('.') || 'top'}: ${issue?.message}`);
  }
  return parsed.data;
}

async function locate(given: string): Promise<string> {
  const isFolder = (await stat(given).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder) {
    return given;
  }
  const candidates = ['reports/harden.json', 'harden.json'].map((name) => path.join(given, name));
  for (const candidate of candidates) {
    if (await stat(candidate).catch(() => undefined)) {
      return candidate;
    }
  }
  return candidates[0] ?? given;
}

function invalid(given: string, why: string, cause?: unknown): UserError {
  return new UserError(`The previous result ${given} cannot be used: ${why}`, {
    code: 'invalid-previous',
    fix: 'Pass the reports/harden.json of an earlier run, or the image folder that holds it; or leave the input out.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The result as the next run reads it; rules in the order of their names. */
export function hardeningRecordFile(
  outcome: HardeningOutcome,
  previous: HardeningRecordFile | undefined,
): HardeningRecordFile {
  return {
    schemaVersion: 1,
    image: outcome.image,
    ...pointOf(outcome),
    rules: allRules(outcome)
      .map(({ rule, outcome: result, severity }) => ({ rule, outcome: result, severity }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
    history: previous ? earlierPoints(previous) : [],
  };
}

/** What an earlier result knows of the past, itself included; oldest first. */
export function earlierPoints(previous: HardeningRecordFile): TrendPoint[] {
  const { finishedOn, profile, score, rawScore, sha256 } = previous;
  return [...previous.history, { finishedOn, profile, score, rawScore, sha256 }].slice(-MAX_HISTORY);
}

export function pointOf(outcome: HardeningOutcome): TrendPoint {
  return {
    finishedOn: outcome.finishedOn.toISOString(),
    profile: outcome.profile,
    score: outcome.after.score.score,
    rawScore: outcome.after.score.raw,
    sha256: outcome.digests.after,
  };
}
