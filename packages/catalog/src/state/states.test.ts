import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  approval,
  OTHER,
  OWNER,
  origin,
  publication,
  published,
  retire,
  threeVersions,
} from '../../test/samples.ts';
import { replay } from './apply.ts';
import { type Catalog, EMPTY_CATALOG, versionKey } from './catalog.ts';
import { effectiveStates, scheduledState } from './effective.ts';
import { planPublish, planRestore, planTick } from './plan.ts';
import type { Schedule, VersionReference } from './record.ts';
import { STATES } from './states.ts';

const v = (version: string, image = 'debian-13'): VersionReference => ({ image, version });
const stateOf = (catalog: Catalog, of: VersionReference) => catalog.versions.get(versionKey(of))?.state;

describe('publishing', () => {
  it('goes from nothing over draft to available, with two entries', () => {
    const catalog = published(EMPTY_CATALOG, 'debian-13', '1', '2026-11-01T10:00:00Z');
    expect(catalog.entries.map(({ type, from, to }) => [type, from, to])).toEqual([
      ['register', null, 'draft'],
      ['publish', 'draft', 'available'],
    ]);
    expect(catalog.versions.get('debian-13/1')).toMatchObject({
      state: 'available',
      publishedAt: '2026-11-01T10:00:00Z',
      publishedIndex: 1,
    });
  });

  it('is idempotent, and never changes what is published', () => {
    const catalog = threeVersions();
    const request = {
      publication: publication('debian-13', '20261101'),
      approval: approval(),
      missingAudit: [],
      schedule: {},
      reason: undefined,
    };
    expect(planPublish(catalog, request, origin('2026-11-05T00:00:00Z')).entries).toEqual([]);
    const other = { ...request.publication, disk: { ...request.publication.disk, sha256: 'f'.repeat(64) } };
    expect(() =>
      planPublish(catalog, { ...request, publication: other }, origin('2026-11-05T00:00:00Z')),
    ).toThrow(/in the catalog with another disk/);
  });

  it('keeps a third party’s image a draft until its audit is there', () => {
    const request = {
      publication: publication('vendor-os', '1', { class: 'catalog' }),
      approval: approval(),
      missingAudit: ['there is no hardening result'],
      schedule: {},
      reason: undefined,
    };
    const draft = planPublish(EMPTY_CATALOG, request, origin('2026-11-01T00:00:00Z'));
    expect(stateOf(draft.catalog, v('1', 'vendor-os'))).toBe('draft');
    expect(draft.notes).toEqual(['there is no hardening result']);
    const again = planPublish(
      draft.catalog,
      { ...request, publication: { ...request.publication, score: 97 }, missingAudit: [] },
      origin('2026-11-02T00:00:00Z'),
    );
    // The audit that it lacked before comes with it.
    expect(again.catalog.versions.get('vendor-os/1')?.score).toBe(97);
    expect(again.entries.map(({ type }) => type)).toEqual(['publish']);
    expect(stateOf(again.catalog, v('1', 'vendor-os'))).toBe('available');
  });
});

describe('guards', () => {
  const catalog = threeVersions();
  const at = '2026-11-10T00:00:00Z';

  it('refuse to remove the last available image of a family, but not to revoke it or to end the family', () => {
    const one = published(EMPTY_CATALOG, 'debian-13', '1', '2026-11-01T00:00:00Z');
    expect(() => retire(one, v('1'), 'deprecated', at)).toThrow(
      /last available image of the family debian-13/,
    );
    expect(() => retire(one, v('1'), 'obsolete', at)).toThrow(/last available/);
    expect(stateOf(retire(one, v('1'), 'revoked', at).catalog, v('1'))).toBe('revoked');
    expect(stateOf(retire(one, v('1'), 'obsolete', at, { retiresFamily: true }).catalog, v('1'))).toBe(
      'obsolete',
    );
  });

  it('refuse two transitions at once that together would empty a family', () => {
    const two = published(published(EMPTY_CATALOG, 'a', '1', at), 'a', '2', at);
    const first = retire(two, v('1', 'a'), 'deprecated', at);
    expect(() => retire(first.catalog, v('2', 'a'), 'deprecated', at)).toThrow(/last available/);
  });

  it('refuse a successor that is missing, not available, itself, or leads back', () => {
    expect(() => retire(catalog, v('20261101'), 'deprecated', at, { successor: v('9') })).toThrow(
      /not in the catalog/,
    );
    expect(() => retire(catalog, v('20261101'), 'deprecated', at, { successor: v('20261101') })).toThrow(
      /leads back/,
    );
    const first = retire(catalog, v('20261101'), 'deprecated', at, { successor: v('20261102') }).catalog;
    expect(() => retire(first, v('20261102'), 'deprecated', at, { successor: v('20261101') })).toThrow(
      /leads back to debian-13\/20261102: debian-13\/20261102 → debian-13\/20261101 → debian-13\/20261102/,
    );
    expect(() => retire(first, v('20261103'), 'deprecated', at, { successor: v('20261101') })).toThrow(
      /is deprecated, not available/,
    );
  });

  it('take a version whose date has come for what it is then, before anybody wrote it down', () => {
    const schedule = { deprecateAt: '2026-11-20T00:00:00Z' };
    const dated = retire(catalog, v('20261102'), 'deprecated', at, { schedule, immediately: false }).catalog;
    const after = '2026-11-21T00:00:00Z';
    expect(() => retire(dated, v('20261101'), 'deprecated', after, { successor: v('20261102') })).toThrow(
      /20261102 is deprecated, not available/,
    );
    const first = retire(dated, v('20261101'), 'deprecated', after).catalog;
    expect(() => retire(first, v('20261103'), 'deprecated', after)).toThrow(/last available/);
  });

  it('refuse dates in the wrong order or before the publication', () => {
    const dates = (schedule: Schedule) => () =>
      retire(catalog, v('20261101'), 'deprecated', at, { schedule, immediately: false });
    expect(dates({ deprecateAt: '2027-02-01T00:00:00Z', obsoleteAt: '2027-01-01T00:00:00Z' })).toThrow(
      /obsolete-at .* is not after deprecate-at/,
    );
    const same = '2027-01-01T00:00:00Z';
    expect(dates({ deprecateAt: same, obsoleteAt: same })).toThrow(/is not after deprecate-at/);
    expect(dates({ deprecateAt: '2026-10-01T00:00:00Z' })).toThrow(/is not after it was published/);
    expect(dates({ deprecateAt: '2027-01-01T00:00:00Z', obsoleteAt: '2027-02-01T00:00:00Z' })).not.toThrow();
  });

  it('leave a custom image to its owner, but for revoking and its own dates', () => {
    const mine = published(EMPTY_CATALOG, 'mine', '1', '2026-11-01T00:00:00Z', { class: 'custom' });
    expect(() => retire(mine, v('1', 'mine'), 'deprecated', at, { actor: OTHER })).toThrow(
      /only who published it/,
    );
    expect(
      stateOf(retire(mine, v('1', 'mine'), 'obsolete', at, { actor: OWNER }).catalog, v('1', 'mine')),
    ).toBe('obsolete');
    expect(
      stateOf(retire(mine, v('1', 'mine'), 'revoked', at, { actor: OTHER }).catalog, v('1', 'mine')),
    ).toBe('revoked');
    const later = { schedule: { deprecateAt: '2026-12-01T00:00:00Z' }, immediately: false };
    expect(() => retire(mine, v('1', 'mine'), 'deprecated', at, { ...later, actor: OTHER })).toThrow(
      /only who published it/,
    );
    const dated = retire(mine, v('1', 'mine'), 'deprecated', at, later).catalog;
    expect(stateOf(planTick(dated, origin('2026-12-02T00:00:00Z', OTHER)).catalog, v('1', 'mine'))).toBe(
      'deprecated',
    );
  });

  it('restore only what is deprecated, by an approval that knows of it', () => {
    const deprecated = retire(catalog, v('20261101'), 'deprecated', at, { successor: v('20261103') }).catalog;
    const later = origin('2026-11-12T00:00:00Z');
    expect(() =>
      planRestore(deprecated, v('20261101'), approval('2026-11-09T00:00:00Z'), undefined, later),
    ).toThrow(/before it became deprecated/);
    const restored = planRestore(
      deprecated,
      v('20261101'),
      approval('2026-11-11T00:00:00Z'),
      'it was a mistake',
      later,
    ).catalog;
    expect(restored.versions.get('debian-13/20261101')).toMatchObject({
      state: 'available',
      stateSince: '2026-11-12T00:00:00Z',
      reason: 'it was a mistake',
    });
    const other = { ...approval('2026-11-11T00:00:00Z'), evidence: ['e'.repeat(64)] };
    const proven = planRestore(deprecated, v('20261101'), other, undefined, later).catalog;
    expect(proven.versions.get('debian-13/20261101')?.evidence).toEqual(other.evidence);
    expect(restored.versions.get('debian-13/20261101')?.successor).toBeUndefined();
    const gone = retire(catalog, v('20261101'), 'obsolete', at).catalog;
    expect(() =>
      planRestore(gone, v('20261101'), approval('2026-11-11T00:00:00Z'), undefined, later),
    ).toThrow(/is obsolete and cannot be restored/);
  });

  it('refuse a clock that is behind the log, and bear a small difference', () => {
    expect(() => retire(catalog, v('20261101'), 'deprecated', '2026-11-03T09:00:00Z')).toThrow(
      /clock of this machine says 2026-11-03T09:00:00Z/,
    );
    const { entries } = retire(catalog, v('20261101'), 'deprecated', '2026-11-03T09:58:00Z');
    expect(entries[0]?.time).toBe('2026-11-03T10:00:00Z');
  });
});

describe('dates', () => {
  const dated = retire(threeVersions(), v('20261101'), 'deprecated', '2026-11-04T00:00:00Z', {
    schedule: {
      deprecateAt: '2026-12-01T00:00:00Z',
      obsoleteAt: '2027-01-01T00:00:00Z',
      deleteAt: '2027-02-01T00:00:00Z',
    },
    successor: v('20261103'),
    immediately: false,
  });

  it('make the effective state computable without anybody’s doing', () => {
    const state = (now: string) =>
      effectiveStates(dated.catalog, new Date(now)).states.get('debian-13/20261101');
    expect(dated.entries.map(({ type }) => type)).toEqual(['schedule']);
    // A date to come is no other state yet.
    expect(dated.catalog.versions.get('debian-13/20261101')?.stateSince).toBe('2026-11-01T10:00:00Z');
    expect(state('2026-11-30T23:59:59Z')).toBe('available');
    expect(state('2026-12-01T00:00:00Z')).toBe('deprecated');
    expect(state('2027-01-01T00:00:00Z')).toBe('obsolete');
    expect(state('2027-02-01T00:00:00Z')).toBe('deleted');
  });

  it('are written down by tick, once', () => {
    const first = planTick(dated.catalog, origin('2027-01-15T00:00:00Z'));
    expect(first.entries.map(({ type, from, to }) => [type, from, to])).toEqual([
      ['obsolete', 'available', 'obsolete'],
    ]);
    expect(planTick(first.catalog, origin('2027-01-15T00:00:00Z')).entries).toEqual([]);
    const last = planTick(dated.catalog, origin('2027-03-01T00:00:00Z'));
    expect(last.entries.map(({ to }) => to)).toEqual(['obsolete', 'deleted']);
    const deprecated = planTick(dated.catalog, origin('2026-12-15T00:00:00Z')).catalog;
    const end = planTick(deprecated, origin('2027-03-01T00:00:00Z'));
    expect(end.entries.map(({ from, to }) => [from, to])).toEqual([
      ['deprecated', 'obsolete'],
      ['obsolete', 'deleted'],
    ]);
  });

  it('do not retire the last available image of a family until there is another', () => {
    const schedule = { deprecateAt: '2026-12-01T00:00:00Z', obsoleteAt: '2027-01-01T00:00:00Z' };
    const one = published(EMPTY_CATALOG, 'a', '1', '2026-11-01T00:00:00Z', { schedule });
    const tick = planTick(one, origin('2027-02-01T00:00:00Z'));
    expect(tick.entries).toEqual([]);
    expect(tick.notes[0]).toMatch(/last available image of the family a/);
    const two = published(one, 'a', '2', '2027-02-02T00:00:00Z');
    expect(planTick(two, origin('2027-02-03T00:00:00Z')).entries.map(({ to }) => to)).toEqual(['obsolete']);
  });

  it('count in the order of time: the version of a family whose date comes last stays', () => {
    const until = (deprecateAt: string) => ({ schedule: { deprecateAt } });
    const first = published(EMPTY_CATALOG, 'a', '1', '2026-11-01T00:00:00Z', until('2026-12-09T00:00:00Z'));
    const both = published(first, 'a', '2', '2026-11-02T00:00:00Z', until('2026-12-01T00:00:00Z'));
    const { states, held } = effectiveStates(both, new Date('2027-01-01T00:00:00Z'));
    expect([states.get('a/1'), states.get('a/2'), held]).toEqual(['available', 'deprecated', ['a/1']]);
  });

  it('say nothing of drafts, and of what is revoked only its deletion', () => {
    const revoked = retire(dated.catalog, v('20261101'), 'revoked', '2026-11-05T00:00:00Z').catalog;
    const record = revoked.versions.get('debian-13/20261101');
    expect(record && scheduledState(record, new Date('2027-01-10T00:00:00Z'))).toBe('revoked');
    expect(record && scheduledState(record, new Date('2027-02-10T00:00:00Z'))).toBe('deleted');
  });
});

/** Histories that the rules allow, of a few versions in two families, with dates. */
const day = (n: number): string =>
  new Date(Date.UTC(2026, 10, 1) + n * 86_400_000).toISOString().replace('.000', '');
const step = fc.record({
  kind: fc.constantFrom('publish', 'deprecated', 'obsolete', 'revoked', 'schedule', 'tick', 'restore'),
  image: fc.constantFrom('a', 'b'),
  version: fc.constantFrom('1', '2', '3'),
  other: fc.constantFrom('1', '2', '3'),
  dates: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 2 }),
});
const history = fc.array(step, { maxLength: 25 }).map((steps) =>
  steps.reduce<Catalog>((catalog, { kind, image, version, other, dates }, index) => {
    const now = day(index);
    const [first = 1, second = 2] = [...dates].sort((x, y) => x - y);
    const schedule = { deprecateAt: day(index + first), obsoleteAt: day(index + second) };
    const of = v(version, image);
    try {
      switch (kind) {
        case 'publish':
          return published(catalog, image, version, now, first % 2 ? { schedule } : {});
        case 'tick':
          return planTick(catalog, origin(now)).catalog;
        case 'restore':
          return planRestore(catalog, of, approval(now), undefined, origin(now)).catalog;
        case 'schedule':
          return retire(catalog, of, 'deprecated', now, { schedule, immediately: false }).catalog;
        default:
          return retire(catalog, of, kind as 'obsolete', now, { successor: v(other, image) }).catalog;
      }
    } catch (error) {
      expect((error as { code?: string }).code).toMatch(/^[a-z-]+$/);
      return catalog;
    }
  }, EMPTY_CATALOG),
);
const plain = (catalog: Catalog) => ({ versions: [...catalog.versions].sort(), entries: catalog.entries });

describe('laws of every history', () => {
  it('a replay of the log gives the same catalog', () => {
    fc.assert(
      fc.property(history, (catalog) => expect(plain(replay(catalog.entries))).toEqual(plain(catalog))),
    );
  });

  it('states never go back as time goes on, and tick makes them what they are effectively, once', () => {
    fc.assert(
      fc.property(
        history,
        fc.integer({ min: 25, max: 90 }),
        fc.integer({ min: 0, max: 30 }),
        (catalog, n, more) => {
          const early = effectiveStates(catalog, new Date(day(n))).states;
          const late = effectiveStates(catalog, new Date(day(n + more))).states;
          for (const [key, state] of early) {
            expect(STATES.indexOf(late.get(key) ?? 'draft')).toBeGreaterThanOrEqual(STATES.indexOf(state));
          }
          const ticked = planTick(catalog, origin(day(n))).catalog;
          expect(new Map([...ticked.versions].map(([key, { state }]) => [key, state]))).toEqual(early);
          expect(planTick(ticked, origin(day(n))).entries).toEqual([]);
          const twice = planTick(ticked, origin(day(n + more))).catalog;
          const once = planTick(catalog, origin(day(n + more))).catalog;
          const states = (c: Catalog) => [...c.versions].map(([key, { state }]) => [key, state]).sort();
          expect(states(twice)).toEqual(states(once));
        },
      ),
    );
  });

  it('a family that had an available image keeps one, unless all that it had were revoked', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 25, max: 120 }), (catalog, n) => {
        const { states } = effectiveStates(catalog, new Date(day(n)));
        for (const family of ['a', 'b']) {
          const own = [...catalog.versions.values()].filter((record) => record.family === family);
          const revoked = own.some(({ state }) => state === 'revoked');
          const available = own.some((record) => states.get(versionKey(record)) === 'available');
          expect(own.length === 0 || available || revoked).toBe(true);
        }
      }),
    );
  });

  it('successors never make a circle', () => {
    fc.assert(
      fc.property(history, (catalog) => {
        for (const record of catalog.versions.values()) {
          const seen = new Set<string>();
          for (
            let next: VersionReference | undefined = record;
            next;
            next = catalog.versions.get(versionKey(next))?.successor
          ) {
            expect(seen.has(versionKey(next))).toBe(false);
            seen.add(versionKey(next));
          }
        }
      }),
    );
  });
});
