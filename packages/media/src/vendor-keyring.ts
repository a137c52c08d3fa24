import { VENDOR_KEYS } from './vendor-keys.ts';
import { type Vendor, vendorFingerprints } from './vendors.ts';

/**
 * The pinned keys of a vendor; RPM vendors sign their packages and repositories with them. That each has the fingerprint
 * it is listed under is tested.
 */
export function vendorKeyring(vendor: Vendor): readonly Uint8Array[] {
  return vendorFingerprints(vendor).map((fingerprint) => {
    const text = VENDOR_KEYS[fingerprint];
    if (text === undefined) {
      throw new Error(`no key of ${vendor} is bundled for ${fingerprint}`);
    }
    return Buffer.from(text, 'base64');
  });
}

/** Each public key of some files in an armored block of its own; what no reader here knows is left out. */
export async function armoredKeys(sources: readonly Uint8Array[]): Promise<readonly string[]> {
  // openpgp.js takes a good part of an action's start to load, and few builds need it.
  const { readKeyring } = await import('./openpgp-keys.ts');
  const { keys } = await readKeyring(sources);
  return keys.map((key) => key.armor());
}
