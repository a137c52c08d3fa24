/** A large pull request on the fake GitHub, for the benchmark `gate`. */
import {
  commit,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  type World,
} from '../../test/fake-github/src/index.ts';

/** The run that decides, on the merge of pull request 7. */
export const RUN = 77;
export const MERGE = sha('ee');

const POLICY = `version: 1
changes: [{paths: ["**"], approvals: {min: 2}}]
quality:
  coverage: {lines: 10, patch: 10}
  findings: {new: {error: 0, warning: 0}}
`;
/** Lines that the change adds to each file. */
const ADDED = 500;

/** The pull request of alice, with so many commits and changed files, approved by bob and carol. */
export function largeChange(commits: number, files: readonly string[]): World {
  const repository = sampleRepository();
  const [, pull] = repository.pulls;
  if (!pull) {
    throw new Error('the sample has no pull request 7');
  }
  const chain = Array.from({ length: commits }, (_unused, index) =>
    (index + 1).toString(16).padStart(40, '0'),
  );
  const head = chain.at(-1) ?? sha('b1');
  repository.commits = repository.commits.filter((entry) => ![sha('c1'), sha('c2')].includes(entry.sha));
  for (const [index, id] of chain.entries()) {
    repository.commits.push({ ...commit('d', [chain[index - 1] ?? sha('b1')], person('alice')), sha: id });
  }
  repository.commits.push(commit('ee', [sha('b1'), head], person('alice')));
  const patch = `@@ -0,0 +1,${ADDED} @@\n${Array.from({ length: ADDED }, (_unused, line) => `+line ${line}`).join('\n')}`;
  pull.headSha = head;
  pull.files = files.map((filename) => ({
    filename,
    status: 'added',
    additions: ADDED,
    deletions: 0,
    patch,
  }));
  pull.filesAt = { [MERGE]: pull.files };
  pull.reviews = pull.reviews.map((review) => ({ ...review, commit: head }));
  repository.branches.topic = head;
  pushed(repository, chain[0] ?? head, head);
  repository.files['.image-policy.yml'] = POLICY;
  repository.runs.push({
    id: RUN,
    attempt: 1,
    headSha: head,
    headBranch: 'topic',
    createdAt: '2026-01-03T02:00:00Z',
    event: 'pull_request',
    actor: 'alice',
    triggeringActor: 'alice',
    jobs: [],
    approvals: [],
  });
  return sampleWorld(repository);
}

function pushed(repository: Repository, first: string, last: string): void {
  const [creation, push] = repository.activities;
  if (creation && push) {
    creation.after = first;
    push.before = first;
    push.after = last;
  }
}
