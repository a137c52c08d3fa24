import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOutcome, aRule } from '../../test/outcome.ts';
import { compareWith } from './compare.ts';
import { hardeningRecordFile, readPrevious } from './record.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'previous-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('an earlier result', () => {
  it('is found in its image folder, and grows a trend', async () => {
    const first = hardeningRecordFile(anOutcome(), undefined);
    mkdirSync(path.join(folder, 'image/reports'), { recursive: true });
    writeFileSync(path.join(folder, 'image/reports/harden.json'), JSON.stringify(first));
    const read = await readPrevious(path.join(folder, 'image'));
    expect(read).toEqual(first);
    const second = hardeningRecordFile(anOutcome({ finishedOn: new Date('2026-12-01T00:00:00Z') }), read);
    expect(second.history).toEqual([
      expect.objectContaining({ finishedOn: '2026-11-24T00:00:00.000Z', score: 33.33 }),
    ]);
    let last = second;
    for (let i = 0; i < 150; i += 1) {
      last = hardeningRecordFile(anOutcome(), last);
    }
    expect(last.history).toHaveLength(100);
  });

  it('tells what got worse and what got better, not what is new', () => {
    const previous = hardeningRecordFile(anOutcome(), undefined);
    const { regressions, improvements, trend } = compareWith(previous, [
      aRule('fixed', 'fail'),
      aRule('open', 'pass'),
      aRule('dark', 'unknown'),
      aRule('new', 'fail'),
    ]);
    expect(regressions.map(({ rule, before }) => [rule.rule, before])).toEqual([['fixed', 'pass']]);
    expect(improvements.map(({ rule }) => rule.rule)).toEqual(['open']);
    expect(trend).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{', /not JSON/],
    ['another document', '{"schemaVersion":1}', /image/],
    [
      'an unknown result',
      JSON.stringify({
        ...hardeningRecordFile(anOutcome(), undefined),
        rules: [{ rule: 'a', outcome: 'PASS', severity: 'low' }],
      }),
      /rules\.0\.outcome/,
    ],
    [
      'a score beyond all',
      JSON.stringify({ ...hardeningRecordFile(anOutcome(), undefined), score: 101 }),
      /score/,
    ],
  ])('is refused when it is %s', async (_name, text, message) => {
    const file = path.join(folder, 'x.json');
    writeFileSync(file, text);
    await expect(readPrevious(file)).rejects.toThrow(message);
  });

  it('got better or worse by what passes, whichever way it did', () => {
    const previous = { ...hardeningRecordFile(anOutcome(), undefined), rules: [] };
    const was = (outcome: 'pass' | 'fixed' | 'fail', now: 'pass' | 'fixed' | 'fail') => {
      const rules = [{ rule: 'a', outcome, severity: 'low' as const }];
      const { regressions, improvements } = compareWith({ ...previous, rules }, [aRule('a', now)]);
      return [regressions.length, improvements.length];
    };
    expect([was('fixed', 'fail'), was('fail', 'fixed'), was('pass', 'fixed')]).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('is refused when it is too large, before it is read', async () => {
    const file = path.join(folder, 'large.json');
    writeFileSync(file, JSON.stringify(hardeningRecordFile(anOutcome(), undefined)));
    truncateSync(file, 17 * 2 ** 20);
    await expect(readPrevious(file)).rejects.toThrow(/larger than 16777216 bytes/);
  });

  it('is refused when it is not there, or a folder without one', async () => {
    await expect(readPrevious(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'invalid-previous' });
    await expect(readPrevious(folder)).rejects.toMatchObject({ code: 'invalid-previous' });
  });
});
