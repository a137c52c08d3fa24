import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { VerifiedMedium } from '@golden-image/media';

/** What the medium is and who vouches for it, as Markdown. */
export function summary(verified: VerifiedMedium): string {
  const { medium, signer } = verified;
  const signed = signer
    ? `${escapeMarkdown(signer.name)} ${code(signer.fingerprint)} on ${signer.signedAt.toISOString().slice(0, 10)}`
    : 'nobody: only the given digest vouches for it';
  const what = [medium.distribution, medium.version, medium.architecture].filter(Boolean).join(' ');
  const rows = [
    ['Medium', code(verified.path.split('/').at(-1) ?? '')],
    ['SHA-256', code(verified.sha256)],
    ['Size', `${(verified.size / 1e6).toFixed(1)} MB${verified.cacheHit ? ', from the cache' : ''}`],
    ['Signed by', signed],
    ['Format', medium.format],
    ['Holds', what === '' ? 'not said by the medium' : escapeMarkdown(what)],
    ...(medium.volumeId === undefined ? [] : [['Volume id', code(medium.volumeId)]]),
    ['Package repositories', medium.repositories.map(code).join(', ') || 'none'],
  ];
  const outdated = verified.outdated ? [`> [!WARNING]\n> ${escapeMarkdown(verified.outdated)}`] : [];
  return ['## Verified medium', table(['', ''], rows), ...outdated].join('\n\n').concat('\n');
}
