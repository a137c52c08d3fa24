import { z } from 'zod';
import { sha } from './observed.ts';

/**
 * Someone, as GitHub knows them. Without `login` GitHub could not match the e-mail address to an account: who that is
 * is not known, and rules that compare people fail closed. A ghost (deleted account) has no login either.
 */
export const person = z.strictObject({
  /** As GitHub spells it; compared without regard to case. A bot's login has no `[bot]` at its end. */
  login: z.string().min(1).optional(),
  type: z.enum(['User', 'Bot', 'Organization', 'Mannequin', 'unknown']),
  /** Only where there is no login: what messages call them. */
  name: z.string().optional(),
  email: z.string().optional(),
});
export type Person = z.infer<typeof person>;

export const commit = z.strictObject({
  sha,
  author: person,
  /** From `Co-authored-by` trailers, as GitHub resolves them. */
  coAuthors: z.array(person),
  committer: person,
  /** GitHub itself made and signed it (web editor, merge button, merge queue): its committer is nobody's account. */
  signedByGitHub: z.boolean(),
});
export type Commit = z.infer<typeof commit>;

/** Someone moved the branch to `sha`. Authenticated by GitHub, other than what a commit says of itself. */
export const push = z.strictObject({ sha, actor: person, time: z.iso.datetime().optional() });
export type Push = z.infer<typeof push>;

export const permissions = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;

export const review = z.strictObject({
  id: z.int(),
  author: person,
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
  /** The commit that was reviewed; absent when GitHub no longer says. */
  commit: sha.optional(),
  submittedAt: z.iso.datetime(),
  /** The author's permission on the repository now; absent when it could not be read. */
  permission: z.enum(permissions).optional(),
  /** The change against its base is the same at `commit` and at the head, e.g. because only the base was merged in. */
  sameChange: z.boolean().optional(),
});
export type Review = z.infer<typeof review>;
