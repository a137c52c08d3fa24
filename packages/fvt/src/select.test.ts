import { describe, expect, it } from '@jest/globals';
import { CASES } from './cases/index.ts';
import { globMatches, selectCases } from './select.ts';

const all = { suites: ['functional'], cases: [], exclude: [] } as const;
const ids = (selection: Partial<Parameters<typeof selectCases>[1]>) =>
  selectCases(CASES, { ...all, ...selection }).map((item) => item.id);

describe('selecting cases', () => {
  it('takes all by default', () => {
    expect(ids({})).toEqual(CASES.map((item) => item.id));
  });

  it('takes names, globs and tags', () => {
    expect(ids({ cases: ['linux_ping_by_*', 'check_cloud_init'] })).toEqual([
      'linux_ping_by_ip',
      'linux_ping_by_name',
      'check_cloud_init',
    ]);
    expect(ids({ cases: ['rhel'] })).toEqual(['linux_check_valid_rhel_license']);
  });

  it('leaves out by !tag and by exclude', () => {
    expect(ids({ cases: ['!network'] })).not.toContain('image_responds_to_ping');
    expect(ids({ cases: ['network', '!dns'] })).not.toContain('linux_ping_by_name');
    expect(ids({ exclude: ['*'] })).toEqual([]);
    expect(ids({ suites: ['penetration'] })).toEqual([]);
  });

  it('refuses what names nothing', () => {
    expect(() => ids({ cases: ['check_clod_init'] })).toThrow(/check_clod_init/);
    expect(() => ids({ exclude: ['!nothing'] })).toThrow(/!nothing/);
  });

  it('has globs in which only * is special', () => {
    expect(globMatches('a.c', 'abc')).toBe(false);
    expect(globMatches('a*c', 'abbc')).toBe(true);
    expect(globMatches('*', '')).toBe(true);
  });
});
