import { UserError } from '@golden-image/host';
import {
  type CleartextMessage,
  createMessage,
  readCleartextMessage,
  readSignature,
  type Signature,
  type SignaturePacket,
} from 'openpgp';
import { CLEAR_BEGIN } from './clearsigned.ts';

const CLEAR_END = '-----END PGP SIGNATURE-----';

/** Signatures and what they are over. */
export interface SignedData {
  readonly packets: readonly SignaturePacket[];
  /** What openpgp.js hashes; undefined when a digest is put into the packets instead. */
  readonly literal: object;
  /** The bytes that are signed, and nothing else. */
  readonly text: string;
}

/**
 * The signed text of a clearsigned list. What stands before or after the block is not signed and not looked at.
 *
 * @throws UserError `invalid-signature` when there is not exactly one well-formed block
 */
export async function readClearsigned(bytes: Uint8Array, name: string): Promise<SignedData> {
  const lines = Buffer.from(bytes).toString('utf8').split(/\r?\n/);
  const begins = lines.flatMap((line, index) => (line.trimEnd() === CLEAR_BEGIN ? [index] : []));
  const ends = lines.flatMap((line, index) => (line.trimEnd() === CLEAR_END ? [index] : []));
  const [begin] = begins;
  const [end] = ends;
  if (begins.length !== 1 || ends.length !== 1 || begin === undefined || end === undefined || end < begin) {
    throw invalid(name, `it has ${begins.length} clearsigned blocks, ${ends.length} of them complete`);
  }
  let message: CleartextMessage;
  try {
    message = await readCleartextMessage({
      cleartextMessage: `${lines.slice(begin, end + 1).join('\n')}\n`,
    });
  } catch (cause) {
    throw invalid(name, cause instanceof Error ? cause.message : 'it is not well-formed');
  }
  const text = message.getText();
  // RFC 9580 section 7: the signed text has CR LF line ends.
  const inner = await createMessage({ text: text.replaceAll('\n', '\r\n') });
  const { signature } = message as unknown as { readonly signature: Signature };
  return { packets: signaturePackets(signature), literal: literalOf(inner), text };
}

/** A detached signature over a list's bytes, armored or binary. */
export async function readDetached(
  signature: Uint8Array,
  data: Uint8Array,
  name: string,
): Promise<SignedData> {
  const packets = await readSignaturePackets(signature, name);
  const message = await createMessage({ binary: data });
  return { packets, literal: literalOf(message), text: Buffer.from(data).toString('utf8') };
}

/**
 * The packets of a detached signature.
 *
 * @throws UserError `invalid-signature`
 */
export async function readSignaturePackets(
  signature: Uint8Array,
  name: string,
): Promise<readonly SignaturePacket[]> {
  const text = Buffer.from(signature).toString('latin1');
  try {
    return signaturePackets(
      text.includes('-----BEGIN PGP SIGNATURE-----')
        ? await readSignature({ armoredSignature: text.slice(text.indexOf('-----BEGIN PGP SIGNATURE-----')) })
        : await readSignature({ binarySignature: new Uint8Array(signature) }),
    );
  } catch (cause) {
    throw invalid(name, cause instanceof Error ? cause.message : 'it is not an OpenPGP signature');
  }
}

function signaturePackets(signature: Signature): readonly SignaturePacket[] {
  return [...(signature.packets as unknown as Iterable<SignaturePacket>)];
}

function literalOf(message: { readonly packets: unknown }): object {
  return (message.packets as readonly object[])[0] ?? {};
}

function invalid(name: string, reason: string): UserError {
  return new UserError(`The signature in ${name} cannot be read: ${reason}`, {
    code: 'invalid-signature',
    fix: "Pass the vendor's signature as it was published: .sign, .gpg, .asc or .sig beside the list, or nothing for a clearsigned list.",
  });
}
