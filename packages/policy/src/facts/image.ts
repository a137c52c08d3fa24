import { methods } from '@golden-image/evidence';
import { z } from 'zod';
import { observed } from './observed.ts';

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

export const imageFact = z.strictObject({
  ...observed,
  kind: z.literal('image'),
  value: z
    .strictObject({ name: z.string(), version: z.string(), class: z.string(), disk: z.string() })
    .optional(),
});

export const diskFact = z.strictObject({
  ...observed,
  kind: z.literal('disk'),
  value: z.strictObject({ sha256: z.string() }).optional(),
});

export const checksumsFact = z.strictObject({ ...observed, kind: z.literal('checksums') });

export const signatureFact = z.strictObject({
  ...observed,
  kind: z.literal('signature'),
  value: z.strictObject({ method: z.enum(methods) }),
});

/** The names of all statements found: a statement without its fact is an unknown one. */
export const inventoryFact = z.strictObject({
  ...observed,
  kind: z.literal('inventory'),
  value: z.array(z.string()).optional(),
});

export const statementFact = z.strictObject({
  ...observed,
  kind: z.literal('statement'),
  name: z.string(),
  value: statementValue.optional(),
});

export const chainFact = z.strictObject({
  ...observed,
  kind: z.literal('chain'),
  value: z
    .strictObject({
      origin: z.enum(['medium', 'open']),
      /** From the origin to the disk. */
      digests: z.array(z.string()),
    })
    .optional(),
});
