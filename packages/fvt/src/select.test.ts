import { describe, expect, it } from '@jest/globals';
import { CASES } from './cases/index.ts';
import { globMatches, selectCases, shardCases, shardOf } from './select.ts';

const all = { suites: ['functional'], cases: [], exclude: [] } as const;
const ids = (selection: Partial<Parameters<typeof selectCases>[1]>) =>
  selectCases(CASES, { ...all, ...selection }).map((item) => item.id);

describe('selecting cases', () => {
  it('takes all by default', () => {
    expect(ids({})).toEqual(CASES.filter((item) => item.suite === 'functional').map((item) => item.id));
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
    expect(ids({ suites: ['penetration'] })).toContain('ports_outside_are_the_listeners_inside');
    expect(ids({ suites: ['compliance'] })).toEqual(['booted_image_complies_with_its_profile']);
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

describe('shards', () => {
  const functional = CASES.filter((item) => item.suite === 'functional');

  it.each([1, 2, 3, 4, 7, 100])(
    '%s together are the whole, each case once, the costly ones dealt out',
    (count) => {
      const shards = Array.from({ length: count }, (_, index) =>
        shardCases(functional, { index: index + 1, count }),
      );
      expect(
        shards
          .flat()
          .map((item) => item.id)
          .sort(),
      ).toEqual(functional.map((item) => item.id).sort());
      const costly = shards.map(
        (shard) => shard.filter((item) => item.needs.some((need) => need !== 'facts')).length,
      );
      expect(Math.max(...costly) - Math.min(...costly)).toBeLessThanOrEqual(1);
    },
  );

  it('are written as two numbers', () => {
    expect(shardOf(undefined)).toBeUndefined();
    expect(shardOf('2/4')).toEqual({ index: 2, count: 4 });
    for (const text of ['0/4', '5/4', '1', '1/0', 'a/b']) {
      expect(() => shardOf(text)).toThrow(/There is no shard/);
    }
  });
});
