import { createHash } from 'node:crypto';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { verifyDigestBundle } from './bundle.ts';
import { type Check, type CheckContext, missing, outcome, readText, unchecked } from './check.ts';
import { checkBundle, signedBy } from './check-bundle.ts';
import { type ChecksumList, checksumLists, parseChecksums } from './checksums.ts';
import { sha256Of, verifyFileSignature } from './file-signature.ts';
import { verifyGlance } from './glance.ts';
import { minisignKeyId, verifyMinisign } from './minisign.ts';
import { verifyClear, verifyDetached } from './openpgp.ts';
import { signatureFiles } from './signature-files.ts';
import { readSmallFile } from './small-file.ts';

/** The list names exactly the artefacts that are there, with their digests. */
export function checkList({ signatures, digests }: CheckContext, list: ChecksumList): Promise<Check> {
  const algorithm = list === 'SHA256SUMS' ? 'sha256' : 'sha512';
  return outcome({ kind: 'checksums', file: list, subject: 'all artefacts' }, async () => {
    const listed = parseChecksums(await readText(path.join(signatures, list)), list);
    const problems = Object.entries(listed).flatMap(([name, expected]) => {
      const actual = digests.get(name)?.[algorithm];
      if (actual === expected) {
        return [];
      }
      return [actual ? `${name} is ${algorithm}:${actual}, the list says ${expected}` : `${name} is missing`];
    });
    const unlisted = [...digests.keys()]
      .filter((name) => !(name in listed))
      .map((name) => `${name} is not listed`);
    if (problems.length + unlisted.length > 0) {
      throw new UserError([...problems, ...unlisted].join('; '), { code: 'digest-mismatch' });
    }
    return undefined;
  });
}

export async function checkOpenPgp(
  { request, signatures, files, ports }: CheckContext,
  list: ChecksumList,
): Promise<Check[]> {
  const checks: Check[] = [];
  const kinds = [
    { file: signatureFiles.openpgpDetached(list), verify: verifyDetachedText },
    { file: signatureFiles.openpgpClear(list), verify: verifyClearText },
  ];
  for (const { file, verify } of kinds.filter((kind) => files.includes(kind.file))) {
    const check = { kind: 'openpgp', file, subject: list } as const;
    const { openpgpKey } = request;
    checks.push(
      openpgpKey
        ? await outcome(check, async () => {
            const text = await readText(path.join(signatures, list));
            const signature = await readText(path.join(signatures, file));
            return { by: await verify(openpgpKey, signature, text, ports.clock.now()) };
          })
        : unchecked(check, 'OpenPGP public key'),
    );
  }
  return checks;
}

type VerifyText = (key: string, signature: string, text: string, date: Date) => Promise<string>;
const verifyDetachedText: VerifyText = (key, signature, text, date) =>
  verifyDetached(key, Buffer.from(text), signature, date);
const verifyClearText: VerifyText = (key, signature, text, date) => verifyClear(key, signature, text, date);

/** `<file>.sig` and `<file>.sigstore.json`, for a list in the signatures folder or an artefact in the image folder. */
export async function checkFileSignatures(context: CheckContext, subject: string): Promise<Check[]> {
  const { request, signatures, digests, files, ports } = context;
  const isList = subject in checksumLists;
  const location = path.join(isList ? signatures : request.folder, subject);
  const read = (): Promise<Buffer> => readSmallFile(location);
  const digest = async (): Promise<string> =>
    isList ? sha256Of(await read()) : (digests.get(subject)?.sha256 ?? missing(subject));
  const checks: Check[] = await checkMinisign(context, subject, read);
  const openssl = { kind: 'openssl', file: signatureFiles.openssl(subject), subject } as const;
  const glance = { kind: 'glance', file: signatureFiles.glance(subject), subject } as const;
  for (const check of [openssl, glance].filter(({ file }) => files.includes(file))) {
    const key = request.publicKey;
    if (!key) {
      checks.push(unchecked(check, 'public key'));
      continue;
    }
    const file = path.join(signatures, check.file);
    checks.push(
      await outcome(check, async () => {
        if (check.kind === 'openssl') {
          await verifyFileSignature(await readSmallFile(file), await digest(), key, read, ports);
        } else {
          await verifyGlance(await readText(file), await digest(), key, ports);
        }
        return { by: `sha256:${key.fingerprint}` };
      }),
    );
  }
  const sigstore = { kind: 'sigstore', file: signatureFiles.sigstore(subject), subject } as const;
  if (files.includes(sigstore.file)) {
    checks.push(
      await checkBundle(context, sigstore, async (text) =>
        signedBy(await verifyDigestBundle(text, await digest(), request, read, ports)),
      ),
    );
  }
  return checks;
}

async function checkMinisign(
  { request, signatures, digests, files }: CheckContext,
  subject: string,
  read: () => Promise<Uint8Array>,
): Promise<Check[]> {
  const check = { kind: 'minisign', file: signatureFiles.minisign(subject), subject } as const;
  const { minisignKey } = request;
  if (!files.includes(check.file)) {
    return [];
  }
  if (!minisignKey) {
    return [unchecked(check, 'minisign public key')];
  }
  const known = digests.get(subject)?.blake2b512;
  return [
    await outcome(check, async () => {
      const digest = known
        ? Buffer.from(known, 'hex')
        : createHash('blake2b512')
            .update(await read())
            .digest();
      verifyMinisign(minisignKey, digest, await readText(path.join(signatures, check.file)));
      return { by: `minisign:${minisignKeyId(minisignKey)}` };
    }),
  ];
}
