import { methods } from '@golden-image/evidence';
import { UserError } from '@golden-image/host';
import { z } from 'zod';

const statementValue = z.strictObject({
  predicateType: z.string(),
  subjects: z.array(z.string()),
  suite: z.string().optional(),
  result: z.string().optional(),
  score: z.number().optional(),
  finishedOn: z.iso.datetime().optional(),
  cases: z
    .strictObject({
      passed: z.int(),
      warned: z.int(),
      failed: z.int(),
      skipped: z.int().optional(),
      notRun: z.int().optional(),
    })
    .optional(),
});
export type StatementValue = z.infer<typeof statementValue>;

const common = {
  /** `unknown`: it could not be observed; `detail` says what is missing. */
  status: z.enum(['pass', 'fail', 'unknown']),
  /** Where it was observed. */
  source: z.string(),
  time: z.iso.datetime(),
  /** Who vouches for it: a key's fingerprint. */
  by: z.string().optional(),
  /** Why it is not a pass, in words. */
  detail: z.string().optional(),
};

const fact = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('image'),
    value: z
      .strictObject({ name: z.string(), version: z.string(), class: z.string(), disk: z.string() })
      .optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('disk'),
    value: z.strictObject({ sha256: z.string() }).optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('checksums') }),
  z.strictObject({
    ...common,
    kind: z.literal('signature'),
    value: z.strictObject({ method: z.enum(methods) }),
  }),
  /** The names of all statements found: a statement without its fact is an unknown one. */
  z.strictObject({ ...common, kind: z.literal('inventory'), value: z.array(z.string()).optional() }),
  z.strictObject({
    ...common,
    kind: z.literal('statement'),
    name: z.string(),
    value: statementValue.optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('chain'),
    value: z
      .strictObject({
        origin: z.enum(['medium', 'open']),
        /** From the origin to the disk. */
        digests: z.array(z.string()),
      })
      .optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('environment'), value: z.strictObject({ name: z.string() }) }),
]);
/** Something observed, with where and when; decisions are made of these alone. */
export type Fact = z.infer<typeof fact>;
export type FactOf<K extends Fact['kind']> = Extract<Fact, { readonly kind: K }>;

/** Two facts about one thing could contradict each other: a fact has one identity. */
function identity(entry: Fact): string {
  switch (entry.kind) {
    case 'statement':
      return `statement ${entry.name}`;
    case 'signature':
      return `signature ${entry.value.method}`;
    case 'environment':
      return `environment ${entry.value.name}`;
    default:
      return entry.kind;
  }
}

const factsSchema = z.strictObject({
  version: z.literal(1),
  mode: z.literal('release'),
  /** The moment for which ages and exceptions are judged. */
  time: z.iso.datetime(),
  /** Where the release goes to. */
  environment: z.string().optional(),
  facts: z.array(fact).refine((facts) => new Set(facts.map(identity)).size === facts.length, {
    error: 'a fact is there twice',
  }),
});
/** `facts.json`. */
export type Facts = z.infer<typeof factsSchema>;

/**
 * Reads saved facts, for a replay.
 *
 * @throws UserError `invalid-facts`
 */
export function parseFacts(text: string, file: string): Facts {
  try {
    return factsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${file} does not hold facts that this version can replay`, {
      code: 'invalid-facts',
      fix: 'Pass a facts.json that gate-approval wrote, unchanged.',
      cause,
    });
  }
}

/** The facts of one kind. */
export function factsOf<K extends Fact['kind']>(facts: Facts, kind: K): readonly FactOf<K>[] {
  return facts.facts.filter((entry): entry is FactOf<K> => entry.kind === kind);
}
