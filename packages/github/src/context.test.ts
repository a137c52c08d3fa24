import { describe, expect, it } from '@jest/globals';
import { sha } from '../../../test/fake-github/src/index.ts';
import { context } from '../test/setup.ts';
import { subjectOf } from './context.ts';

const group = { base_ref: 'refs/heads/release/refs/heads/1', base_sha: sha('b1'), head_sha: sha('d9') };

describe('what a run is about', () => {
  it('is the pull request of the event, at the head that the event names', () => {
    const payload = { pull_request: { number: 7, head: { sha: sha('c2') } } };
    for (const eventName of ['pull_request', 'pull_request_review', 'pull_request_target']) {
      expect(subjectOf(context({ eventName, payload }))).toEqual({
        kind: 'pull-request',
        number: 7,
        headSha: sha('c2'),
      });
    }
  });

  it('is the merge group, whose base is a branch by its short name', () => {
    expect(subjectOf(context({ eventName: 'merge_group', payload: { merge_group: group } }))).toEqual({
      kind: 'merge-group',
      base: 'release/refs/heads/1',
      baseSha: sha('b1'),
      headSha: sha('d9'),
    });
  });

  it.each(['base_ref', 'base_sha', 'head_sha'] as const)(
    'is nothing when a merge group names no %s',
    (key) => {
      const payload = { merge_group: { ...group, [key]: 5 }, pull_request: { number: 7, head: { sha: '' } } };
      expect(subjectOf(context({ eventName: 'merge_group', payload }))).toEqual({
        kind: 'none',
        reason: 'the event merge_group names no base and head',
      });
    },
  );

  it.each([[{ pull_request: { number: 7, head: {} } }], [{ pull_request: { head: { sha: sha('c2') } } }]])(
    'is nothing with half a pull request: %j',
    (payload) => {
      expect(subjectOf(context({ eventName: 'schedule', payload }))).toMatchObject({
        kind: 'none',
        reason: expect.stringContaining('the event schedule is about no pull request'),
      });
    },
  );
});
