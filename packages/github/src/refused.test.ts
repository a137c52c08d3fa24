import { UserError } from '@golden-image/host';
import { describe, expect, it } from '@jest/globals';
import { orRefused } from './refused.ts';

const { signal } = new AbortController();
const refusal = (status: number, headers: Record<string, string> = {}) =>
  Object.assign(new Error('no'), {
    status,
    request: { method: 'PUT', url: 'https://api.github.test/repos/acme/images/rulesets/1' },
    response: { headers },
  });
const ask = (error: unknown, asked = signal) =>
  orRefused('the ruleset', 'nothing was changed', asked, () => Promise.reject(error)).catch(
    (thrown: unknown) => thrown,
  );

describe('what GitHub refuses', () => {
  it('is nothing when it gives it', async () => {
    expect(await orRefused('x', 'y', signal, async () => 7)).toBe(7);
  });

  it('says what, how things stand, and which permission to grant', async () => {
    const cause = refusal(403);
    expect(await ask(cause)).toMatchObject({
      code: 'github-refused',
      message: expect.stringMatching(/^GitHub refused the ruleset: .*rulesets.*; nothing was changed$/),
      fix: 'Pass as token one that has administration: write, and run again.',
      cause,
    });
  });

  it('without a permission to grant is to be put right', async () => {
    expect(await ask(refusal(500))).toMatchObject({ fix: 'Put it right and run again.' });
  });

  it('leaves an error for people as it is', async () => {
    const error = new UserError('no such team', { code: 'unknown-name' });
    expect(await ask(error)).toBe(error);
  });

  it('is a cancellation where the job was cancelled', async () => {
    expect(await ask(refusal(500), AbortSignal.abort(new Error('cancelled')))).toEqual(
      new Error('cancelled'),
    );
  });
});
