import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from './policy-file.ts';

const messageOf = (text: string): string => {
  try {
    parsePolicy(text, 'policy.yml');
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-policy' });
    return (error as Error).message;
  }
};

/** The example of the design notes: every section. */
const full = `version: 1
changes:
  - paths: [build/**, hardening/**, .github/**]
    approvals: {min: 2, teams: [image-maintainers], not: [author, committer, co-author, pusher]}
quality:
  coverage: {lines: 80, patch: 90, max-drop: 0.5}
  findings: {new: {error: 0, warning: 0}, total: {error: 0}}
environments:
  staging:    {refs: [main]}
  production: {refs: ["v*"], reviewers: [release-owner], self-review: deny, admin-bypass: deny}
release:
  require:
    - {predicate: slsa-provenance/v1}
    - {predicate: test-result/v0.1, suite: run-fvt, result: PASSED, max-age: 7d}
    - {predicate: test-result/v0.1, suite: harden, min-score: 90}
  emit: vsa
exceptions: [{rule: release.harden.min-score, until: 2026-12-31, approved-by: release-owner, reason: vendor fix}]
`;

describe('a policy', () => {
  it('may hold every section, with defaults for what is left out', () => {
    const policy = parsePolicy(full, 'policy.yml');
    expect(policy.release).toMatchObject({ origin: 'medium', signatures: ['sigstore'], emit: 'vsa' });
    expect(policy.release?.require[1]).toMatchObject({ 'max-age': 7 * 86_400 });
    expect(policy.environments?.production?.['admin-bypass']).toBe('deny');
  });

  it.each([
    ['an unknown key', 'version: 1\nreleases: {}\n', 'policy.yml:2:1 unknown key releases'],
    [
      'an unknown key inside',
      full.replace('emit: vsa', 'emits: vsa'),
      'policy.yml:16:3 unknown key release.emits',
    ],
    ['a key twice', 'version: 1\nversion: 1\n', 'policy.yml:2:1 Map keys must be unique'],
    ['another version', 'version: 2\n', 'policy.yml:1:1 version'],
    ['no version', 'release:\n  require: [{predicate: medium/v1}]\n', 'version'],
    ['broken YAML', 'version: [1\n', 'policy.yml:2:1'],
    ['a wrong age', full.replace('7d', '7w'), 'policy.yml:14:69 release.require.1.max-age: expected an age'],
    [
      'a wrong predicate',
      full.replace('slsa-provenance/v1', 'slsa'),
      'policy.yml:13:8 release.require.0.predicate',
    ],
    [
      'a score of a wrong kind',
      full.replace('min-score: 90', 'min-score: high'),
      'release.require.2.min-score',
    ],
    ['a score above 100', full.replace('min-score: 90', 'min-score: 101'), 'release.require.2.min-score'],
    ['a suite for provenance', full.replace('v1}', 'v1, suite: x}'), 'suite, result and min-score belong to'],
    ['an exception without a reason', full.replace(', reason: vendor fix', ''), 'exceptions.0.reason'],
    [
      'an exception without an end',
      full.replace('2026-12-31', 'never'),
      'policy.yml:17:47 exceptions.0.until',
    ],
    [
      'a bypass of another kind',
      'version: 1\nrepository: {bypass: [user:ada]}\n',
      'repository.bypass.0: expected team',
    ],
    ['a list', '- version: 1\n', 'the document'],
    ['nothing', '', 'the document'],
  ])('with %s is refused where it stands', (_what, text, expected) => {
    expect(messageOf(text)).toContain(expected);
  });

  it('with aliases that multiply is refused', () => {
    const levels = Array.from(
      { length: 12 },
      (_unused, index) => `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}x]`,
    );
    const before = performance.now();
    expect(() => parsePolicy(`a-1: &a-1 [x]\n${levels.join('\n')}\n`, 'policy.yml')).toThrow(/alias/i);
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('asks the most of a repository where it says nothing else', () => {
    expect(parsePolicy('version: 1\nrepository: {}\n', 'policy.yml').repository).toEqual({
      branches: ['~DEFAULT_BRANCH'],
      checks: ['gate'],
      'code-owners': true,
      'merge-queue': false,
      'linear-history': false,
      'signed-commits': false,
      bypass: [],
      'direct-access': [],
    });
  });

  it('names every mistake at once', () => {
    const message = messageOf('version: 2\nfoo: 1\nrelease: {require: []}\n');
    expect(message.match(/policy\.yml:\d+:\d+/g)?.length).toBeGreaterThanOrEqual(3);
  });
});
