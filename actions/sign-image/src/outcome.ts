import type { ActionOutcome, InputsOf } from '@golden-image/action-kit';
import type { ProvenBy } from '@golden-image/evidence';
import type { ImageSource } from '@golden-image/image-folder';
import type { definition } from './definition.ts';

export type Inputs = InputsOf<typeof definition>;
export type Outcome = ActionOutcome<keyof typeof definition.outputs>;

/** For people: `debian-13 20261124`, or the disk's file name. */
export function title({ name, version }: ImageSource): string {
  return [name, version].filter(Boolean).join(' ');
}

/** `openpgp, sigstore (keyless)`. */
export function methodNames(provenBy: readonly ProvenBy[]): string {
  return provenBy
    .map(({ method, issuer }) =>
      method === 'sigstore' ? `sigstore (${issuer === undefined ? 'key' : 'keyless'})` : method,
    )
    .sort()
    .join(', ');
}
