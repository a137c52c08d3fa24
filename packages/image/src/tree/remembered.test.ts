import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { remembered } from './remembered.ts';

let cache: string;
let asked: number;

beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'remembered-'));
  asked = 0;
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

function ask(facts: unknown, name = 'plan', folder: string | undefined = cache): Promise<unknown> {
  return remembered(name, facts, folder, async () => {
    asked += 1;
    return { asked };
  });
}

const answers = () =>
  readdirSync(path.join(cache, 'answers')).map((name) => path.join(cache, 'answers', name));

describe('remembered', () => {
  it('asks the same question once', async () => {
    expect([await ask({ a: 1, b: 2 }), await ask({ b: 2, a: 1 })]).toEqual([{ asked: 1 }, { asked: 1 }]);
  });

  it('asks again when a fact or the question differs', async () => {
    expect([await ask({ a: 1 }), await ask({ a: 2 }), await ask({ a: 1 }, 'host')]).toEqual([
      { asked: 1 },
      { asked: 2 },
      { asked: 3 },
    ]);
  });

  it('asks each time where nothing is kept', async () => {
    const folder = undefined;
    const question = async () => (asked += 1);
    await remembered('plan', {}, folder, question);
    expect(await remembered('plan', {}, folder, question)).toBe(2);
  });

  it('answers also where nothing can be kept', async () => {
    writeFileSync(path.join(cache, 'answers'), 'a file where the folder should be');
    expect([await ask({}), await ask({})]).toEqual([{ asked: 1 }, { asked: 2 }]);
  });

  it('keeps neither a failure nor that there is no answer', async () => {
    await expect(remembered('plan', {}, cache, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(await remembered('plan', {}, cache, async () => undefined)).toBeUndefined();
    expect(await ask({})).toEqual({ asked: 1 });
  });

  it.each([0, 5])('asks again when the answer was cut off after %i bytes', async (length) => {
    await ask({});
    truncateSync(answers()[0] ?? '', length);
    expect(await ask({})).toEqual({ asked: 2 });
    expect(readFileSync(answers()[0] ?? '', 'utf8')).toBe('{"answer":{"asked":2}}');
  });

  it.each(['file', 'folder'])('takes no answer from a %s that others may have written', async (what) => {
    await ask({});
    chmodSync(
      what === 'file' ? (answers()[0] ?? '') : path.join(cache, 'answers'),
      what === 'file' ? 0o666 : 0o777,
    );
    await expect(ask({})).rejects.toMatchObject({ code: 'cache-not-private' });
  });

  it('keeps the sixteen answers to a question that were used last', async () => {
    await ask({}, 'host');
    for (let index = 0; index < 18; index += 1) {
      await ask({ index });
    }
    const old = new Date(Date.now() - 24 * 60 * 60 * 1000);
    for (const file of answers()) {
      utimesSync(file, old, old);
    }
    await ask({ index: 3 });
    await ask({ index: 18 });
    expect(answers().filter((file) => path.basename(file).startsWith('plan-'))).toHaveLength(16);
    expect(answers().filter((file) => path.basename(file).startsWith('host-'))).toHaveLength(1);
    const before = asked;
    await ask({ index: 3 });
    expect(asked).toBe(before);
  });
});
