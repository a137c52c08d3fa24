import { methods, predicateTypes } from '@golden-image/evidence';
import { z } from 'zod';

/** Short names of predicate types for policies; a full URI does as well. */
export const predicateNames: Readonly<Record<string, string>> = {
  'medium/v1': predicateTypes.medium,
  'slsa-provenance/v1': predicateTypes.provenance,
  'test-result/v0.1': predicateTypes.testResult,
  spdx: predicateTypes.spdx,
  cyclonedx: predicateTypes.cyclonedx,
};

const predicate = z.string().refine((value) => value in predicateNames || URL.canParse(value), {
  error: `expected one of ${Object.keys(predicateNames).join(', ')}, or a URI`,
});

const unitSeconds: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86400 };

/** `7d`, `12h`, `30m`, in seconds. */
const age = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhd]$/, { error: 'expected an age such as 7d, 12h or 30m' })
  .transform((value) => Number.parseInt(value, 10) * (unitSeconds[value.at(-1) ?? ''] ?? Number.NaN));

const percent = z.number().min(0).max(100);
const name = z.string().min(1).max(200);

const requirement = z
  .strictObject({
    predicate,
    /** Which action's result, for test results. */
    suite: name.optional(),
    result: z.enum(['PASSED', 'WARNED']).optional(),
    'max-age': age.optional(),
    'min-score': percent.optional(),
  })
  .refine(
    (entry) =>
      predicateNames[entry.predicate] === predicateTypes.testResult ||
      (entry.suite === undefined && entry.result === undefined && entry['min-score'] === undefined),
    { error: 'suite, result and min-score belong to test-result/v0.1' },
  );
export type Requirement = z.infer<typeof requirement>;

const release = z.strictObject({
  require: z.array(requirement).min(1),
  /** `medium`: the chain of digests must begin at a verified medium; `any`: where the first evidence begins. */
  origin: z.enum(['medium', 'any']).default('medium'),
  /** Methods that must cover the disk. */
  signatures: z.array(z.enum(methods)).min(1).default(['sigstore']),
  /** What an approval leaves behind. */
  emit: z.literal('vsa').optional(),
});

const levels = z.strictObject({
  error: z.int().nonnegative().optional(),
  warning: z.int().nonnegative().optional(),
  note: z.int().nonnegative().optional(),
});

const exception = z.strictObject({
  rule: z.string().regex(/^release\.[A-Za-z0-9._/-]+\.(min-score|max-age|result)$/, {
    error:
      'only a min-score, max-age or result of a release requirement can have an exception, e.g. release.harden.min-score',
  }),
  /** The last day, in UTC. */
  until: z.iso.date(),
  'approved-by': name,
  reason: name,
});
export type Exception = z.infer<typeof exception>;

/** `.image-policy.yml`. `changes` and `quality` are for the mode `merge`. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  changes: z
    .array(
      z.strictObject({
        paths: z.array(name).min(1),
        approvals: z.strictObject({
          min: z.int().positive(),
          teams: z.array(name).optional(),
          not: z.array(z.enum(['author', 'committer', 'co-author', 'pusher'])).optional(),
        }),
      }),
    )
    .optional(),
  quality: z
    .strictObject({
      coverage: z
        .strictObject({
          lines: percent.optional(),
          patch: percent.optional(),
          'max-drop': percent.optional(),
        })
        .optional(),
      findings: z.strictObject({ new: levels.optional(), total: levels.optional() }).optional(),
    })
    .optional(),
  environments: z
    .record(
      name,
      z.strictObject({
        refs: z.array(name).min(1).optional(),
        reviewers: z.array(name).min(1).optional(),
        'self-review': z.enum(['allow', 'deny']).optional(),
        'admin-bypass': z.enum(['allow', 'deny']).optional(),
      }),
    )
    .optional(),
  release: release.optional(),
  exceptions: z.array(exception).optional(),
});
export type Policy = z.infer<typeof policySchema>;
export type ReleasePolicy = z.infer<typeof release>;
