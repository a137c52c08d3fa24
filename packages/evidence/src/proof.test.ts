import { describe, expect, it } from '@jest/globals';
import type { Check, TrustedKeys } from './check.ts';
import { judgeReport, type Proof } from './proof.ts';
import { createStatement, predicateTypes } from './statement.ts';
import type { FolderReport } from './verify-folder.ts';

const SHA256 = 'd'.repeat(64);
const KEY = `sha256:${'a'.repeat(64)}`;
const digests = new Map([['disk.qcow2', { sha256: SHA256, sha512: '', bytes: 1 }]]);
/** Whether trust was given is all that counts here: the checks hold what came of it. */
const given = (...names: (keyof TrustedKeys)[]): TrustedKeys =>
  Object.fromEntries(names.map((name) => [name, {}])) as TrustedKeys;

const check = (kind: Check['kind'], subject: string, more: Partial<Check> = {}): Check => ({
  ...{ kind, subject, file: `${subject}.${kind}`, status: 'pass', by: KEY },
  ...more,
});
const list = (status: Check['status'] = 'pass', file = 'SHA256SUMS'): Check => ({
  ...{ kind: 'checksums', file, subject: 'all artefacts', status },
  ...(status === 'pass' ? {} : { reason: 'x is missing' }),
});
const failed = (one: Check): Check => ({ ...one, status: 'fail', reason: 'it is not' });

function judge(
  checks: readonly Check[],
  trust: TrustedKeys = {},
  more: Partial<FolderReport> = {},
): Pick<Proof, 'problems'> & { readonly methods: readonly string[] } {
  const report: FolderReport = { digests, checks, statements: [], ...more };
  const { problems, provenBy } = judgeReport(report, { disk: 'disk.qcow2', ...trust });
  return { problems, methods: provenBy.map(({ method }) => method) };
}

describe('what covers the disk', () => {
  it('is a signature of its own, or one of the SHA-256 list where that list is right', () => {
    expect(judge([check('sigstore', 'disk.qcow2')]).methods).toEqual(['sigstore']);
    expect(judge([list(), check('openpgp', 'SHA256SUMS')]).methods).toEqual(['openpgp']);
  });

  it.each<[string, readonly Check[]]>([
    ['a list that is wrong', [list('fail'), check('openpgp', 'SHA256SUMS')]],
    ['a list that nobody looked at', [check('openpgp', 'SHA256SUMS')]],
    ['another list that is right', [list('pass', 'SHA512SUMS'), check('openpgp', 'SHA256SUMS')]],
    ['a signature of the other list', [list(), list('pass', 'SHA512SUMS'), check('openpgp', 'SHA512SUMS')]],
    ['a signature that fails', [list(), failed(check('sigstore', 'disk.qcow2'))]],
    ['one that was not checked', [list(), check('minisign', 'disk.qcow2', { status: 'unknown' })]],
    ['a signature of another file', [list(), check('sigstore', 'notes.txt')]],
    ['an openssl signature, which is no method by itself', [list(), check('openssl', 'disk.qcow2')]],
  ])('is not %s', (_what, checks) => {
    expect(judge(checks).methods).toEqual([]);
  });

  it('names who, whose issuer says so, and since when', () => {
    const by = { by: 'https://example.org/w', issuer: 'https://issuer', at: '2026-11-24T00:00:00.000Z' };
    const report = { digests, checks: [check('sigstore', 'disk.qcow2', by)], statements: [] };
    expect(judgeReport(report, { disk: 'disk.qcow2' }).provenBy).toEqual([{ method: 'sigstore', ...by }]);
  });
});

describe('problems', () => {
  const all: readonly Check[] = [
    list(),
    check('sigstore', 'disk.qcow2'),
    check('sigstore', 'disk.qcow2', { issuer: 'https://issuer' }),
    check('openpgp', 'SHA256SUMS'),
    check('minisign', 'disk.qcow2'),
  ];

  it('are none when everything that was given proves the disk', () => {
    expect(judge(all, given('publicKey', 'identity', 'openpgpKey', 'minisignKey')).problems).toEqual([]);
    expect(judge([list(), check('openssl', 'disk.qcow2')], given('publicKey')).problems).toEqual([]);
  });

  it.each<[keyof TrustedKeys, RegExp, (one: Check) => boolean]>([
    ['publicKey', /^no sigstore or openssl signature by the key given covers/, ({ issuer }) => !!issuer],
    ['identity', /^no sigstore signature by the identity given covers/, ({ issuer }) => !issuer],
    ['openpgpKey', /^no openpgp signature by the key given covers/, ({ kind }) => kind !== 'openpgp'],
    ['minisignKey', /^no minisign signature by the key given covers/, ({ kind }) => kind !== 'minisign'],
  ])('are that what was given as %s proves nothing, whatever others prove', (name, message, others) => {
    const rest = all.filter((one) => one.kind === 'checksums' || others(one));
    expect(judge(rest, given(name)).problems).toEqual([expect.stringMatching(message)]);
  });

  it('are every check that failed, of files and of statements, and none that was not made', () => {
    const bad = failed(check('statement', 'evidence/40-fvt.json', { file: '40-fvt.intoto.sigstore.json' }));
    const unknown = check('minisign', 'disk.qcow2', { status: 'unknown', reason: 'no key' });
    const { problems } = judge(
      [list('fail', 'SHA512SUMS'), unknown],
      {},
      {
        statements: [{ name: '40-fvt', check: bad }],
      },
    );
    expect(problems).toEqual(['SHA512SUMS: x is missing', '40-fvt.intoto.sigstore.json: it is not']);
  });

  it('are a disk that is not there, and a gap in the chain', () => {
    expect(judge([list()], {}, { digests: new Map() }).problems).toEqual(['disk.qcow2 is missing']);
    const subject = { name: 'elsewhere.qcow2', digest: { sha256: 'e'.repeat(64) } };
    const statement = createStatement({ subject, predicateType: predicateTypes.spdx, predicate: {} });
    const statements = [{ name: 'sbom-spdx', statement, check: check('statement', 'sbom-spdx') }];
    expect(judge([list()], {}, { statements }).problems).toEqual([
      expect.stringMatching(/^sbom-spdx is about elsewhere\.qcow2 sha256:e{12}…, which is not part/),
    ]);
  });
});
