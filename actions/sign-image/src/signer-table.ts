import path from 'node:path';
import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { Check } from '@golden-image/evidence';

/** One row a signer: who it is, what they signed, with which kinds of signature, and, where it is proven, before when. */
export function signerTable(checks: readonly Check[]): string {
  const signed = checks.filter((check) => check.status === 'pass' && check.by !== undefined);
  const signers = [...Map.groupBy(signed, ({ by, issuer }) => `${issuer ?? ''} ${by}`).values()];
  if (signers.length === 0) {
    return 'No signature by anybody whom you trust holds.';
  }
  const dated = signed.some(({ at }) => at !== undefined);
  const head = ['signer', 'signed', 'with', ...(dated ? ['signed before (UTC)'] : [])];
  return table(
    head,
    signers.map((own) => [whose(own), things(own), kinds(own), ...(dated ? [latest(own)] : [])]),
  );
}

/** How the kinds of checks are called among people. */
const WITH: Readonly<Record<Check['kind'], string>> = {
  checksums: 'checksums',
  openpgp: 'OpenPGP',
  openssl: 'openssl',
  sigstore: 'sigstore',
  minisign: 'minisign',
  glance: 'Glance',
  statement: 'in-toto',
};

function whose([check]: readonly Check[]): string {
  const { by = '', issuer, kind } = check ?? {};
  if (issuer !== undefined) {
    return `${code(by)}, says ${code(issuer)}`;
  }
  const sort = kind === 'openpgp' ? 'OpenPGP key' : kind === 'minisign' ? 'minisign key' : 'key';
  return `${sort} ${code(by.replace(/^minisign:/, ''))}`;
}

/** The files, each once, and the statements by name. */
function things(own: readonly Check[]): string {
  const files = own.filter(({ kind }) => kind !== 'statement').map(({ subject }) => code(subject));
  const statements = own
    .filter(({ kind }) => kind === 'statement')
    .map(({ subject }) => code(path.basename(subject, '.json')));
  const about = statements.length === 0 ? [] : [`the statements ${statements.join(', ')}`];
  return [...new Set(files), ...about].join(', ');
}

/** The time before which all was signed that has a proven time; with the kinds that have one, where others have none. */
function latest(own: readonly Check[]): string {
  const dated = own.filter(({ at }) => at !== undefined);
  const [last] = dated
    .map(({ at = '' }) => at)
    .sort()
    .toReversed();
  if (last === undefined) {
    return '';
  }
  const time = last.slice(0, 19).replace('T', ' ');
  return dated.length === own.length ? time : `${time} (${kinds(dated)})`;
}

function kinds(own: readonly Check[]): string {
  return escapeMarkdown([...new Set(own.map(({ kind }) => WITH[kind]))].join(', '));
}

/** What did not pass, one line a reason with all files that it holds for. */
export function reasonLines(checks: readonly Check[], status: 'fail' | 'unknown'): readonly string[] {
  const own = checks.filter((check) => check.status === status);
  return [...Map.groupBy(own, ({ reason }) => reason ?? '')].map(
    ([reason, files]) => `- ${escapeMarkdown(reason)}: ${files.map(({ file }) => code(file)).join(', ')}`,
  );
}
