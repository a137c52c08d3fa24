import { describe, expect, it } from '@jest/globals';
import {
  commit,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  type World,
  webFlow,
} from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { changedLines } from './changed-lines.ts';

const start = eachBench();
type Files = Repository['pulls'][number]['files'];

/** Pull request 7, and its test merge `ee` with `main` as it is by then: `f1`, one commit after the event's base. */
function merged(files?: Files): World {
  const repository = sampleRepository();
  repository.commits.push(
    commit('f1', [sha('b1')], person('bob')),
    commit('ee', [sha('f1'), sha('c2')], webFlow),
  );
  const [, pull] = repository.pulls;
  if (pull) {
    const other: Files = [{ filename: 'of-main.ts', status: 'modified', additions: 1, deletions: 0 }];
    pull.filesAt = {
      [`${sha('b1')}...${sha('ee')}`]: [...pull.files, ...other],
      [`${sha('f1')}...${sha('ee')}`]: files ?? pull.files,
    };
  }
  return sampleWorld(repository);
}

describe('the lines of a change', () => {
  it('are those against the base of the test merge, which may be newer than that of the event', async () => {
    const { api } = await start(merged());
    expect(await changedLines(api, name, sha('b1'), sha('ee'))).toEqual({
      baseSha: sha('f1'),
      headSha: sha('ee'),
      files: [{ path: 'hardening/ssh.yml', lines: [[2, 3]] }],
    });
  });

  it('are those of all commits where what was tested is no merge', async () => {
    const { api } = await start(sampleWorld());
    const { baseSha, files } = await changedLines(api, name, sha('b1'), sha('c2'));
    expect(baseSha).toBe(sha('b1'));
    expect(files).toEqual([{ path: 'hardening/ssh.yml', lines: [[2, 3]] }]);
  });

  it('are not known of a file that GitHub shows no patch of, unless none changed', async () => {
    const { api } = await start(
      merged([
        { filename: 'large.ts', status: 'modified', additions: 9000, deletions: 1 },
        { filename: 'moved.ts', status: 'renamed', previous_filename: 'old.ts', additions: 0, deletions: 0 },
        { filename: 'odd.ts', status: 'modified', additions: 1, deletions: 0, patch: 'no patch' },
        {
          filename: 'gone.ts',
          status: 'removed',
          additions: 0,
          deletions: 2,
          patch: '@@ -1,2 +0,0 @@\n-a\n-b',
        },
      ]),
    );
    expect((await changedLines(api, name, sha('b1'), sha('ee'))).files).toEqual([
      { path: 'large.ts' },
      { path: 'moved.ts', lines: [] },
      { path: 'odd.ts' },
    ]);
  });

  it.each([
    [299, 'known'],
    [300, 'the change has 300 files or more: GitHub does not list them all'],
    [301, 'the change has 300 files or more: GitHub does not list them all'],
  ])('of %i files are %s', async (count, expected) => {
    const files = Array.from({ length: count }, (_, index) => ({
      filename: `f/${index}`,
      status: 'added' as const,
      additions: 1,
      deletions: 0,
    }));
    const { api } = await start(merged(files));
    const outcome = changedLines(api, name, sha('b1'), sha('ee'));
    await (expected === 'known'
      ? expect(outcome).resolves.toMatchObject({ files: { length: count } })
      : expect(outcome).rejects.toThrow(expected));
  });
});
