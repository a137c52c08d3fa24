import path from 'node:path';
import { parseBundle } from './bundle.ts';
import { type Check, type CheckContext, outcome, readText, type SignedBy, unchecked } from './check.ts';
import { type BundleSigner, signedWith } from './sigstore/verify.ts';

/**
 * Checks a file that holds a sigstore bundle: with the key or the identity that it asks for, where one was given.
 *
 * @param verify checks the text of the bundle
 */
export async function checkBundle(
  { request, signatures }: CheckContext,
  check: Omit<Check, 'status'>,
  verify: (text: string) => Promise<SignedBy>,
): Promise<Check> {
  let lacking: string | undefined;
  const result = await outcome(check, async () => {
    const text = await readText(path.join(signatures, check.file));
    lacking = lackingTrust(text, request);
    return lacking === undefined ? verify(text) : undefined;
  });
  return lacking === undefined ? result : unchecked(check, lacking);
}

function lackingTrust(text: string, { publicKey, identity }: CheckContext['request']): string | undefined {
  if (signedWith(parseBundle(text)) === 'key') {
    return publicKey ? undefined : 'public key';
  }
  return identity ? undefined : 'identity with its issuer';
}

export function signedBy({ by, issuer, at }: BundleSigner): SignedBy {
  return {
    by,
    ...(issuer === undefined ? {} : { issuer }),
    ...(at === undefined ? {} : { at: at.toISOString() }),
  };
}
