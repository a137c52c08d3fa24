import { describe, expect, it } from '@jest/globals';
import { CASES, NAMED_CASES } from '../src/cases/index.ts';
import { mutantPage } from './mutant-page.ts';
import { MUTANTS } from './mutants.ts';

describe('the faults', () => {
  it('leave out no case of the catalogue, and name no case that is not there', () => {
    const known = CASES.map((item) => item.id);
    const meant = new Set(MUTANTS.map((mutant) => mutant.case));
    expect(NAMED_CASES.filter((item) => !meant.has(item.id)).map((item) => item.id)).toEqual([]);
    const named = MUTANTS.flatMap((mutant) => [mutant.case, ...(mutant.also ?? [])]);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });

  it('are shown with what was seen, and loudly where something is wrong', () => {
    const [first, second, third] = MUTANTS;
    if (!first || !second || !third) {
      throw new Error('too few');
    }
    const results = [
      { mutant: first, found: true, said: '', also: [], unrelated: [] },
      { mutant: second, found: false, said: '', also: [], unrelated: [] },
      { mutant: third, found: true, said: '', also: [], unrelated: ['check_cloud_init (fail: x)'] },
    ];
    const text = mutantPage([first, second, third], results, { name: 'debian-13', version: '1' });
    expect(text).toContain('1 of 3 faults were found');
    expect(text).toContain('**not found**');
    expect(text).toContain('**check_cloud_init**');
    expect(mutantPage([first], [], undefined)).toContain('| not run |');
  });
});
