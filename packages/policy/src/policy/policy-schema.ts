import { methods, predicateTypes } from '@golden-image/evidence';
import { z } from 'zod';
import { repositoryPolicy } from './repository-schema.ts';

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

const count = z.int().nonnegative();
const levels = z.strictObject({
  error: count.optional(),
  warning: count.optional(),
  note: count.optional(),
});
export type Levels = z.infer<typeof levels>;

export const roles = ['author', 'committer', 'co-author', 'pusher'] as const;
/** How someone contributed to a change. */
export type Role = (typeof roles)[number];

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, {
  error: 'expected lower-case letters, digits and hyphens',
});
/** `org/slug`, or a slug of the repository's own organisation. */
const team = z.string().regex(/^(?:[A-Za-z0-9][A-Za-z0-9-]*\/)?[A-Za-z0-9][A-Za-z0-9_.-]*$/, {
  error: 'expected a team, as org/slug or slug',
});

/** What a change to some paths needs. */
const changeRule = z.strictObject({
  /** What exceptions and reasons call it; default: its place in the list. */
  name: identifier.optional(),
  /** Globs from the repository's root: `*` within a folder, `**` across folders. */
  paths: z.array(name).min(1),
  approvals: z
    .strictObject({
      min: count.default(1),
      /** Only their members count. */
      teams: z.array(team).min(1).optional(),
      /** Who does not count as an approver of their own change. */
      not: z.array(z.enum(roles)).default([...roles]),
    })
    .prefault({}),
  /** Every file with code owners needs one of them. */
  'code-owners': z.boolean().default(false),
});
export type ChangeRule = z.infer<typeof changeRule>;

const quality = z.strictObject({
  coverage: z
    .strictObject({
      /** Of all executable lines, in percent. */
      lines: percent.optional(),
      /** Of the executable lines that the change touches, in percent. */
      patch: percent.optional(),
      /** Below the base, in percentage points. */
      'max-drop': percent.optional(),
      /** Globs of files that reports must know: one that is in none of them is a changed file without tests. */
      paths: z.array(name).min(1).optional(),
    })
    .optional(),
  findings: z.strictObject({ new: levels.optional(), total: levels.optional() }).optional(),
  tests: z
    .strictObject({
      'max-failed': count.default(0),
      'min-passed': z.int().positive().default(1),
      'max-skipped': count.optional(),
    })
    .optional(),
  /** Jobs of the run that must have succeeded; a skipped one has not. */
  jobs: z.array(name).min(1).optional(),
});
export type QualityPolicy = z.infer<typeof quality>;

const environment = z.strictObject({
  /** Globs of branches and tags that may be released: short names, or `refs/tags/v*` for tags only. */
  refs: z.array(name).min(1).optional(),
  /** Logins, and teams as `org/slug`. */
  reviewers: z.array(name).min(1).optional(),
  /** How many of them; 1 where there are reviewers. */
  approvals: z.int().positive().default(1),
  'self-review': z.enum(['allow', 'deny']).default('deny'),
  'admin-bypass': z.enum(['allow', 'deny']).default('deny'),
});
export type EnvironmentPolicy = z.infer<typeof environment>;

const word = z.enum(['allow', 'deny']);

const EXCEPTABLE =
  /^(?:quality\.(?:coverage(?:\.(?:lines|patch|max-drop|paths))?|findings(?:\.(?:new|total)(?:\.(?:error|warning|note))?)?|tests(?:\.(?:max-failed|max-skipped))?)|release\.[A-Za-z0-9._/-]+\.(?:min-score|max-age|result))$/;

const exception = z.strictObject({
  /** A rule, or, for quality, a group of them: `quality.coverage`. Approvals and integrity have no exceptions. */
  rule: z.string().regex(EXCEPTABLE, {
    error:
      'only a rule of quality, or a min-score, max-age or result of a release requirement, can have an exception, e.g. quality.coverage.patch or release.harden.min-score',
  }),
  /** The last day, in UTC. */
  until: z.iso.date(),
  'approved-by': name,
  reason: name,
});
export type Exception = z.infer<typeof exception>;

/** `.image-policy.yml`. `changes` and `quality` are for the mode `merge`, the rest for `release`. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  changes: z.array(changeRule).min(1).optional(),
  quality: quality.optional(),
  /** Whether another attempt of a run may decide: GitHub does not say to which attempt an environment's approval belongs. */
  're-runs': z.strictObject({ merge: word.default('allow'), release: word.default('deny') }).prefault({}),
  /** E-mail addresses that GitHub does not know: whose they are, or `outside` for people without an account. */
  people: z.record(z.string().regex(/^[^\s@]+@[^\s@]+$/), name).optional(),
  environments: z.record(name, environment).optional(),
  /** What GitHub itself is to enforce. */
  repository: repositoryPolicy.optional(),
  release: release.optional(),
  exceptions: z.array(exception).optional(),
});
export type Policy = z.infer<typeof policySchema>;
export type ReleasePolicy = z.infer<typeof release>;
