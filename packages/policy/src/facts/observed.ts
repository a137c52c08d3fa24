import { z } from 'zod';

/** What every fact carries beside its kind and value. */
export const observed = {
  /** `unknown`: it could not be observed; `detail` says why, `permission` what to grant. */
  status: z.enum(['pass', 'fail', 'unknown']),
  /** Where it was observed: an endpoint, a file. */
  source: z.string(),
  time: z.iso.datetime(),
  /** Who vouches for it: a key's fingerprint. */
  by: z.string().optional(),
  /** Why it is not a pass, in words. */
  detail: z.string().optional(),
  /** The permission whose lack made it unknown, as workflows and apps name it: `pull-requests: read`. */
  permission: z.string().optional(),
} as const;

/** A full commit id, SHA-1 or SHA-256. */
export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
