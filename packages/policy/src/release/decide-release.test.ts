import { readFileSync } from 'node:fs';
import path from 'node:path';
import { predicateTypes } from '@golden-image/evidence';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BUILT, DISK, goodFacts, statement, statements } from '../../test/facts.ts';
import type { Fact, Facts } from '../facts/facts.ts';
import { parseFacts } from '../facts/facts.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import { decideRelease } from './decide-release.ts';
import { releaseTable } from './release-table.ts';

const example = readFileSync(
  path.resolve(import.meta.dirname, '../../../../examples/debian-13/image-policy.yml'),
  'utf8',
);
function decide(facts: Facts, text: string = example) {
  const policy = parsePolicy(text, 'policy.yml');
  if (!policy.release) {
    throw new Error('no release');
  }
  return decideRelease({ ...policy, release: policy.release }, facts);
}
const change = (name: string, edit: (fact: Fact) => Fact): Facts =>
  goodFacts(statements.map((fact) => (fact.kind === 'statement' && fact.name === name ? edit(fact) : fact)));
const withValue = (name: string, value: object): Facts =>
  change(name, (fact) => ({ ...fact, value: { ...(fact as { value: object }).value, ...value } }) as Fact);

describe('a release', () => {
  it('is approved when everything is there', () => {
    const decision = decide(goodFacts());
    expect(decision.reasons).toEqual([]);
    expect(decision.decision).toBe('approved');
    expect(decision.findings.every((entry) => entry.status === 'met' && entry.next === '')).toBe(true);
    expect(releaseTable(goodFacts())).toEqual({
      imageName: 'debian-13 1',
      digest: `sha256:${DISK}`,
      score: '97.3 %',
      cases: '20 passed, 0 failed, 1 skipped, 6 not run',
      signatures: 'openpgp, sigstore (key)',
    });
  });

  const without = (name: string): Facts =>
    goodFacts(statements.filter((fact) => fact.kind === 'statement' && fact.name !== name));

  it.each<[string, Facts, RegExp]>([
    ['no medium', without('10-media'), /medium\/v1 statement about this image: there is none/],
    ['no provenance', without('20-build'), /slsa-provenance\/v1 statement about this image: there is none/],
    ['no hardening', without('30-harden'), /harden statement about this image: there is none/],
    ['no functional result', without('40-fvt'), /run-fvt statement about this image: there is none/],
    ['FAILED', withValue('40-fvt', { result: 'FAILED' }), /run-fvt says PASSED: 40-fvt says FAILED/],
    ['WARNED', withValue('40-fvt', { result: 'WARNED' }), /run-fvt says PASSED: 40-fvt says WARNED/],
    ['no result', withValue('40-fvt', { result: undefined }), /run-fvt says PASSED: 40-fvt says nothing/],
    [
      'PASSED with a failed case',
      withValue('40-fvt', { cases: { passed: 20, warned: 0, failed: 1 } }),
      /1 failed/,
    ],
    ['zero cases', withValue('40-fvt', { cases: { passed: 0, warned: 0, failed: 0 } }), /0 passed/],
    [
      'a result of another disk',
      withValue('40-fvt', { subjects: [BUILT] }),
      /run-fvt statement .*there is none/,
    ],
    ['provenance of a stranger', withValue('20-build', { subjects: ['f'.repeat(64)] }), /slsa-provenance/],
    ['another suite', withValue('40-fvt', { suite: 'other' }), /run-fvt statement .*there is none/],
    ['a low score', withValue('30-harden', { score: 89.99 }), /harden scores at least 90 %: 90\.0 %|89\.9/],
    ['no score', withValue('30-harden', { score: undefined }), /names no score/],
    ['no time', withValue('40-fvt', { finishedOn: undefined }), /40-fvt names no time/],
    [
      'a hardening that failed',
      withValue('30-harden', { result: 'FAILED' }),
      /No result says that harden failed/,
    ],
    [
      'an unsigned statement',
      change('40-fvt', (fact) => ({ ...fact, status: 'fail', detail: 'not signed' }) as Fact),
      /Every statement is signed by a trusted key: not signed/,
    ],
  ])('is refused for %s', (_what, facts, reason) => {
    const decision = decide(facts);
    expect(decision.decision).toBe('refused');
    expect(decision.reasons.join('\n')).toMatch(reason);
    expect(
      decision.findings.filter((entry) => entry.status !== 'met').every((entry) => entry.next !== ''),
    ).toBe(true);
  });

  it('goes by the newest result, and by the failing one of two at the same time', () => {
    const passed = { suite: 'run-fvt', result: 'PASSED', cases: { passed: 1, warned: 0, failed: 0 } };
    const failed = { ...passed, result: 'FAILED' };
    const decisionOf = (...extra: Fact[]) =>
      decide(goodFacts([...statements.slice(0, 3), ...extra])).decision;
    expect(decisionOf(statement('40', passed, 2), statement('41', failed, 1))).toBe('refused');
    expect(decisionOf(statement('40', failed, 2), statement('41', passed, 1))).toBe('approved');
    expect(decisionOf(statement('40', passed, 1), statement('41', failed, 1))).toBe('refused');
    expect(decisionOf(statement('40', failed, 1), statement('41', passed, 1))).toBe('refused');
  });

  it('goes by a result without a time before any with one: nobody knows that it is older', () => {
    const failed = { suite: 'run-fvt', result: 'FAILED', finishedOn: undefined };
    expect(decide(goodFacts([...statements, statement('41', failed)])).decision).toBe('refused');
  });

  it('does not know an unsigned statement, whatever it says', () => {
    const unsigned = change('40-fvt', (fact) => ({ ...fact, status: 'fail' }) as Fact);
    expect(decide(unsigned).reasons.join('\n')).toMatch(/run-fvt statement about this image: there is none/);
  });

  it('without any statement has none that is signed, which is not a question of knowing', () => {
    const { findings } = decide(goodFacts([]));
    expect(findings.find(({ rule }) => rule === 'release.statements')?.status).toBe('not-met');
  });

  it('of a folder that cannot be read is refused for that alone', () => {
    const good = goodFacts();
    const facts = good.facts.map((fact) =>
      fact.kind === 'image' ? ({ ...fact, status: 'fail', detail: 'no image.json' } as Fact) : fact,
    );
    for (const list of [facts, facts.slice(0, 1), facts.slice(1)]) {
      const { decision, reasons } = decide({ ...good, facts: list });
      expect(decision).toBe('refused');
      expect(reasons).toEqual([expect.stringMatching(/^The image folder is complete and readable: no /)]);
    }
  });

  it('is refused for a failed suite that the policy does not ask for', () => {
    const other = statement('50-scan', { suite: 'penetration', result: 'FAILED' });
    expect(decide(goodFacts([...statements, other])).reasons.join()).toMatch(/penetration failed/);
  });

  it.each([
    [7 * 24, 'approved'],
    [7 * 24 + 1, 'refused'],
    [-0.05, 'approved'],
    [-1, 'refused'],
  ] as const)('judges an age of %d h at the time of the facts: %s', (hours, expected) => {
    const fvt = statement(
      '40-fvt',
      { suite: 'run-fvt', result: 'PASSED', cases: { passed: 1, warned: 0, failed: 0 } },
      hours,
    );
    expect(decide(goodFacts([...statements.slice(0, 3), fvt])).decision).toBe(expected);
  });

  it('needs the chain to begin at a medium unless the policy says otherwise, and to end at the disk', () => {
    const edit = (value: object): Facts => {
      const facts = goodFacts();
      return {
        ...facts,
        facts: facts.facts.map((fact) =>
          fact.kind === 'chain' ? ({ ...fact, value: { ...fact.value, ...value } } as Fact) : fact,
        ),
      };
    };
    expect(decide(edit({ origin: 'open' })).reasons.join()).toMatch(/no statement says from which medium/);
    expect(decide(edit({ digests: [BUILT] })).reasons.join()).toMatch(/does not end at this disk/);
    const any =
      'version: 1\nrelease: {origin: any, require: [{predicate: test-result/v0.1, suite: run-fvt}]}\n';
    expect(decide(edit({ origin: 'open', digests: [DISK] }), any).decision).toBe('approved');
  });

  it('asks for the signatures that the policy names, and tolerates no wrong one', () => {
    const edit = (method: string, status: string): Facts => {
      const facts = goodFacts();
      return {
        ...facts,
        facts: facts.facts.map((fact) =>
          fact.kind === 'signature' && fact.value.method === method ? ({ ...fact, status } as Fact) : fact,
        ),
      };
    };
    const both = example.replace('[sigstore]', '[sigstore, openpgp]');
    expect(decide(edit('openpgp', 'unknown')).decision).toBe('approved');
    expect(decide(edit('openpgp', 'unknown'), both).decision).toBe('refused');
    expect(decide(edit('openpgp', 'fail')).decision).toBe('refused');
    expect(decide(edit('sigstore', 'unknown')).decision).toBe('refused');
    expect(decide(goodFacts(), both).decision).toBe('approved');
  });
});

describe('exceptions', () => {
  const exception = (rule: string, until: string): string =>
    `${example}exceptions:\n  - {rule: ${rule}, until: ${until}, approved-by: release-owner, reason: waiting for the vendor}\n`;
  const low = withValue('30-harden', { score: 80 });

  it('cover one rule until their last day', () => {
    const decision = decide(low, exception('release.harden.min-score', '2026-11-24'));
    expect(decision.decision).toBe('approved');
    expect(decision.findings.find((entry) => entry.status === 'excepted')).toMatchObject({
      rule: 'release.harden.min-score',
      by: 'release-owner',
      found: expect.stringContaining('accepted until 2026-11-24: waiting for the vendor'),
    });
    expect(decide(low, exception('release.harden.min-score', '2026-11-23')).reasons.join()).toMatch(
      /the exception of release-owner ended on 2026-11-23/,
    );
    expect(decide(low, exception('release.run-fvt.max-age', '2026-12-31')).decision).toBe('refused');
  });

  it('never cover what is unknown', () => {
    const unscored = withValue('30-harden', { score: undefined });
    expect(decide(unscored, exception('release.harden.min-score', '2026-12-31')).decision).toBe('refused');
  });

  it.each([
    'release.disk',
    'release.chain',
    'release.statements',
    'release.signature.sigstore',
    'changes.1.approvals',
    'quality.jobs.test',
    'quality',
  ])('cannot be made for %s', (rule) => {
    expect(() => decide(goodFacts(), exception(rule, '2026-12-31'))).toThrow(/can have an exception/);
  });
});

describe('properties', () => {
  const status = fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const);
  const result = fc.constantFrom('PASSED', 'WARNED', 'FAILED', undefined);
  const count = fc.integer({ min: 0, max: 2 });
  const test = fc.record({
    suite: fc.constantFrom('harden', 'run-fvt', 'other'),
    result,
    score: fc.option(fc.constantFrom(80, 95), { nil: undefined }),
    cases: fc.record({ passed: count, warned: count, failed: count }),
    hours: fc.constantFrom(-2, 1, 2, 300),
    mine: fc.boolean(),
    status,
  });
  /** Good facts, some of them made worse, some test results added. */
  const facts = fc
    .record({
      statuses: fc.array(fc.tuple(fc.nat(20), status), { maxLength: 2 }),
      tests: fc.array(test, { maxLength: 3 }),
    })
    .map(({ statuses, tests }): Facts => {
      const extra = tests.map(
        ({ hours, mine, status: state, ...value }, index) =>
          ({
            ...statement(`5${index}`, { ...value, subjects: [mine ? DISK : BUILT] }, hours),
            status: state,
          }) as Fact,
      );
      const all = goodFacts([...statements, ...extra]);
      const changed = new Map(statuses);
      return {
        ...all,
        facts: all.facts.map(
          (fact, index) => ({ ...fact, status: changed.get(index) ?? fact.status }) as Fact,
        ),
      };
    });

  it('removing a fact never turns refused into approved', () => {
    fc.assert(
      fc.property(facts, fc.nat(), (value, pick) => {
        fc.pre(decide(value).decision === 'refused');
        const at = pick % value.facts.length;
        const fewer = { ...value, facts: value.facts.filter((_fact, index) => index !== at) };
        return decide(fewer).decision === 'refused';
      }),
      { numRuns: 500 },
    );
  });

  it('making a fact worse never turns refused into approved', () => {
    const worse = { pass: 'unknown', unknown: 'fail', fail: 'fail' } as const;
    fc.assert(
      fc.property(facts, fc.nat(), (value, pick) => {
        fc.pre(decide(value).decision === 'refused');
        const at = pick % value.facts.length;
        const changed = value.facts.map((fact, index) =>
          index === at ? ({ ...fact, status: worse[fact.status] } as Fact) : fact,
        );
        return decide({ ...value, facts: changed }).decision === 'refused';
      }),
      { numRuns: 500 },
    );
  });

  it('the order of the facts changes nothing, nor does saving them', () => {
    fc.assert(
      fc.property(facts, (value) => {
        const reversed = { ...value, facts: value.facts.toReversed() };
        const saved = parseFacts(JSON.stringify(value), 'facts.json');
        expect(decide(reversed).decision).toBe(decide(value).decision);
        expect(decide(saved)).toEqual(decide(value));
      }),
    );
  });

  it('no facts at all, or empty requirements, approve nothing', () => {
    expect(decide({ ...goodFacts(), facts: [] }).decision).toBe('refused');
    expect(() => decide(goodFacts(), 'version: 1\nrelease: {require: []}\n')).toThrow(/release\.require/);
  });

  it('a fact that is there twice is not replayed', () => {
    const value = goodFacts();
    const twice = JSON.stringify({ ...value, facts: [...value.facts, value.facts[1]] });
    expect(() => parseFacts(twice, 'facts.json')).toThrow(/does not hold facts/);
    expect(predicateTypes.medium).toBeDefined();
  });
});
