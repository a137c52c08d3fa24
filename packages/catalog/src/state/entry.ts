import { z } from 'zod';
import {
  freshness,
  identifier,
  instant,
  publication,
  schedule,
  sentence,
  sha256Hex,
  versionReference,
} from './record.ts';
import { EVENT_TYPES, STATES } from './states.ts';

/** An entry of the audit log: who did what to which image, when, why, from which run, resting on which evidence. */
export const auditEntry = z.strictObject({
  /** Position in the log. */
  seq: z.int().nonnegative(),
  time: instant,
  type: z.enum(EVENT_TYPES),
  image: identifier,
  version: identifier,
  /** SHA-256 of the disk. */
  digest: sha256Hex,
  from: z.enum(STATES).nullable(),
  to: z.enum(STATES),
  /** A pseudonym; who that is stands in a file apart, which can be erased. */
  actor: z.string().regex(/^actor-[0-9a-f]{16}$/),
  /** Address of the run that did it, or `local`. */
  run: z.string().regex(/^(local|https?:\/\/[\x21-\x7e]{1,300})$/),
  reason: sentence.optional(),
  policyDigest: sha256Hex.optional(),
  evidence: z.array(sha256Hex).max(100),
  /** Of `register`, and of `publish` where a draft was registered with less evidence. */
  publication: publication.optional(),
  successor: versionReference.optional(),
  schedule: schedule.optional(),
  freshness: freshness.optional(),
  /** The family lost its last available image, and this was asked for. */
  retiresFamily: z.literal(true).optional(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
