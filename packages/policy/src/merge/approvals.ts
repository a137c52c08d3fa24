import type { Review } from '../facts/people.ts';
import type { Contributors } from '../people/contributors.ts';
import type { Membership } from '../people/membership.ts';
import type { Role } from '../policy/policy-schema.ts';
import { latestOpinions, mayWrite } from './opinions.ts';

export interface ApprovalQuestion {
  readonly reviews: readonly Review[];
  /** The newest commit of the pull request. */
  readonly headSha: string;
  readonly contributors: Contributors;
  /** Contributors in these roles do not count. */
  readonly not: readonly Role[];
  /** Only members count; undefined: everybody. */
  readonly member: Membership | undefined;
}

export interface Approvals {
  /** Logins whose approval counts. */
  readonly counted: readonly string[];
  /** Approvals that may count, with what is not known. */
  readonly unknown: readonly string[];
  /** Approvals that do not count, with the reason. */
  readonly rejected: readonly string[];
}

type Verdict = { readonly counts: boolean | undefined; readonly why: string };

/** Which approvals of a pull request count. */
export function judgeApprovals(question: ApprovalQuestion): Approvals {
  const excluded = (review: Review): boolean => excludedRoles(review, question).length > 0;
  const opinions = latestOpinions(question.reviews, excluded);
  // Those who are excluded have no opinion, but whoever reads the summary wants to know why they do not count.
  const ownApprovals = question.reviews.filter((review) => review.state === 'APPROVED' && excluded(review));
  const counted: string[] = [];
  const unknown: string[] = [];
  const rejected = new Set<string>();
  for (const review of [...opinions, ...ownApprovals]) {
    if (review.state !== 'APPROVED' && review.state !== 'DISMISSED') {
      continue;
    }
    const name = review.author.login ?? review.author.name ?? 'a deleted account';
    const { counts, why } = judge(review, question);
    if (counts) {
      counted.push(name);
    } else if (counts === undefined) {
      unknown.push(`${name} (${why})`);
    } else {
      rejected.add(`${name} (${why})`);
    }
  }
  return { counted, unknown, rejected: [...rejected] };
}

function excludedRoles({ author }: Review, { contributors, not }: ApprovalQuestion): readonly Role[] {
  return author.login === undefined
    ? []
    : contributors.rolesOf(author.login).filter((role) => not.includes(role));
}

function judge(review: Review, question: ApprovalQuestion): Verdict {
  const { login, type } = review.author;
  const no = (why: string): Verdict => ({ counts: false, why });
  if (review.state === 'DISMISSED') {
    return no('dismissed');
  }
  if (login === undefined) {
    return no('the account is gone');
  }
  if (type === 'unknown') {
    return { counts: undefined, why: 'person or bot is not known' };
  }
  if (type !== 'User') {
    return no('not a person');
  }
  if (excludedRoles(review, question).length > 0) {
    return no(question.contributors.describe(login));
  }
  if (mayWrite(review) === false) {
    return no('no write access');
  }
  if (review.commit !== question.headSha && review.sameChange !== true) {
    return no(`approved ${review.commit?.slice(0, 7) ?? 'another commit'}, before the last push`);
  }
  const belongs = question.member ? question.member(login) : true;
  if (belongs === false) {
    return no('not in a team that counts');
  }
  if (mayWrite(review) === undefined) {
    return { counts: undefined, why: 'write access is not known' };
  }
  return belongs === undefined ? { counts: undefined, why: 'team is not known' } : { counts: true, why: '' };
}
