import { z } from 'zod';

const name = z.string().min(1).max(200);

const BYPASS =
  /^(?:team:[A-Za-z0-9-]+\/[A-Za-z0-9_.-]+|app:[0-9a-z-]+|role:(?:maintain|write|admin)|organization-admin|deploy-key)$/;

/**
 * What GitHub itself is to enforce on the repository: `gate-approval` provisions it and audits it. How many approvals
 * a change needs, and who approves a deployment, stands under `changes` and `environments`.
 */
export const repositoryPolicy = z.strictObject({
  /** Protected branches, with `*`; default: the default branch. */
  branches: z.array(name).min(1).default(['~DEFAULT_BRANCH']),
  /** Protected tags: nobody moves or deletes them. */
  tags: z.array(name).min(1).optional(),
  /** Names of checks that must pass, reported by GitHub Actions and nobody else. */
  checks: z.array(name).default(['gate']),
  'code-owners': z.boolean().default(true),
  'merge-queue': z.boolean().default(false),
  'linear-history': z.boolean().default(false),
  'signed-commits': z.boolean().default(false),
  /** Who may pass by the rules: `team:org/slug`, `app:slug`, `role:admin`, `organization-admin`, `deploy-key`. */
  bypass: z
    .array(
      z.string().regex(BYPASS, {
        error: 'expected team:org/slug, app:slug, role:admin, organization-admin or deploy-key',
      }),
    )
    .default([]),
  /** Who may administer the repository; absent: nobody looks. */
  admins: z.array(name).optional(),
  /** Who may have write access by name rather than through a team. */
  'direct-access': z.array(name).default([]),
  /** The organisation's runner groups that build hosts are in. */
  'build-runners': z.array(name).min(1).optional(),
});
export type RepositoryPolicy = z.infer<typeof repositoryPolicy>;
