import { predicateTypes } from '@golden-image/evidence';
import type { Fact, Facts } from '../src/facts/facts.ts';
import type { StatementValue } from '../src/facts/image.ts';

export const NOW = '2026-11-24T00:00:00.000Z';
export const DISK = 'd'.repeat(64);
export const BUILT = 'b'.repeat(64);
export const MEDIUM = 'a'.repeat(64);
const BY = 'sha256:feed';

const common = { source: 'test', time: NOW, status: 'pass' } as const;

/** A statement fact; `hours` ago. */
export function statement(name: string, value: Partial<StatementValue>, hours = 1): Fact {
  return {
    ...common,
    kind: 'statement',
    name,
    by: BY,
    value: {
      predicateType: predicateTypes.testResult,
      subjects: [DISK],
      finishedOn: new Date(Date.parse(NOW) - hours * 3_600_000).toISOString(),
      ...value,
    },
  };
}

const cases = { passed: 20, warned: 0, failed: 0, skipped: 1, notRun: 6 };

export const statements: readonly Fact[] = [
  statement('10-media', { predicateType: predicateTypes.medium, subjects: [MEDIUM] }),
  statement('20-build', { predicateType: predicateTypes.provenance, subjects: [BUILT] }),
  statement('30-harden', { suite: 'harden', result: 'PASSED', score: 97.3, cases: { ...cases, failed: 3 } }),
  statement('40-fvt', { suite: 'run-fvt', result: 'PASSED', cases }),
];

/** Facts of an image that has everything. */
export function goodFacts(all: readonly Fact[] = statements): Facts {
  const names = all.flatMap((fact) => (fact.kind === 'statement' ? [fact.name] : []));
  return {
    version: 1,
    mode: 'release',
    time: NOW,
    facts: [
      {
        ...common,
        kind: 'image',
        value: { name: 'debian-13', version: '1', class: 'stock', disk: 'disk.qcow2' },
      },
      { ...common, kind: 'disk', value: { sha256: DISK } },
      { ...common, kind: 'checksums' },
      { ...common, kind: 'signature', by: BY, value: { method: 'sigstore' } },
      { ...common, kind: 'signature', by: 'PGP', value: { method: 'openpgp' } },
      {
        ...common,
        status: 'unknown',
        detail: 'there is no minisign signature',
        kind: 'signature',
        value: { method: 'minisign' },
      },
      { ...common, kind: 'inventory', value: names },
      { ...common, kind: 'chain', value: { origin: 'medium', digests: [MEDIUM, BUILT, DISK] } },
      ...all,
    ],
  };
}
