/** What the second server answers to `catalogOperations`; requests were checked by GitHub's description before. */
import type { CatalogGit } from './catalog-git.ts';
import { created, notFound, ok, Refusal, type Reply, required } from './reply.ts';

const REPOSITORY = '/repos/{owner}/{repo}';
const TIME = '2026-11-01T00:00:00Z';
const USER = { id: 9, login: 'github-actions[bot]', type: 'Bot', node_id: 'U_9', gravatar_id: '' };

export interface FakeIssue {
  number: number;
  title: string;
  body: string;
  state: string;
  labels: string[];
}
export interface FakeRelease {
  readonly id: number;
  readonly tag: string;
  body: string;
}

export interface CatalogCall {
  readonly git: CatalogGit;
  readonly issues: FakeIssue[];
  readonly releases: FakeRelease[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: the contract has checked it
  readonly body: any;
}

export const catalogHandlers: Readonly<Record<string, (call: CatalogCall) => Reply>> = {
  [`GET ${REPOSITORY}/git/ref/{ref}`]: ({ git, parameters }) => {
    const branch = branchOf(parameters.ref);
    return ok(reference(branch, required(git.refs.get(branch))));
  },
  [`GET ${REPOSITORY}/git/trees/{tree_sha}`]: ({ git, parameters, query }) => {
    const files = required(git.filesAt(parameters.tree_sha));
    // Without `recursive` GitHub lists one folder, which this server does not know.
    if (!query.has('recursive')) {
      throw notFound();
    }
    const tree = [...files].map(([path, sha]) => ({ path, mode: '100644', type: 'blob', sha }));
    return ok({ sha: parameters.tree_sha, truncated: false, tree });
  },
  [`GET ${REPOSITORY}/git/blobs/{file_sha}`]: ({ git, parameters }) => {
    const content = required(git.blobs.get(parameters.file_sha ?? ''));
    // GitHub breaks base64 into lines.
    const text = content.toString('base64').replace(/.{60}/g, '$&\n');
    return ok({ sha: parameters.file_sha, size: content.length, content: text, encoding: 'base64' });
  },
  [`POST ${REPOSITORY}/git/trees`]: ({ git, body }) => {
    const entries = body.tree as { path: string; content: string }[];
    const sha = git.storeTree(new Map(entries.map(({ path, content }) => [path, Buffer.from(content)])));
    return created({ sha, truncated: false, tree: [] });
  },
  [`POST ${REPOSITORY}/git/commits`]: ({ git, body }) => {
    if (!git.trees.has(body.tree)) {
      throw new Refusal(422, 'Tree SHA does not exist');
    }
    const who = { name: 'bot', email: 'bot@example.org', date: TIME };
    const sha = git.storeCommit(body.tree, body.parents ?? [], body.message);
    const tree = { sha: body.tree, url: 'https://github.test/' };
    return created({ sha, author: who, committer: who, message: body.message, tree, parents: [] });
  },
  [`POST ${REPOSITORY}/git/refs`]: ({ git, body }) => {
    const branch = String(body.ref).replace('refs/heads/', '');
    if (git.refs.has(branch)) {
      throw new Refusal(422, 'Reference already exists');
    }
    if (!git.commits.has(body.sha)) {
      throw new Refusal(422, 'Object does not exist');
    }
    git.refs.set(branch, body.sha);
    return created(reference(branch, body.sha));
  },
  [`PATCH ${REPOSITORY}/git/refs/{ref}`]: ({ git, parameters, body }) => {
    const branch = branchOf(parameters.ref);
    const parents = git.commits.get(body.sha)?.parents ?? [];
    const old = git.refs.get(branch);
    if (old === undefined || (body.force !== true && !parents.includes(old))) {
      throw new Refusal(422, 'Update is not a fast forward');
    }
    git.refs.set(branch, body.sha);
    return ok(reference(branch, body.sha));
  },
  [`GET ${REPOSITORY}/issues`]: ({ issues, query }) => {
    const labels = query.get('labels')?.split(',') ?? [];
    const state = query.get('state') ?? 'open';
    const size = Number(query.get('per_page') ?? 30);
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    const found = issues
      .filter((issue) => labels.every((label) => issue.labels.includes(label)))
      .filter((issue) => state === 'all' || issue.state === state);
    return ok(found.slice(start, start + size).map(issueView));
  },
  [`POST ${REPOSITORY}/issues`]: ({ issues, body }) => {
    const { title, body: text = '', labels = [] } = body;
    const issue = { number: issues.length + 1, title, body: text, state: 'open', labels };
    issues.push(issue);
    return created(issueView(issue));
  },
  [`PATCH ${REPOSITORY}/issues/{issue_number}`]: ({ issues, parameters, body }) => {
    const issue = required(issues.find(({ number }) => String(number) === parameters.issue_number));
    return ok(issueView(Object.assign(issue, body)));
  },
  [`GET ${REPOSITORY}/releases/tags/{tag}`]: ({ releases, parameters }) =>
    ok(releaseView(required(releases.find(({ tag }) => tag === parameters.tag)))),
  [`PATCH ${REPOSITORY}/releases/{release_id}`]: ({ releases, parameters, body }) => {
    const release = required(releases.find(({ id }) => String(id) === parameters.release_id));
    return ok(releaseView(Object.assign(release, body)));
  },
};

/** The path names a reference without `refs/`. */
function branchOf(ref = ''): string {
  if (!ref.startsWith('heads/')) {
    throw notFound();
  }
  return ref.slice('heads/'.length);
}

function reference(branch: string, sha: string): unknown {
  const url = 'https://github.test/';
  return { ref: `refs/heads/${branch}`, object: { sha, type: 'commit', url } };
}

function issueView({ number, title, body, state, labels }: FakeIssue): unknown {
  return {
    ...{ id: 1000 + number, number, title, body, state, user: USER },
    ...{ labels: labels.map((name) => ({ name })), closed_at: state === 'closed' ? TIME : null },
    ...{ created_at: TIME, updated_at: TIME },
  };
}

function releaseView({ id, tag, body }: FakeRelease): unknown {
  return {
    ...{ id, tag_name: tag, name: tag, body, author: USER, draft: false, prerelease: false },
    ...{
      target_commitish: 'main',
      created_at: TIME,
      published_at: TIME,
      tarball_url: null,
      zipball_url: null,
    },
  };
}
