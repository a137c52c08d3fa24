/** Which event may follow on which state, asked of the rule that planning and replaying share. */
import { describe, expect, it } from '@jest/globals';
import { OTHER, OWNER, publication, published, retire, sha256 } from '../../test/samples.ts';
import { applyEntry, replay } from './apply.ts';
import { type Catalog, EMPTY_CATALOG } from './catalog.ts';
import type { AuditEntry } from './entry.ts';
import { EVENT_TYPES, type EventType, STATES, type State } from './states.ts';

/** As the issue draws it: draft → available → deprecated → obsolete → deleted, revoked in an emergency. */
const ALLOWED: Readonly<Record<State, Partial<Record<EventType, State>>>> = {
  draft: { publish: 'available', revoke: 'revoked', delete: 'deleted' },
  available: {
    deprecate: 'deprecated',
    obsolete: 'obsolete',
    revoke: 'revoked',
    schedule: 'available',
    check: 'available',
  },
  deprecated: {
    obsolete: 'obsolete',
    revoke: 'revoked',
    restore: 'available',
    schedule: 'deprecated',
    check: 'deprecated',
  },
  obsolete: { revoke: 'revoked', delete: 'deleted', schedule: 'obsolete', check: 'obsolete' },
  revoked: { delete: 'deleted', schedule: 'revoked' },
  deleted: {},
};

const FRESHNESS = {
  checkedAt: '2026-11-20T00:00:00Z',
  rebuildNeeded: 'no' as const,
  reasons: [],
  securityUpdates: 0,
  otherUpdates: 0,
  updates: [],
};

function entry(catalog: Catalog, type: EventType, from: State | null, to: State): AuditEntry {
  return {
    seq: catalog.entries.length,
    time: '2026-11-20T00:00:00Z',
    type,
    image: 'a',
    version: '1',
    digest: sha256('a 1'),
    from,
    to,
    actor: OWNER,
    run: 'local',
    evidence: [],
    ...(type === 'register' ? { publication: publication('a', '1') } : {}),
    ...(type === 'check' ? { freshness: FRESHNESS } : {}),
  };
}

/** A catalog whose version 1 is in this state, in a family that has another available one. */
function catalogIn(state: State): Catalog {
  const other = published(EMPTY_CATALOG, 'a', '2', '2026-11-01T00:00:00Z');
  if (state === 'draft') {
    return applyEntry(other, { ...entry(other, 'register', null, 'draft'), time: '2026-11-02T00:00:00Z' });
  }
  const available = published(other, 'a', '1', '2026-11-02T00:00:00Z');
  if (state === 'available') {
    return available;
  }
  const first = state === 'deleted' ? 'obsolete' : state;
  const retired = retire(available, { image: 'a', version: '1' }, first, '2026-11-03T00:00:00Z').catalog;
  return state === 'deleted' ? applyEntry(retired, entry(retired, 'delete', 'obsolete', 'deleted')) : retired;
}

describe.each(STATES)('what is %s', (state) => {
  const catalog = catalogIn(state);

  it.each(EVENT_TYPES)('and %s', (type) => {
    const to = ALLOWED[state][type];
    if (to) {
      expect(applyEntry(catalog, entry(catalog, type, state, to)).versions.get('a/1')?.state).toBe(to);
    }
    for (const wrong of STATES.filter((other) => other !== to)) {
      expect(() => applyEntry(catalog, entry(catalog, type, state, wrong))).toThrow();
    }
  });
});

describe('an entry', () => {
  const catalog = catalogIn('available');
  const good = entry(catalog, 'deprecate', 'available', 'deprecated');

  it('that fits is taken', () => {
    expect(applyEntry(catalog, good).versions.get('a/1')?.state).toBe('deprecated');
  });

  it.each<[string, Partial<AuditEntry>, RegExp]>([
    ['at a later place', { seq: good.seq + 1 }, /its number is not/],
    ['at an earlier place', { seq: good.seq - 1 }, /its number is not/],
    ['before the one before it', { time: '2026-11-01T00:00:00Z' }, /its time .* is before/],
    ['from another state', { from: 'draft' }, /it starts from draft, and the version is available/],
    ['to another state', { to: 'obsolete' }, /deprecate does not lead to obsolete/],
    ['about another disk', { digest: 'f'.repeat(64) }, /it is about sha256:f+, and the version is/],
    ['that brings what it must not', { publication: publication('a', '1') }, /what is published must stand/],
    ['with the result of a check', { freshness: FRESHNESS }, /the result of a check must stand/],
    ['by a name', { actor: 'alice' }, /actor/],
    ['with a reason of two lines', { reason: 'a\nb' }, /reason/],
    ['of an unknown version', { version: '9', from: null }, /not in the catalog|it is about/],
  ])('%s is refused, also in a replay', (_name, change, message) => {
    const bad = { ...good, ...change };
    expect(() => applyEntry(catalog, bad)).toThrow(message);
    expect(() => replay([...catalog.entries, bad])).toThrow(message);
  });

  it('publishes a draft as it was registered, by whoever owns it', () => {
    const draft = catalogIn('draft');
    const publish = entry(draft, 'publish', 'draft', 'available');
    const withPublication = (change: object): AuditEntry => ({
      ...publish,
      publication: { ...publication('a', '1'), ...change },
    });
    expect(applyEntry(draft, withPublication({ score: 99 })).versions.get('a/1')?.score).toBe(99);
    expect(() => applyEntry(draft, withPublication({ owner: OTHER }))).toThrow(/a draft keeps its owner/);
    for (const other of [{ image: 'b' }, { version: '2' }]) {
      expect(() => applyEntry(draft, withPublication(other))).toThrow(/under another name/);
    }
    const disk = { ...publication('a', '1').disk, sha256: 'f'.repeat(64) };
    expect(() => applyEntry(draft, withPublication({ disk }))).toThrow(/it is about/);
  });
});
