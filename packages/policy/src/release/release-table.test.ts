import { describe, expect, it } from '@jest/globals';
import { goodFacts, statement, statements } from '../../test/facts.ts';
import type { Fact } from '../facts/facts.ts';
import { releaseTable } from './release-table.ts';

const cases = { passed: 3, warned: 1, failed: 0 };
const fvt = (hours: number, more: object = {}): Fact =>
  statement(`4${hours}`, { suite: 'run-fvt', result: 'PASSED', cases, ...more }, hours);

describe('the table of a release', () => {
  it('has the newest results, whatever their order', () => {
    const newest = fvt(0.5, { cases: { ...cases, passed: 9 } });
    for (const list of [
      [...statements, newest],
      [newest, ...statements],
    ]) {
      expect(releaseTable(goodFacts(list)).cases).toBe('9 passed, 0 failed, 1 warned');
    }
  });

  it('does not show as a result what no trusted key signed', () => {
    const unsigned = { ...fvt(0.5, { cases: { ...cases, passed: 99 } }), status: 'fail' } as Fact;
    expect(releaseTable(goodFacts([...statements, unsigned])).cases).toBe(
      '20 passed, 0 failed, 1 skipped, 6 not run',
    );
    expect(releaseTable(goodFacts([unsigned])).cases).toBe('');
  });

  it('says what signs the disk, how, and what does not hold', () => {
    const signed = (method: string, status: string, more: object = {}) =>
      ({ kind: 'signature', status, source: 's', time: '', value: { method }, ...more }) as Fact;
    const table = releaseTable({
      ...goodFacts(),
      facts: [
        signed('sigstore', 'pass', { by: 'https://github.com/acme/images/.github/workflows/x.yml@main' }),
        signed('openpgp', 'fail', { detail: 'one byte' }),
        signed('minisign', 'unknown', { detail: 'no key' }),
      ],
    });
    expect(table).toEqual({
      imageName: '',
      digest: '',
      score: '',
      cases: '',
      signatures: 'minisign: not checked, openpgp: wrong, sigstore (keyless)',
    });
  });
});
