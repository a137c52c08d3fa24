import { createHash } from 'node:crypto';
import { allows } from '../access.ts';
import { type Call, type Handlers, query, REPOSITORY, repositoryOf } from '../handler.ts';
import { ancestors, between, resolveRef } from '../history.ts';
import { cursorPage, ok, page, Refusal, required } from '../reply.ts';
import { commitView, fileView, repositoryView, userByLogin } from '../views.ts';
import type { Repository } from '../world.ts';

/** GitHub lists at most this many files of a comparison. */
const COMPARED_FILES = 300;

const LARGEST_CONTENT = 1024 * 1024;

/** The repository, its content and its history. */
export const repositoryHandlers: Handlers = {
  [`GET ${REPOSITORY}`]: (call) => ok(repositoryView(call.world, repositoryOf(call))),

  [`GET ${REPOSITORY}/activity`]: (call) => {
    const repository = repositoryOf(call);
    const wanted = query(call, 'ref');
    const full = wanted?.startsWith('refs/') ? wanted : wanted && `refs/heads/${wanted}`;
    const entries = repository.activities
      .filter((entry) => full === undefined || entry.ref === full)
      .sort((a, b) => (a.at < b.at ? 1 : -1));
    return cursorPage(call.url, entries, ({ id, actor, ref, before, after, at, type }) => ({
      id,
      before,
      after,
      ref,
      timestamp: at,
      activity_type: type,
      actor: actor === undefined ? null : userByLogin(call.world, actor),
    }));
  },

  [`GET ${REPOSITORY}/codeowners/errors`]: (call) =>
    ok({
      errors: repositoryOf(call).codeownersErrors.map((error) => ({ column: 1, suggestion: null, ...error })),
    }),

  [`GET ${REPOSITORY}/commits`]: (call) => {
    const repository = repositoryOf(call);
    const start = required(resolveRef(repository, query(call, 'sha') ?? repository.defaultBranch));
    const known = ancestors(repository, start);
    const commits = repository.commits.filter(({ sha }) => known.has(sha)).reverse();
    return page(
      call.url,
      commits.map((commit) => commitView(call.world, commit)),
    );
  },

  [`GET ${REPOSITORY}/compare/{basehead}`]: (call) => compare(call),

  [`GET ${REPOSITORY}/contents/{path}`]: (call) => {
    const files = filesAt(repositoryOf(call), query(call, 'ref'));
    const path = (call.parameters.path ?? '').replace(/\/$/, '');
    const text = files[path];
    if (text !== undefined) {
      // Beyond 1 MiB GitHub names a file without its content.
      const large = Buffer.byteLength(text) > LARGEST_CONTENT;
      const [content, encoding] = large ? ['', 'none'] : [base64(text), 'base64'];
      return ok({ ...entryView(path, text), content, encoding });
    }
    const inside = Object.entries(files).filter(([name]) => name.startsWith(`${path}/`));
    if (inside.length === 0) {
      throw new Refusal(404, 'Not Found');
    }
    const direct = inside.filter(([name]) => !name.slice(path.length + 1).includes('/'));
    const folders = new Set(
      inside
        .map(([name]) => name.slice(path.length + 1).split('/'))
        .flatMap(([first = '', ...rest]) => (rest.length > 0 ? [first] : [])),
    );
    return ok([
      ...direct.map(([name, content]) => entryView(name, content)),
      ...[...folders].map((folder) => ({ ...entryView(`${path}/${folder}`, ''), type: 'dir' })),
    ]);
  },

  [`GET ${REPOSITORY}/releases`]: (call) =>
    page(
      call.url,
      repositoryOf(call)
        .releases.filter(({ draft }) => !draft || allows(call.token, ['contents=write']))
        .toSorted((a, b) => (a.at < b.at ? 1 : -1))
        .map(({ id, tag, at, author, draft = false, prerelease = false }) => ({
          id,
          tag_name: tag,
          name: tag,
          target_commitish: 'main',
          draft,
          prerelease,
          created_at: at,
          published_at: draft ? null : at,
          author: userByLogin(call.world, author),
        })),
    ),
};

function compare(call: Call): ReturnType<typeof page> {
  const repository = repositoryOf(call);
  const [base = '', head = ''] = (call.parameters.basehead ?? '').split('...');
  const from = required(resolveRef(repository, base));
  const to = required(resolveRef(repository, head));
  const commits = between(repository, from, to);
  const behind = between(repository, to, from);
  const view = (sha: string): unknown =>
    commitView(call.world, required(repository.commits.find((commit) => commit.sha === sha)));
  return page(
    call.url,
    commits.map((commit) => commitView(call.world, commit)),
    (part, total) => ({
      status: behind.length > 0 ? (total > 0 ? 'diverged' : 'behind') : total > 0 ? 'ahead' : 'identical',
      ahead_by: total,
      behind_by: behind.length,
      total_commits: total,
      base_commit: view(from),
      merge_base_commit: view(from),
      commits: part,
      // Files stand on the first page only.
      files: (query(call, 'page') ?? '1') === '1' ? filesBetween(repository, from, to) : [],
    }),
  );
}

/** Files of the pull request that has, or had, its head there. */
function filesBetween(repository: Repository, base: string, head: string): readonly unknown[] {
  for (const pull of repository.pulls) {
    const listed = pull.filesAt?.[`${base}...${head}`] ?? pull.filesAt?.[head];
    const files = listed ?? (pull.headSha === head ? pull.files : undefined);
    if (files) {
      return files.slice(0, COMPARED_FILES).map(fileView);
    }
  }
  return [];
}

function filesAt(repository: Repository, ref: string | undefined): Readonly<Record<string, string>> {
  const name = ref ?? repository.defaultBranch;
  const sha = resolveRef(repository, name);
  if (sha === undefined && !(name in repository.filesAt)) {
    throw new Refusal(404, `No commit found for the ref ${name}`);
  }
  return repository.filesAt[name] ?? repository.filesAt[sha ?? ''] ?? repository.files;
}

function entryView(path: string, text: string): Record<string, unknown> {
  return {
    type: 'file',
    name: path.split('/').at(-1),
    path,
    sha: blobSha(text),
    size: Buffer.byteLength(text),
    download_url: null,
    git_url: null,
    html_url: null,
    url: 'https://github.test/',
    _links: { self: 'https://github.test/', git: null, html: null },
  };
}

function blobSha(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');
}

/** GitHub breaks base64 into lines. */
function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\n');
}
