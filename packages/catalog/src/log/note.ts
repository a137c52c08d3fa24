import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { UserError } from '@golden-image/host';

/** Signed notes with Ed25519. Source: C2SP signed-note. */

/** Type byte of Ed25519 signatures. */
const ED25519 = 1;
/** What a DER SubjectPublicKeyInfo of Ed25519 begins with (RFC 8410); 32 bytes of key follow. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const MAX_NOTE_BYTES = 1024 * 1024;

/** Who may sign notes: a name and an Ed25519 key. */
export interface NoteVerifier {
  readonly name: string;
  readonly key: KeyObject;
  readonly id: Buffer;
}

/** @throws UserError `invalid-key` for a name or a key that notes cannot have */
export function noteVerifier(name: string, publicKey: KeyObject): NoteVerifier {
  if (publicKey.asymmetricKeyType !== 'ed25519' || !/^[^\s+]{1,200}$/u.test(name)) {
    throw new UserError(`Notes of ${JSON.stringify(name)} cannot be signed with this key`, {
      code: 'invalid-key',
      fix: 'The log is signed with an Ed25519 key (`openssl genpkey -algorithm ed25519`); its name holds no space and no plus.',
    });
  }
  const id = createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(ED25519))
    .update(rawKey(publicKey))
    .digest()
    .subarray(0, 4);
  return { name, key: publicKey, id };
}

function rawKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);
}

/** `<name>+<key id>+<base64 of 0x01 ‖ key>`: the form in which tools take the key. */
export function verifierText({ name, key, id }: NoteVerifier): string {
  const bytes = Buffer.concat([Buffer.of(ED25519), rawKey(key)]);
  return `${name}+${id.toString('hex')}+${bytes.toString('base64')}`;
}

/** @throws UserError `invalid-key` */
export function parseVerifier(text: string): NoteVerifier {
  const match = /^([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(text.trim());
  const bytes = Buffer.from(match?.[3] ?? '', 'base64');
  if (match && bytes.length === 33 && bytes[0] === ED25519) {
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, bytes.subarray(1)]),
      format: 'der',
      type: 'spki',
    });
    const verifier = noteVerifier(match[1] ?? '', key);
    if (verifier.id.toString('hex') === match[2]) {
      return verifier;
    }
  }
  throw new UserError('This is not the public key of a log', {
    code: 'invalid-key',
    fix: 'Pass it as <name>+<key id>+<base64>, the line in keys/log.vkey that you got from elsewhere than the catalog.',
  });
}

/** The text with a signature line; the text ends with a line break. */
export function signNote(text: string, verifier: NoteVerifier, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(text), privateKey);
  return `${text}\n— ${verifier.name} ${Buffer.concat([verifier.id, signature]).toString('base64')}\n`;
}

/**
 * The text of a note that `verifier` signed.
 *
 * @throws UserError `invalid-note`, `signature-mismatch`
 */
export function openNote(note: string, verifier: NoteVerifier): string {
  const split = note.lastIndexOf('\n\n');
  const control = /[\u0000-\u0009\u000b-\u001f]/.test(note);
  if (split < 0 || control || !note.endsWith('\n') || Buffer.byteLength(note) > MAX_NOTE_BYTES) {
    throw new UserError('The checkpoint is not a signed note', {
      code: 'invalid-note',
      fix: 'The log was changed or cut off: get it again, or bring back a copy.',
    });
  }
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  for (const line of lines) {
    const match = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
    const bytes = Buffer.from(match?.[2] ?? '', 'base64');
    if (match?.[1] !== verifier.name || !bytes.subarray(0, 4).equals(verifier.id)) {
      continue;
    }
    // The last letter of base64 has bits that say nothing: with them set, it would be another note of the same key.
    const canonical = bytes.toString('base64') === match[2];
    if (canonical && verify(null, Buffer.from(text), verifier.key, bytes.subarray(4))) {
      return text;
    }
    break;
  }
  throw new UserError(`The checkpoint is not signed by ${verifierText(verifier)}`, {
    code: 'signature-mismatch',
    fix: 'The log was changed, or another key signed it: compare it with a copy before you use it.',
  });
}
