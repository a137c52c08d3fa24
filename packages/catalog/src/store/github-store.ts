import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { GithubApi } from '@golden-image/github/lifecycle';
import { UserError } from '@golden-image/host';
import { NO_PEOPLE, parsePeople, peopleText } from '../publish/people.ts';
import { compare } from '../state/catalog.ts';
import { CATALOG_README } from '../streams/readme.ts';
import { COMMIT_MUTATION } from './commit-mutation.ts';
import type { PeopleStore } from './people-store.ts';
import type { Change, Content, Snapshot, Store } from './store.ts';

/** GraphQL takes the files of a commit in base64; beyond this GitHub refuses the request. */
const MAX_COMMIT_BYTES = 30 * 1024 * 1024;

/**
 * A catalog on a branch of a repository on GitHub. `createCommitOnBranch` commits only on top of `expectedHeadOid`: a
 * compare-and-swap by the server, signed by it, without a checkout.
 */
export function githubStore(api: GithubApi, branch: string): Store {
  const head = (): Promise<string | undefined> => headOf(api, branch);
  return {
    name: `the branch ${branch} of ${api.repository}`,
    holdsDisks: false,
    inTurn: (body) => body(),
    snapshot: async () => snapshotOf(api, await head()),
    commit: async (expected, change) => {
      const base = expected ?? (await beginBranch(api, branch));
      return base === undefined ? false : commitOn(api, branch, base, change);
    },
  };
}

async function headOf(api: GithubApi, branch: string): Promise<string | undefined> {
  const { status, data } = await api.request('GET', `/git/ref/heads/${encodePath(branch)}`);
  return status === 404 ? undefined : (data as { object: { sha: string } }).object.sha;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

async function snapshotOf(api: GithubApi, revision: string | undefined): Promise<Snapshot> {
  const blobs = revision ? await treeOf(api, revision) : new Map<string, string>();
  const read = async (name: string): Promise<Buffer | undefined> => {
    const blob = blobs.get(name);
    return blob === undefined ? undefined : readBlob(api, blob);
  };
  return {
    revision,
    read,
    list: async () => [...blobs.keys()].sort(compare),
    matches: async (name, content) => blobs.get(name) === gitBlobId(content),
    digest: async (name) => {
      const content = await read(name);
      return content && createHash('sha256').update(content).digest('hex');
    },
  };
}

async function treeOf(api: GithubApi, revision: string): Promise<ReadonlyMap<string, string>> {
  const { data } = await api.request('GET', `/git/trees/${revision}?recursive=1`);
  const { tree, truncated } = data as {
    tree: { path: string; type: string; sha: string }[];
    truncated: boolean;
  };
  if (truncated) {
    throw new UserError(`GitHub lists only a part of the files at ${revision}`, {
      code: 'catalog-too-large',
      fix: 'Move the catalog to a folder that is synchronised to a web server.',
    });
  }
  return new Map(tree.filter(({ type }) => type === 'blob').map(({ path, sha }) => [path, sha]));
}

async function readBlob(api: GithubApi, blob: string): Promise<Buffer> {
  const { status, data } = await api.request('GET', `/git/blobs/${blob}`);
  if (status === 404) {
    throw new UserError(`GitHub does not know the file ${blob} that its tree names`, {
      code: 'github-refused',
    });
  }
  return Buffer.from((data as { content: string }).content, 'base64');
}

/** The name that git gives to a file's content; says whether it must be written again, not whether it can be trusted. */
export function gitBlobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** A first commit without a parent: the catalog has no history in common with the sources. Undefined: it is there now. */
async function beginBranch(api: GithubApi, branch: string): Promise<string | undefined> {
  const commit = await orphanCommit(api, 'README.md', CATALOG_README, 'Begin a catalog of images');
  const { status } = await api.request(
    'POST',
    '/git/refs',
    { ref: `refs/heads/${branch}`, sha: commit },
    [422],
  );
  return status === 422 ? undefined : commit;
}

async function orphanCommit(api: GithubApi, path: string, content: string, message: string): Promise<string> {
  const entry = { path, mode: '100644', type: 'blob', content };
  const tree = (await api.request('POST', '/git/trees', { tree: [entry] })).data as { sha: string };
  const commit = (await api.request('POST', '/git/commits', { message, tree: tree.sha, parents: [] })).data;
  return (commit as { sha: string }).sha;
}

async function commitOn(api: GithubApi, branch: string, expected: string, change: Change): Promise<boolean> {
  const additions: { path: string; contents: string }[] = [];
  let total = 0;
  for (const [path, content] of change.write) {
    const contents = (await bytesOf(content)).toString('base64');
    total += contents.length;
    additions.push({ path, contents });
  }
  if (total > MAX_COMMIT_BYTES) {
    throw new UserError(`The change has ${total} bytes, more than GitHub takes in one commit`, {
      code: 'change-too-large',
      fix: 'Publish without the largest files (SBOMs in one form are enough), or use a folder as catalog.',
    });
  }
  const input = {
    branch: { repositoryNameWithOwner: api.repository, branchName: branch },
    expectedHeadOid: expected,
    message: { headline: change.message.slice(0, 200) },
    fileChanges: { additions, deletions: change.remove.map((path) => ({ path })) },
  };
  const { errors } = await api.graphql(COMMIT_MUTATION, { input });
  const [error] = errors;
  if (!error) {
    return true;
  }
  if ((await headOf(api, branch)) !== expected) {
    return false;
  }
  throw new UserError(`GitHub refused the commit on ${branch}: ${error}`, {
    code: 'github-refused',
    fix: 'Give the token `contents: write`; where rules protect the branch, let this app bypass them.',
  });
}

async function bytesOf(content: Content): Promise<Buffer> {
  return 'file' in content ? readFile(content.file) : Buffer.from(content);
}

/**
 * Who is behind the pseudonyms, on a branch that never has more than one commit. GitHub cannot compare and swap here, so
 * it is read again after it was written, and written again where somebody else came in between.
 */
export function githubPeople(api: GithubApi, branch: string): PeopleStore {
  const read = async () => {
    const head = await headOf(api, branch);
    const blob = head && (await treeOf(api, head)).get('people.json');
    return { head, people: blob ? parsePeople((await readBlob(api, blob)).toString('utf8')) : NO_PEOPLE };
  };
  return {
    update: async (change) => {
      for (let attempt = 0; attempt < 10; attempt += 1) {
        const { head, people } = await read();
        const after = change(people);
        if (after === people) {
          return after;
        }
        const commit = await orphanCommit(
          api,
          'people.json',
          peopleText(after),
          'Who is behind the pseudonyms',
        );
        await (head
          ? api.request('PATCH', `/git/refs/heads/${encodePath(branch)}`, { sha: commit, force: true })
          : api.request('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: commit }, [422]));
      }
      throw new UserError(`The branch ${branch} cannot be written`, {
        code: 'catalog-busy',
        fix: 'Run this again when fewer runs change the catalog.',
      });
    },
  };
}
