import { z } from 'zod';
import { observed, sha } from './observed.ts';
import { commit, permissions, person, push } from './people.ts';

/** A protected environment as it is configured now (`GET /repos/{o}/{r}/environments/{e}`). */
export const environmentFact = z.strictObject({
  ...observed,
  kind: z.literal('environment'),
  environment: z.string(),
  value: z
    .strictObject({
      /** Users by login, teams as `org/slug`. Empty: nobody needs to approve. */
      reviewers: z.array(z.strictObject({ type: z.enum(['User', 'Team']), name: z.string() })),
      preventSelfReview: z.boolean(),
      adminsCanBypass: z.boolean(),
      /** `all`: any ref may deploy; `protected`: protected branches only; `custom`: those that match `refs`. */
      refPolicy: z.enum(['all', 'protected', 'custom']),
      refs: z.array(z.strictObject({ type: z.enum(['branch', 'tag']), pattern: z.string() })),
    })
    .optional(),
});

/**
 * Who approved or rejected this run's deployments (`GET /repos/{o}/{r}/actions/runs/{id}/approvals`). GitHub names
 * neither time nor attempt.
 */
export const deploymentApprovalsFact = z.strictObject({
  ...observed,
  kind: z.literal('deployment-approvals'),
  value: z
    .array(
      z.strictObject({
        state: z.enum(['approved', 'rejected', 'pending']),
        user: person,
        environments: z.array(z.string()),
        comment: z.string().optional(),
        /** On the repository, now; absent when it could not be read. */
        permission: z.enum(permissions).optional(),
      }),
    )
    .optional(),
});

/** Everything that went in since the last release: whoever contributed to it does not approve it. */
export const historyFact = z.strictObject({
  ...observed,
  kind: z.literal('history'),
  value: z
    .strictObject({
      /** The last release before `to`; absent: there was none, so the commits are all there are. */
      since: z.strictObject({ tag: z.string(), sha }).optional(),
      /** The commit that is released; equals the run's. */
      to: sha,
      commits: z.array(commit),
      /** Pull requests that brought the commits, with their authors. */
      pulls: z.array(z.strictObject({ number: z.int().positive(), author: person })),
      /** Who pushed: to the pull requests' branches as far as GitHub still knows, and to the released branch itself. */
      pushers: z.array(push),
    })
    .optional(),
});
