import { describe, expect, it } from '@jest/globals';
import type { Catalog } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';
import { nextVersion } from './next-version.ts';

const now = new Date('2026-12-01T23:59:59Z');
const catalogOf = (...keys: string[]): Catalog => ({
  versions: new Map(keys.map((key) => [key, {} as VersionRecord])),
  entries: [],
});

describe('the version of a new build', () => {
  it('is the date, and counts on when it is taken, also by a version that is retired', () => {
    expect(nextVersion(catalogOf(), 'debian-13', now)).toBe('20261201');
    const taken = catalogOf('debian-13/20261201', 'debian-13/20261201.2', 'debian-12/20261201.3');
    expect(nextVersion(taken, 'debian-13', now)).toBe('20261201.3');
    expect(nextVersion(taken, 'debian-12', now)).toBe('20261201');
  });
});
