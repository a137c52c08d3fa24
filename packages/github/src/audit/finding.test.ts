import { describe, expect, it } from '@jest/globals';
import { found, lookAt } from './finding.ts';

const { signal } = new AbortController();
const broken = () => Promise.reject(new Error('no answer'));

describe('looking at one part', () => {
  it('gives what it found', async () => {
    const finding = found('rule', 'note', 'message', 'next', { file: 'a.yml', line: 3 });
    expect(await lookAt('rule', 'Part', signal, async () => [finding])).toEqual([
      {
        rule: 'rule',
        level: 'note',
        status: 'found',
        message: 'message',
        next: 'next',
        file: 'a.yml',
        line: 3,
      },
    ]);
  });

  it('that fails is an error of its own: what nobody saw is not in order', async () => {
    expect(await lookAt('rule', 'Part', signal, broken)).toEqual([
      {
        rule: 'rule',
        level: 'error',
        status: 'unknown',
        message: 'Part could not be looked at: no answer',
        next: 'Put that right and run the audit again.',
      },
    ]);
  });

  it('that is cancelled is no finding', async () => {
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    await expect(lookAt('rule', 'Part', cancelled, broken)).rejects.toThrow('cancelled');
  });
});
