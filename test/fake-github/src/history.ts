/** The commit graph. */
import { required } from './reply.ts';
import type { Commit, Pull, Repository } from './world.ts';

/** The commit that a branch, tag, full ref or SHA names. */
export function resolveRef(repository: Repository, ref: string): string | undefined {
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  return (
    repository.branches[name] ??
    repository.tags[name] ??
    repository.commits.find((commit) => commit.sha === ref)?.sha
  );
}

function commitOf(repository: Repository, sha: string): Commit {
  return required(repository.commits.find((commit) => commit.sha === sha));
}

/** A commit and everything that it was made from. */
export function ancestors(repository: Repository, sha: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [sha];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (!seen.has(next)) {
      seen.add(next);
      queue.push(...commitOf(repository, next).parents);
    }
  }
  return seen;
}

/** The commits of `head` that `base` does not have, oldest first. */
export function between(repository: Repository, base: string, head: string): readonly Commit[] {
  const old = ancestors(repository, base);
  const fresh = ancestors(repository, head);
  return repository.commits.filter(({ sha }) => fresh.has(sha) && !old.has(sha));
}

export function commitsOf(repository: Repository, pull: Pull): readonly Commit[] {
  return between(repository, pull.baseSha, pull.headSha);
}

/** Pull requests that brought a commit. */
export function pullsOf(repository: Repository, sha: string): readonly Pull[] {
  return repository.pulls.filter(
    (pull) => pull.mergeCommit === sha || commitsOf(repository, pull).some((commit) => commit.sha === sha),
  );
}
