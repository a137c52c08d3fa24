import type { Octokit } from '@octokit/core';
import type { PaginateInterface } from '@octokit/plugin-paginate-rest';

/** GitHub's API as the package needs it: octokit with pagination, authenticated, for whichever server. */
export type GitHubApi = Octokit & { readonly paginate: PaginateInterface };

/** A repository by its two names. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** GitHub's largest page. */
export const PAGE = 100;
