import { type Ports, UserError } from '@golden-image/host';
import { signDataBundle, signDigestBundle, signStatementBundle } from './bundle.ts';
import { type ChecksumList, formatChecksums } from './checksums.ts';
import type { ArtefactDigests, FolderDigests } from './digest-folder.ts';
import { sha256Of } from './file-signature.ts';
import { signGlance } from './glance.ts';
import { type MinisignKey, signMinisign } from './minisign.ts';
import { type OpenPgpKey, signClear, signDetached } from './openpgp.ts';
import type { SignRequest } from './sign-types.ts';
import type { SignableStatement } from './signable.ts';
import { signatureFiles } from './signature-files.ts';
import type { SignatureFolder } from './signature-folder.ts';
import type { Signer } from './signer.ts';

/** cosign asks the network for a trusted root unless it is given one; with a key it needs none. */
const NO_TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}\n';

/** What is signed. */
export interface Signables {
  readonly lists: Readonly<Record<ChecksumList, string>>;
  readonly disk: { readonly name: string } & ArtefactDigests;
  readonly statements: readonly SignableStatement[];
}

/** The two checksum lists over every artefact. */
export function checksumTexts(digests: FolderDigests): Signables['lists'] {
  const text = (algorithm: 'sha256' | 'sha512') =>
    formatChecksums(Object.fromEntries([...digests].map(([name, entry]) => [name, entry[algorithm]])));
  return { SHA256SUMS: text('sha256'), SHA512SUMS: text('sha512') };
}

/**
 * Writes everything that the request asks for.
 *
 * @returns the signer of the bundles, when there are some
 */
export async function writeSignatures(
  request: SignRequest,
  signables: Signables,
  folder: SignatureFolder,
  ports: Pick<Ports, 'log' | 'clock'>,
): Promise<Signer | undefined> {
  const { signer, openpgp, minisign } = request;
  const date = ports.clock.now();
  for (const [list, text] of Object.entries(signables.lists)) {
    await folder.put('checksums', list, text);
  }
  if (openpgp) {
    await writeOpenPgp(openpgp, signables, date, folder);
  }
  if (minisign) {
    await writeMinisign(minisign, signables, date, folder);
  }
  if (signer) {
    await writeKeySignatures(signer, request, signables, folder, ports);
  }
  const keys = [signer?.publicKey.pem, openpgp?.publicKey, minisign?.publicKey.text].filter(Boolean);
  if (keys.length > 0) {
    await folder.putKey(signatureFiles.allKeys, keys.join(''));
  }
  const bundles = request.keyless ? await request.keyless.open() : signer;
  if (bundles) {
    await writeBundles(bundles, signables, folder, ports);
  }
  return bundles;
}

async function writeOpenPgp(
  key: OpenPgpKey,
  { lists }: Signables,
  date: Date,
  folder: SignatureFolder,
): Promise<void> {
  for (const [list, text] of Object.entries(lists)) {
    const detached = await signDetached(key, Buffer.from(text), date);
    await folder.put('signatures', signatureFiles.openpgpDetached(list), detached);
    await folder.put('signatures', signatureFiles.openpgpClear(list), await signClear(key, text, date));
  }
  await folder.putKey(signatureFiles.openpgpKey, key.publicKey);
}

async function writeMinisign(
  key: MinisignKey,
  { disk }: Signables,
  date: Date,
  folder: SignatureFolder,
): Promise<void> {
  if (!disk.blake2b512) {
    throw new Error('minisign needs the BLAKE2b digest of the disk');
  }
  const comment = `timestamp:${Math.floor(date.getTime() / 1000)}\tfile:${disk.name}\thashed`;
  const signature = signMinisign(key, Buffer.from(disk.blake2b512, 'hex'), comment);
  await folder.put('signatures', signatureFiles.minisign(disk.name), signature);
  await folder.putKey(signatureFiles.minisignKey, key.publicKey.text);
}

/** `<file>.sig` for openssl, and the properties for Glance. */
async function writeKeySignatures(
  signer: Signer,
  request: SignRequest,
  { lists, disk }: Signables,
  folder: SignatureFolder,
  ports: Pick<Ports, 'log'>,
): Promise<void> {
  for (const [list, text] of Object.entries(lists)) {
    await folder.put('signatures', signatureFiles.openssl(list), await signer.sign(Buffer.from(text)));
  }
  if (signer.signDigest) {
    const raw = await signer.signDigest(Buffer.from(disk.sha256, 'hex'));
    await folder.put('signatures', signatureFiles.openssl(disk.name), raw);
  } else {
    ports.log.warning(
      `An Ed25519 key cannot sign ${disk.name} from its digest: with this key it is covered by the signed lists and statements only. Use an EC or RSA key for a signature of its own.`,
    );
  }
  if (request.glance) {
    await folder.put('signatures', signatureFiles.glance(disk.name), await signGlance(signer, disk.sha256));
  }
  await folder.putKey(signatureFiles.publicKey, signer.publicKey.pem);
}

async function writeBundles(
  signer: Signer,
  { lists, disk, statements }: Signables,
  folder: SignatureFolder,
  ports: Pick<Ports, 'log'>,
): Promise<void> {
  const { certificate, witnesses = [] } = signer;
  if (certificate) {
    ports.log.info(`Sign as ${certificate.subject}, vouched for by ${certificate.issuer}`);
  } else {
    await folder.putKey(signatureFiles.noTrustedRoot, NO_TRUSTED_ROOT);
  }
  const total = statements.length + Object.keys(lists).length + 1;
  let done = 0;
  const add = async (kind: 'bundles' | 'attestations', name: string, bundle: string): Promise<void> => {
    await folder.put(kind, name, bundle);
    done += 1;
    ports.log.progress({ label: `Sign (${witnesses.length} witnesses)`, done, total });
  };
  for (const [list, text] of Object.entries(lists)) {
    const data = Buffer.from(text);
    await add('bundles', signatureFiles.sigstore(list), await signDataBundle(signer, data, sha256Of(data)));
  }
  if (signer.signDigest) {
    await add('bundles', signatureFiles.sigstore(disk.name), await signDigestBundle(signer, disk.sha256));
  }
  for (const { name, bytes } of statements) {
    await add('attestations', signatureFiles.statement(name), await signStatementBundle(signer, bytes));
  }
}

/** The digests of the disk, which must be there and be what was expected. */
export function boundDisk(name: string, digests: FolderDigests, expected: string): Signables['disk'] {
  const found = digests.get(name);
  if (found?.sha256 !== expected) {
    throw new UserError(`${name} is sha256:${found?.sha256 ?? '(missing)'}, expected sha256:${expected}`, {
      code: 'digest-mismatch',
      fix: 'This is not the disk that was tested: run the steps before signing again, or get the image folder again.',
    });
  }
  return { name, ...found };
}
