import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { determineChain, type NamedStatement, produced, startedFrom } from './chain.ts';
import { createStatement, predicateTypes, type Statement, testResultPredicate } from './statement.ts';

const artifact = (name: string, content: string = name) => ({
  name,
  digest: { sha256: createHash('sha256').update(content).digest('hex') },
});
const iso = artifact('debian.iso');
const built = artifact('disk.qcow2', 'built');
const hard = artifact('disk.qcow2', 'hardened');

const medium = (subject = iso): Statement =>
  createStatement({ subject, predicateType: predicateTypes.medium, predicate: {} });
const build = (from: unknown = { ...iso, name: 'medium' }, subject = built): Statement =>
  createStatement({
    subject,
    predicateType: predicateTypes.provenance,
    predicate: { buildDefinition: { resolvedDependencies: [{ name: 'other', digest: {} }, from] } },
  });
const tested = (suite: string, input = hard, subject = hard): Statement =>
  createStatement({
    subject,
    predicateType: predicateTypes.testResult,
    predicate: testResultPredicate({
      suite,
      result: 'PASSED',
      input,
      configuration: [],
      passedTests: [],
      warnedTests: [],
      failedTests: [],
      finishedOn: new Date(0),
    }),
  });
const sbom = (subject = hard): Statement =>
  createStatement({ subject, predicateType: predicateTypes.spdx, predicate: {} });

const all: Readonly<Record<string, Statement>> = {
  '10-media': medium(),
  '20-build': build(),
  '30-harden': tested('harden', built),
  '40-fvt': tested('run-fvt'),
};
const named = (statements: Readonly<Record<string, Statement>>): NamedStatement[] =>
  Object.entries(statements).map(([name, statement]) => ({ name, statement }));
const without = (...names: string[]): NamedStatement[] =>
  named(all).filter(({ name }) => !names.includes(name));

describe('startedFrom and produced', () => {
  it('name what each kind of statement started from', () => {
    expect(startedFrom(medium())).toBeUndefined();
    expect(startedFrom(build())?.digest.sha256).toBe(iso.digest.sha256);
    expect(startedFrom(tested('harden', built))?.digest.sha256).toBe(built.digest.sha256);
    expect(startedFrom(sbom())?.digest.sha256).toBe(hard.digest.sha256);
    expect(produced(build())).toEqual([built]);
  });

  it('take nothing for a start that has no SHA-256', () => {
    for (const from of [null, 'medium', { name: 'medium' }, { name: 'medium', digest: { sha256: 'x' } }]) {
      expect(startedFrom(build(from))).toBeUndefined();
    }
  });
});

describe('a chain', () => {
  it('leads from the medium to the disk', () => {
    const chain = determineChain([...named(all), { name: '50-sbom', statement: sbom() }], hard);
    expect(chain.gaps).toEqual([]);
    expect(chain.origin).toBe('medium');
    expect(chain.links).toEqual([
      { artifact: iso, producedBy: ['10-media'], about: [] },
      { artifact: built, producedBy: ['20-build'], about: [] },
      { artifact: hard, producedBy: ['30-harden'], about: ['40-fvt', '50-sbom'] },
    ]);
  });

  it('may leave hardening out', () => {
    const plain = { '10-media': medium(), '20-build': build(), '40-fvt': tested('run-fvt', built, built) };
    expect(determineChain(named(plain), built)).toMatchObject({ gaps: [], origin: 'medium' });
  });

  it('is open when nothing says where it begins', () => {
    expect(determineChain(without('10-media', '20-build', '30-harden'), hard)).toMatchObject({
      gaps: [],
      origin: 'open',
    });
    expect(determineChain([], hard)).toMatchObject({ gaps: [], origin: 'open' });
  });

  it.each([
    [
      '10-media',
      /^20-build started from medium sha256:[0-9a-f]{12}…, but no statement is about that medium$/,
    ],
    ['20-build', /^10-media is about debian\.iso sha256:[0-9a-f]{12}…, which is not part of the chain/],
    ['30-harden', /^10-media is about/],
  ])('without %s has a gap', (name, message) => {
    const { gaps } = determineChain(without(name), hard);
    expect(gaps[0]).toMatch(message);
  });

  it('has a gap where a digest is foreign', () => {
    const stranger = artifact('disk.qcow2', 'stranger');
    const cases: [Record<string, Statement>, RegExp][] = [
      [{ ...all, '10-media': medium(stranger) }, /20-build started from.*; no|10-media is about/],
      [{ ...all, '20-build': build(undefined, stranger) }, /20-build is about/],
      [{ ...all, '30-harden': tested('harden', stranger) }, /20-build is about/],
      [{ ...all, '40-fvt': tested('run-fvt', stranger, stranger) }, /40-fvt is about/],
    ];
    for (const [statements, message] of cases) {
      expect(determineChain(named(statements), hard).gaps.join('; ')).toMatch(message);
    }
  });

  it('has a gap where a statement names no start, two disagree, or they go in a circle', () => {
    const mute = determineChain(named({ ...all, '20-build': build(null) }), hard);
    expect(mute.gaps).toContain('20-build does not name the digest that it started from');
    const two = determineChain(named({ ...all, '31-harden': tested('harden', artifact('x')) }), hard);
    expect(two.gaps[0]).toMatch(/^30-harden and 31-harden disagree/);
    const circle = { a: tested('a', built, hard), b: tested('b', hard, built) };
    expect(determineChain(named(circle), hard).gaps[0]).toMatch(/go round in a circle/);
  });

  it('property: leaving out or exchanging any one statement but the last leaves no whole chain from the medium', () => {
    const names = Object.keys(all).filter((name) => name !== '40-fvt');
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.string({ minLength: 1 }),
        fc.boolean(),
        (name, text, drop) => {
          const foreign = { ...artifact('foreign', `foreign ${text}`) };
          const statement = all[name];
          const changed = { ...statement, subject: [foreign] } as Statement;
          const rest = Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));
          const chain = determineChain(named(drop ? rest : { ...rest, [name]: changed }), hard);
          return chain.gaps.length > 0 || chain.origin !== 'medium';
        },
      ),
    );
  });
});
