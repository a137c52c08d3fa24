/** Everything that the fake GitHub knows: plain data that a test builds and changes, and that requests change. */
import type { Access, Scope } from './operations.ts';

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

export interface Collaborator {
  readonly login: string;
  role: Role;
  /** A role of the organisation's own, based on `role`. */
  customRole?: string;
  /** `direct`: named by the repository itself; `team`: through a team; `outside`: not a member of the organization. */
  via: 'direct' | 'team' | 'outside';
}

export interface Team {
  readonly id: number;
  readonly slug: string;
  members: string[];
  /** The role that the team has on every repository of the world. */
  role: Role;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  /** Undefined when the e-mail belongs to no account. */
  readonly login?: string | undefined;
}

export interface Commit {
  readonly sha: string;
  parents: string[];
  /** The git author first, then the co-authors. */
  authors: Person[];
  committer: Person;
  message: string;
  date: string;
  /** `github`: made on GitHub's site and signed by it. */
  signedBy?: 'github' | 'user';
  /** Whether GitHub could verify the signature; default true. */
  signatureValid?: boolean;
}

export interface ChangedFile {
  filename: string;
  status: 'added' | 'removed' | 'modified' | 'renamed';
  additions: number;
  deletions: number;
  /** Digest of the content. */
  sha?: string;
  patch?: string;
  previous_filename?: string;
}

export interface Review {
  readonly id: number;
  /** Undefined when the account was deleted. */
  readonly login: string | undefined;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  commit: string;
  at: string;
  body?: string;
}

export interface Pull {
  readonly number: number;
  title: string;
  author: string;
  state: 'open' | 'closed';
  mergedAt?: string;
  mergeCommit?: string;
  /** `owner/name`; undefined when the fork was deleted. */
  headRepository: string | undefined;
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft?: boolean;
  files: ChangedFile[];
  /** Files as they were at an earlier head, or are at the test merge: SHA, or `base...SHA`, to files. */
  filesAt?: Record<string, ChangedFile[]>;
  reviews: Review[];
}

export interface Activity {
  readonly id: number;
  actor: string | undefined;
  ref: string;
  before: string;
  after: string;
  at: string;
  type: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge' | 'merge_queue_merge';
}

export interface Rule {
  readonly type: string;
  readonly parameters?: Record<string, unknown>;
}

export interface BypassActor {
  actor_id: number | null;
  actor_type: 'Integration' | 'OrganizationAdmin' | 'RepositoryRole' | 'Team' | 'DeployKey';
  bypass_mode: 'always' | 'pull_request' | 'exempt';
}

export interface Ruleset {
  readonly id: number;
  name: string;
  target: 'branch' | 'tag' | 'push';
  enforcement: 'disabled' | 'active' | 'evaluate';
  /** `Organization` rulesets are seen in the repository, not changed there. */
  source?: 'Repository' | 'Organization';
  bypass_actors: BypassActor[];
  conditions: { ref_name: { include: string[]; exclude: string[] } };
  rules: Rule[];
}

export interface Environment {
  readonly id: number;
  readonly name: string;
  wait_timer?: number;
  prevent_self_review: boolean;
  /** Undefined on an older Enterprise Server, which does not tell. */
  can_admins_bypass: boolean | undefined;
  reviewers: { type: 'User' | 'Team'; id: number }[];
  deployment_branch_policy: { protected_branches: boolean; custom_branch_policies: boolean } | null;
  policies: { id: number; name: string; type: 'branch' | 'tag' }[];
}

export interface Run {
  readonly id: number;
  attempt: number;
  headSha: string;
  headBranch: string;
  createdAt: string;
  event: string;
  actor: string;
  triggeringActor: string;
  jobs: { name: string; conclusion: 'success' | 'failure' | 'skipped' | 'cancelled' | null }[];
  approvals: {
    login: string;
    state: 'approved' | 'rejected' | 'pending';
    comment: string;
    environments: string[];
  }[];
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
  at: string;
}

export interface QueueEntry {
  readonly number: number;
  headSha: string;
  baseSha: string;
  position: number;
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  private: boolean;
  defaultBranch: string;
  collaborators: Collaborator[];
  commits: Commit[];
  /** Branch to SHA. */
  branches: Record<string, string>;
  tags: Record<string, string>;
  /** Path to text, as it is at every ref that `filesAt` does not name. */
  files: Record<string, string>;
  /** Ref or SHA to files. */
  filesAt: Record<string, Record<string, string>>;
  pulls: Pull[];
  activities: Activity[];
  rulesets: Ruleset[];
  /** Classic branch protection: branch to GitHub's own form. */
  protection: Record<string, Record<string, unknown>>;
  environments: Environment[];
  runs: Run[];
  releases: {
    readonly id: number;
    tag: string;
    at: string;
    author: string;
    draft?: boolean;
    prerelease?: boolean;
  }[];
  comments: Comment[];
  mergeQueue: QueueEntry[];
  codeownersErrors: { line: number; kind: string; source: string; path: string; message: string }[];
  actions: {
    allowed_actions: 'all' | 'local_only' | 'selected';
    sha_pinning_required: boolean;
    default_workflow_permissions: 'read' | 'write';
    can_approve_pull_request_reviews: boolean;
    approval_policy:
      | 'first_time_contributors_new_to_github'
      | 'first_time_contributors'
      | 'all_external_contributors';
  };
  runners: { readonly id: number; name: string; labels: string[] }[];
}

export interface RunnerGroup {
  readonly id: number;
  name: string;
  visibility: 'all' | 'selected' | 'private';
  allows_public_repositories: boolean;
  restricted_to_workflows: boolean;
  selected_workflows: string[];
  /** `owner/name`, for `selected`. */
  repositories: string[];
  runners: { readonly id: number; name: string; labels: string[] }[];
}

export interface Token {
  /** `workflow`: GITHUB_TOKEN, of an app installation; `personal`: a fine-grained personal access token. */
  readonly kind: 'workflow' | 'personal';
  readonly login: string;
  permissions: Partial<Record<Scope, Access>>;
}

export interface World {
  /** GitHub's plan of the owner: it decides what private repositories may use. */
  plan: 'free' | 'team' | 'enterprise';
  organization: string;
  users: User[];
  teams: Team[];
  runnerGroups: RunnerGroup[];
  repositories: Repository[];
  /** Token text to what it may do. */
  tokens: Record<string, Token>;
  /** Whether `PUT environment` takes the undocumented key `can_admins_bypass`: older Enterprise Servers refuse it. */
  adminBypassKey: boolean;
  /** Requests left before the primary rate limit. */
  remaining: number;
}

/** A SHA-1 for tests that says what it is: `sha('a1')` is `a1a1…`. */
export function sha(pattern: string): string {
  return pattern.repeat(40).slice(0, 40);
}

/** The next free id of a list. */
export function nextId(entries: readonly { readonly id: number }[]): number {
  return Math.max(1000, ...entries.map((entry) => entry.id)) + 1;
}
