import { imageDescriptor } from '@golden-image/image-folder';
import { z } from 'zod';
import { STATES } from './states.ts';

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** ISO 8601 in UTC with whole seconds: the log, the index and the feeds compare times as texts. */
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
/** The same form as image names and versions have. */
export const identifier = z.string().regex(/^[a-z0-9][a-z0-9.+_-]{0,62}$/i);
/** Text of people: one line, no control characters. */
export const sentence = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/);

export const versionReference = z.strictObject({ image: identifier, version: identifier });
/** Names one version of an image. */
export type VersionReference = z.infer<typeof versionReference>;

export const schedule = z.strictObject({
  deprecateAt: instant.optional(),
  obsoleteAt: instant.optional(),
  deleteAt: instant.optional(),
  /** The family may lose its last available image by this schedule. */
  retiresFamily: z.literal(true).optional(),
});
/** Dates from which the state follows without anybody's doing. */
export type Schedule = z.infer<typeof schedule>;

/** A file that was published with the image and never changes: `images/<image>/<version>/<name>`. */
export const attachment = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}(\/[A-Za-z0-9][A-Za-z0-9._+-]{0,127}){0,2}$/),
  size: z.int().nonnegative(),
  sha256: sha256Hex,
});
export type Attachment = z.infer<typeof attachment>;

export const packageUpdate = z.strictObject({
  package: z.string().max(200),
  installed: z.string().max(200),
  fixed: z.string().max(200),
  /** Suite that has it. */
  suite: z.string().max(100),
  security: z.boolean(),
  /** Vulnerabilities that the packages' own change logs say are fixed in between. */
  vulnerabilities: z.array(z.string().regex(/^CVE-\d{4}-\d{4,}$/)).max(100),
});
export type PackageUpdate = z.infer<typeof packageUpdate>;

/** What the last check for updates found. */
export const freshness = z.strictObject({
  checkedAt: instant,
  /** `unknown`: the indices could not be read; never taken for "no". */
  rebuildNeeded: z.enum(['yes', 'no', 'unknown']),
  reasons: z.array(sentence).max(50),
  securityUpdates: z.int().nonnegative(),
  otherUpdates: z.int().nonnegative(),
  /** Security updates first; cut where an entry of the log would grow too large. */
  updates: z.array(packageUpdate).max(200),
});
export type Freshness = z.infer<typeof freshness>;

/** What was true when the version entered the catalog and never changes. */
export const publication = z.strictObject({
  image: identifier,
  version: identifier,
  class: imageDescriptor.shape.class,
  family: identifier,
  distribution: imageDescriptor.shape.distribution,
  release: imageDescriptor.shape.release,
  architecture: imageDescriptor.shape.architecture,
  firmware: imageDescriptor.shape.firmware,
  disk: imageDescriptor.shape.disk,
  /** Pseudonym of who brought it in; a custom image is this person's to retire. */
  owner: z.string().regex(/^actor-[0-9a-f]{16}$/),
  /** From the signed hardening result, in percent. */
  score: z.number().min(0).max(100).optional(),
  /** From the signed functional result. */
  cases: z
    .strictObject({
      passed: z.int().nonnegative(),
      warned: z.int().nonnegative(),
      failed: z.int().nonnegative(),
      skipped: z.int().nonnegative(),
      notRun: z.int().nonnegative(),
    })
    .optional(),
  attachments: z.array(attachment).max(200),
});
export type Publication = z.infer<typeof publication>;

/** `versions/<image>/<version>.json`: one version of an image, the source of every index and page. */
export const versionRecord = publication.extend({
  schemaVersion: z.literal(1),
  state: z.enum(STATES),
  /** When it entered its state. */
  stateSince: instant,
  /** When it became available first. */
  publishedAt: instant.optional(),
  /** Position in the audit log of the entry that made it available first. */
  publishedIndex: z.int().nonnegative().optional(),
  schedule,
  successor: versionReference.optional(),
  reason: sentence.optional(),
  /** The policy by which its last approval was given. */
  policyDigest: sha256Hex.optional(),
  /** SHA-256 of the evidence that the approval rests on. */
  evidence: z.array(sha256Hex).max(100),
  freshness: freshness.optional(),
});
export type VersionRecord = z.infer<typeof versionRecord>;
