import type { Review } from '../facts/people.ts';
import { key } from '../people/login.ts';

/** Who reviewed: an account, or the review itself where the account is gone. */
function reviewer({ author, id }: Review): string {
  return author.login === undefined ? `#${id}` : key(author.login);
}

/**
 * Each reviewer's last opinion. A comment is none. An approval of somebody who does not count is no opinion either: it
 * neither counts nor takes back what they asked for before.
 *
 * @param excluded whether the reviewer's approvals do not count
 */
export function latestOpinions(
  reviews: readonly Review[],
  excluded: (review: Review) => boolean,
): readonly Review[] {
  const latest = new Map<string, Review>();
  const ordered = [...reviews].sort(
    (a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt) || a.id - b.id,
  );
  for (const review of ordered) {
    const isOpinion = review.state !== 'COMMENTED' && review.state !== 'PENDING';
    if (isOpinion && !(review.state === 'APPROVED' && excluded(review))) {
      latest.set(reviewer(review), review);
    }
  }
  return [...latest.values()];
}

const WRITERS: readonly unknown[] = ['write', 'maintain', 'admin'];

/** Whether the author may write; undefined when it is not known. */
export function mayWrite({ permission }: { readonly permission?: string | undefined }): boolean | undefined {
  return permission === undefined ? undefined : WRITERS.includes(permission);
}
