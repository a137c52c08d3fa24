import type { Review } from '@golden-image/policy';
import { permissionLookup } from './access.ts';
import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';
import { type ComparedFile, compare, LARGEST_FILE_LIST } from './commits.ts';
import { personOf } from './people.ts';

export interface ReviewedPull extends RepositoryName {
  readonly number: number;
  readonly baseSha: string;
  readonly headSha: string;
}

/** All reviews of a pull request, oldest first, with what their authors may do now. */
export async function reviewsOf(api: GitHubApi, pull: ReviewedPull): Promise<Review[]> {
  const { owner, repo, number, headSha } = pull;
  const listed = await api.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    owner,
    repo,
    pull_number: number,
    per_page: PAGE,
  });
  const permissionOf = permissionLookup(api, { owner, repo });
  const reviews: Review[] = [];
  for (const entry of listed) {
    const author = personOf(entry.user);
    const commit = entry.commit_id ?? undefined;
    const stale = entry.state === 'APPROVED' && commit !== undefined && commit !== headSha;
    reviews.push({
      id: entry.id,
      author,
      state: entry.state as Review['state'],
      ...(commit === undefined ? {} : { commit }),
      submittedAt: entry.submitted_at ?? new Date(0).toISOString(),
      ...(author.login !== undefined && author.type === 'User'
        ? { permission: await permissionOf(author.login) }
        : {}),
      ...(stale ? await sameChange(api, pull, commit) : {}),
    });
  }
  return reviews.sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1));
}

/** Whether the change against its base is the same at both commits; left out where that cannot be told. */
async function sameChange(
  api: GitHubApi,
  { owner, repo, baseSha, headSha }: ReviewedPull,
  commit: string,
): Promise<{ sameChange?: boolean }> {
  try {
    const then = await compare(api, { owner, repo }, baseSha, commit);
    const now = await compare(api, { owner, repo }, baseSha, headSha);
    const lists = [then.files, now.files];
    if (lists.some((files) => files.length === 0 || files.length >= LARGEST_FILE_LIST)) {
      return {};
    }
    return { sameChange: fingerprint(then.files) === fingerprint(now.files) };
  } catch {
    // The reviewed commit may be gone after a force push: then the review is not about this change.
    return {};
  }
}

/** The changed lines of every file, without where they stand; binary files count by their content. */
function fingerprint(files: readonly ComparedFile[]): string {
  return files
    .map(({ path, previousPath = '', status, sha, patch }) => {
      const lines = patch?.replace(/^@@ [^@]* @@/gm, '@@') ?? `binary ${sha}`;
      return JSON.stringify([path, previousPath, status, lines]);
    })
    .sort()
    .join('\n');
}
