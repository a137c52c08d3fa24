import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Exec, publishAtomically, UserError } from '@golden-image/host';
import { NO_PEOPLE, type People, parsePeople, peopleText } from '../publish/people.ts';
import { withLock } from './lock.ts';

/** Where it stands who is behind a pseudonym. */
export interface PeopleStore {
  /** Changes what is there, all or nothing, one writer at a time; writes nothing when nothing changed. */
  update(change: (people: People) => People): Promise<People>;
}

const FILE = 'people.json';
/** Writers that come at once; each takes a moment. */
const MAX_ATTEMPTS = 100;

/** In a file, readable by its owner only. */
export function filePeople(file: string, ports: { readonly exec: Exec }): PeopleStore {
  const absolute = path.resolve(file);
  return {
    update: (change) =>
      withLock(
        path.join(path.dirname(absolute), `.${path.basename(absolute)}.lock`),
        ports.exec,
        async () => {
          const text = await readFile(absolute, 'utf8').catch(() => undefined);
          const before = read(text, absolute);
          const after = change(before);
          if (after !== before) {
            await publishAtomically(absolute, (partial) =>
              writeFile(partial, peopleText(after), { mode: 0o600 }),
            );
          }
          return after;
        },
      ),
  };
}

/** On a branch that never has more than one commit: what is erased stands in no history. */
export function gitPeople(
  repository: string,
  branch: string,
  author: { readonly name: string; readonly email: string },
  ports: { readonly exec: Exec },
): PeopleStore {
  const ref = `refs/heads/${branch}`;
  const git = (args: readonly string[], input?: string, okCodes: readonly number[] = [0]) =>
    ports.exec({
      command: 'git',
      args: ['-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', '-C', repository, ...args],
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_COMMITTER_NAME: author.name,
        GIT_COMMITTER_EMAIL: author.email,
      },
      okCodes,
      ...(input === undefined ? {} : { input }),
    });
  return {
    update: async (change) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const head = await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], undefined, [0, 1]);
        const old = head.stdout.trim();
        const text = old === '' ? undefined : (await git(['cat-file', 'blob', `${old}:${FILE}`])).stdout;
        const before = read(text, branch);
        const after = change(before);
        if (after === before) {
          return after;
        }
        const blob = (await git(['hash-object', '-w', '--stdin'], peopleText(after))).stdout.trim();
        const tree = (await git(['mktree'], `100644 blob ${blob}\t${FILE}\n`)).stdout.trim();
        const commit = (await git(['commit-tree', tree, '-m', 'Who is behind the pseudonyms'])).stdout.trim();
        const swapped = await git(['update-ref', ref, commit, old || '0'.repeat(40)], undefined, [0, 1, 128]);
        if (swapped.code === 0) {
          return after;
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
      }
      throw new UserError(`The branch ${branch} cannot be written`, {
        code: 'catalog-busy',
        fix: 'Run this again when fewer runs change the catalog.',
      });
    },
  };
}

function read(text: string | undefined, where: string): People {
  try {
    return text === undefined ? NO_PEOPLE : parsePeople(text);
  } catch (cause) {
    throw new UserError(`${where} does not hold who is behind the pseudonyms`, {
      code: 'invalid-people',
      fix: 'Name another file as people, or bring back the last good one.',
      cause,
    });
  }
}
