import type { Push } from '@golden-image/policy';
import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';
import { Incomplete } from './failure.ts';
import { personOf } from './people.ts';

export interface BranchEvent {
  readonly push: Push;
  readonly type: string;
  readonly before: string;
}

/** Longest history of one branch that is read, in pages of 100. */
const MOST_PAGES = 50;

/** What happened to a branch, newest first, until `enough` says so. */
export async function branchEvents(
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
  enough: (event: BranchEvent) => boolean,
): Promise<readonly BranchEvent[]> {
  const events: BranchEvent[] = [];
  const pages = api.paginate.iterator('GET /repos/{owner}/{repo}/activity', {
    ...name,
    ref: `refs/heads/${branch}`,
    per_page: PAGE,
  });
  let count = 0;
  for await (const { data } of pages) {
    for (const entry of data) {
      const event = {
        push: { sha: entry.after, actor: personOf(entry.actor), time: entry.timestamp },
        type: entry.activity_type,
        before: entry.before,
      };
      events.push(event);
      if (enough(event)) {
        return events;
      }
    }
    count += 1;
    if (count >= MOST_PAGES) {
      throw new Incomplete(`the branch ${branch} was pushed to more than ${MOST_PAGES * PAGE} times`);
    }
  }
  return events;
}

/**
 * All who pushed to a pull request's branch since it was made.
 *
 * @throws Incomplete when GitHub's list does not reach to the branch's head: the last pusher is not known
 */
export async function pushersOf(
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
  headSha: string,
): Promise<Push[]> {
  const events = await branchEvents(api, name, branch, ({ type }) => type === 'branch_creation');
  if (!events.some(({ push }) => push.sha === headSha)) {
    throw new Incomplete(`GitHub does not say who pushed ${headSha.slice(0, 12)} to ${branch}`);
  }
  return events.filter(({ type }) => type !== 'branch_deletion').map(({ push }) => push);
}

/** Pushes to a branch that is gone, as far as GitHub still knows: those of its last life before `until`. */
export async function pushersBefore(
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
  until: string | undefined,
): Promise<Push[]> {
  const inTime = ({ push }: BranchEvent): boolean => until === undefined || (push.time ?? '') <= until;
  const events = await branchEvents(
    api,
    name,
    branch,
    (event) => event.type === 'branch_creation' && inTime(event),
  );
  return events.filter((event) => event.type !== 'branch_deletion' && inTime(event)).map(({ push }) => push);
}
