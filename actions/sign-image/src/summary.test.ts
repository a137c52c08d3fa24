import type { Check, FolderReport, Proof, SignResult } from '@golden-image/evidence';
import { describe, expect, it } from '@jest/globals';
import { signSummary, verifySummary } from './summary.ts';

const KEY = `sha256:${'a'.repeat(64)}`;
const IDENTITY = 'https://github.com/example/images/.github/workflows/golden-image.yml@refs/heads/main';
const ISSUER = 'https://token.actions.githubusercontent.com';
const pass = (kind: Check['kind'], file: string, subject: string, more: Partial<Check> = {}): Check => ({
  ...{ kind, file, subject, status: 'pass' },
  ...more,
});

const listed = pass('checksums', 'SHA256SUMS', 'all artefacts');
const byKey: readonly Check[] = [
  pass('openssl', 'SHA256SUMS.sig', 'SHA256SUMS', { by: KEY }),
  pass('openssl', 'disk.qcow2.sig', 'disk.qcow2', { by: KEY }),
  pass('glance', 'disk.qcow2.glance.json', 'disk.qcow2', { by: KEY }),
];
const byOpenPgp: readonly Check[] = [
  pass('openpgp', 'SHA256SUMS.gpg', 'SHA256SUMS', { by: 'F817D2A8' }),
  pass('openpgp', 'SHA256SUMS.clearsigned', 'SHA256SUMS', { by: 'F817D2A8' }),
];
const keyless = (at: readonly (string | undefined)[]): readonly Check[] => [
  pass('sigstore', 'disk.qcow2.sigstore.json', 'disk.qcow2', at[0] ? { ...who, at: at[0] } : who),
  pass(
    'statement',
    '40-fvt.intoto.sigstore.json',
    'evidence/40-fvt.json',
    at[1] ? { ...who, at: at[1] } : who,
  ),
  pass('statement', 'release.intoto.sigstore.json', 'release', at[1] ? { ...who, at: at[1] } : who),
];
const who = { by: IDENTITY, issuer: ISSUER };
const chain: SignResult['chain'] = { links: [], origin: 'open', gaps: [] };

const result = (checks: readonly Check[]): SignResult => ({
  ...{ sha256: 'd'.repeat(64), chain, checks, checksums: [], signatures: [], bundles: [], attestations: [] },
  ...{ publicKeys: undefined, identity: undefined, provenBy: [], verifyCommands: [], uploaded: [] },
});
const signed = (checks: readonly Check[]): string => signSummary('debian-13 1', result(checks), false);
const verified = (checks: readonly Check[], problems: readonly string[] = []): string => {
  const report: FolderReport = { digests: new Map(), checks, statements: [] };
  const proof: Proof = { sha256: 'd'.repeat(64), provenBy: [], chain, problems };
  return verifySummary('debian-13 1', report, proof, problems);
};

/** The rows of the first table. */
function rows(summary: string): string[] {
  const lines = summary.split('\n');
  const head = lines.findIndex((line) => line.startsWith('| signer'));
  return lines.slice(head + 2, lines.indexOf('', head));
}

describe('the table of signers', () => {
  it('has one row for each, with what they signed and how', () => {
    const checks = [
      listed,
      ...byOpenPgp,
      ...byKey,
      pass('minisign', 'x.minisig', 'x', { by: 'minisign:D301' }),
    ];
    expect(rows(signed(checks))).toEqual([
      '| OpenPGP key <code>F817D2A8</code> | <code>SHA256SUMS</code> | OpenPGP |',
      `| key <code>${KEY}</code> | <code>SHA256SUMS</code>, <code>disk.qcow2</code> | openssl, Glance |`,
      '| minisign key <code>D301</code> | <code>x</code> | minisign |',
    ]);
  });

  it('names statements, issuer, and the time before which all of it was signed', () => {
    const checks = keyless(['2026-11-24T10:00:00.000Z', '2026-11-24T10:00:07.000Z']);
    const [row = '', ...others] = rows(signed(checks));
    expect(others).toEqual([]);
    const shown = `<code>${IDENTITY}</code>, says <code>${ISSUER}</code>`;
    expect(row).toContain(shown.replaceAll('://', ':&#47;/'));
    expect(row).toContain(
      '<code>disk.qcow2</code>, the statements <code>40-fvt</code>, <code>release</code> | sigstore, in\\-toto |',
    );
    expect(row).toMatch(/ \| 2026-11-24 10:00:07 \|$/);
    expect(signed(checks)).toContain('signed before (UTC)');
  });

  it('says what has a time where not everything has one, and has no column for it where nothing has', () => {
    const [row] = rows(signed(keyless(['2026-11-24T10:00:00.000Z', undefined])));
    expect(row).toMatch(/ \| 2026-11-24 10:00:00 \(sigstore\) \|$/);
    const [openpgp] = rows(signed([...byOpenPgp, ...keyless(['2026-11-24T10:00:00.000Z', undefined])]));
    expect(openpgp).toMatch(/ \| OpenPGP \| {2}\|$/);
    expect(signed(byKey)).not.toContain('UTC');
  });

  it('keeps the same name by two issuers apart', () => {
    const [one] = keyless([undefined]);
    expect(
      rows(signed([...keyless([undefined]), { ...(one as Check), issuer: 'https://other' }])),
    ).toHaveLength(2);
  });
});

describe('the summary of verify', () => {
  it('says why not, each reason once with its files, and shows no failed signature as a signer', () => {
    const failed = byKey.map(({ by: _by, ...check }): Check => ({ ...check, status: 'fail', reason: 'no' }));
    const problems = [...failed.map(({ file }) => `${file}: no`), 'disk.qcow2 is missing'];
    const summary = verified([listed, ...failed], problems);
    expect(summary).toContain('debian\\-13 1: not proven');
    expect(summary.split('### Why not\n\n')[1]?.split('\n\n')[0]).toBe(
      [
        '- disk.qcow2 is missing',
        `- no: ${failed.map(({ file }) => `<code>${file}</code>`).join(', ')}`,
      ].join('\n'),
    );
    expect(summary).toContain('No signature by anybody whom you trust holds.');
  });

  it('names what there was no key for', () => {
    const unknown: Check = {
      kind: 'minisign',
      file: 'x.minisig',
      subject: 'x',
      status: 'unknown',
      reason: 'none',
    };
    const summary = verified([listed, ...byKey, unknown]);
    expect(summary).toContain(': proven');
    expect(summary).toContain('### Not checked\n\n- none: <code>x.minisig</code>');
    expect(summary).not.toContain('### Why not');
  });

  it('folds the list of all checks away', () => {
    const summary = verified([listed, ...byKey]);
    expect(summary).toContain('<details>\n<summary>All 4 checks</summary>\n\n| ');
    expect(summary).toContain('<code>disk.qcow2.glance.json</code> |\n\n</details>');
  });
});
