import { z } from 'zod';
import { observed, sha } from './observed.ts';
import { commit, person, push, review } from './people.ts';

/** Number of the pull request that a fact is about; one merge group has several. */
const pull = z.int().positive();

/** Inclusive first and last line, 1-based, in the file as it is after the change. */
const lineRange = z.tuple([z.int().positive(), z.int().positive()]);
export type LineRange = z.infer<typeof lineRange>;

/** The workflow run that asks for the decision. */
export const runFact = z.strictObject({
  ...observed,
  kind: z.literal('run'),
  value: z
    .strictObject({
      id: z.int(),
      /** 1 for the first; re-runs of the same run count up. */
      attempt: z.int().positive(),
      /** `pull_request`, `pull_request_target`, `pull_request_review`, `merge_group`, `push`, `workflow_dispatch`, … */
      event: z.string(),
      /** `owner/name`. */
      repository: z.string(),
      /** Full, e.g. `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge`. */
      ref: z.string(),
      /** What was checked out and tested: for `pull_request` GitHub's merge commit. */
      sha,
      /** When the first attempt was created; reports made before it belong to another run. */
      createdAt: z.iso.datetime(),
      actor: person,
      /** Who started this attempt. */
      triggeringActor: person.optional(),
    })
    .optional(),
});

/** What is to be merged: one pull request, or all of a merge group. */
export const changeFact = z.strictObject({
  ...observed,
  kind: z.literal('change'),
  value: z
    .strictObject({
      via: z.enum(['pull-request', 'merge-group']),
      /** Short name of the branch that it goes to. */
      base: z.string(),
      baseSha: sha,
      /** Pull request: its head commit for which the run was started. Merge group: the group's commit. */
      headSha: sha,
      /** Every pull request in it; a pull request without its facts is unknown. */
      pulls: z.array(pull).min(1),
    })
    .optional(),
});

/** The policy file: in merge mode read from the base, never from the change itself. */
export const policyFact = z.strictObject({
  ...observed,
  kind: z.literal('policy'),
  value: z.strictObject({ path: z.string(), commit: sha, sha256: z.string() }).optional(),
});

/** A pull request as it is now. */
export const pullRequestFact = z.strictObject({
  ...observed,
  kind: z.literal('pull-request'),
  pull,
  value: z
    .strictObject({
      title: z.string(),
      url: z.string(),
      author: person,
      state: z.enum(['open', 'closed', 'merged']),
      draft: z.boolean(),
      base: z.string(),
      headSha: sha,
      /** From another repository: the run's token can only read. */
      fork: z.boolean(),
    })
    .optional(),
});

/** All commits of a pull request; `unknown` unless all of them were read. */
export const commitsFact = z.strictObject({
  ...observed,
  kind: z.literal('commits'),
  pull,
  value: z.array(commit).optional(),
});

/** All who pushed to the pull request's branch since it left the base; for a fork, its own activity. */
export const pushersFact = z.strictObject({
  ...observed,
  kind: z.literal('pushers'),
  pull,
  value: z.array(push).optional(),
});

/** All reviews of a pull request, oldest first, also dismissed and repeated ones. */
export const reviewsFact = z.strictObject({
  ...observed,
  kind: z.literal('reviews'),
  pull,
  value: z.array(review).optional(),
});

/** All files that a pull request changes. A renamed file counts with both its paths. */
export const filesFact = z.strictObject({
  ...observed,
  kind: z.literal('files'),
  pull,
  value: z
    .array(
      z.strictObject({
        path: z.string(),
        previousPath: z.string().optional(),
        status: z.enum(['added', 'modified', 'removed', 'renamed', 'copied', 'changed', 'unchanged']),
      }),
    )
    .optional(),
});

/** Lines added or changed from the base to what was tested (`run.sha`), for the coverage of the change. */
export const changedLinesFact = z.strictObject({
  ...observed,
  kind: z.literal('changed-lines'),
  value: z
    .strictObject({
      baseSha: sha,
      /** The tested commit: line numbers are those of its files. */
      headSha: sha,
      /** Every changed file that still exists. `lines` absent: not known (too large, no patch); binary files: empty. */
      files: z.array(z.strictObject({ path: z.string(), lines: z.array(lineRange).optional() })),
    })
    .optional(),
});

/** `.github/CODEOWNERS` (or where it lies) at the base. Without such a file: pass, `text` absent. */
export const codeOwnersFact = z.strictObject({
  ...observed,
  kind: z.literal('code-owners'),
  value: z
    .strictObject({
      path: z.string().optional(),
      text: z.string().optional(),
      /** Faults that GitHub finds in it (`GET /repos/{o}/{r}/codeowners/errors`). */
      errors: z.array(z.string()),
    })
    .optional(),
});

/** Everyone in a team, its child teams included. */
export const teamFact = z.strictObject({
  ...observed,
  kind: z.literal('team'),
  /** `org/slug`, in lower case. */
  team: z.string(),
  value: z.array(person).optional(),
});

/** The jobs of this run's attempt: a skipped job counts as success for GitHub's required checks, not here. */
export const jobsFact = z.strictObject({
  ...observed,
  kind: z.literal('jobs'),
  value: z
    .array(
      z.strictObject({
        name: z.string(),
        attempt: z.int().positive(),
        /** GitHub's conclusion; absent while it runs. */
        conclusion: z.string().optional(),
      }),
    )
    .optional(),
});
