import type { PublicKey } from '@golden-image/evidence';
import { type Approval, checkApproval } from '@golden-image/policy';

/** The approval of a version that is in the catalog. @throws UserError `not-approved` */
export function restoreApproval(
  record: { readonly image: string; readonly version: string; readonly disk: { readonly sha256: string } },
  bundle: string,
  keys: readonly PublicKey[],
  now: Date,
): Approval {
  return checkApproval({
    bundle,
    keys,
    disk: record.disk,
    image: record.image,
    version: record.version,
    now,
  });
}
