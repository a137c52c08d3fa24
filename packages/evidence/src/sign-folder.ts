import { lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, publishAtomically, UserError } from '@golden-image/host';
import type { Chain } from './chain.ts';
import { digestFolder, type FolderDigests } from './digest-folder.ts';
import { checkedChain, expectedDigest } from './expected-disk.ts';
import { sha256Of } from './file-signature.ts';
import { releaseStatement } from './release-statement.ts';
import { sbomStatements } from './sbom-statements.ts';
import type { SignRequest, SignResult } from './sign-types.ts';
import { readSignable, type SignableStatement } from './signable.ts';
import { signatureFiles } from './signature-files.ts';
import { type SignatureFolder, signatureFolder } from './signature-folder.ts';
import { SIGNING_TOOLS, type Signer } from './signer.ts';
import { formatTrustedRoots } from './sigstore/trusted-root.ts';
import { verifyCommands } from './verify-commands.ts';
import { verifyGuide } from './verify-guide.ts';
import { verifyOwn, vouchingRoot } from './verify-own.ts';
import { boundDisk, checksumTexts, type Signables, writeSignatures } from './write-signatures.ts';

type SignPorts = Pick<Ports, 'exec' | 'log' | 'signal' | 'clock' | 'tools'>;

/**
 * Signs an image folder: checks the chain of evidence, hashes each file once, writes lists, signatures, bundles and
 * VERIFY.md, verifies all of them, and publishes them together.
 *
 * @throws UserError `no-method`, `broken-chain`, `digest-mismatch`, `not-bound`, `file-changed`, those of its parts and of
 *   `permit`; nothing is written then
 */
export async function signFolder(request: SignRequest, ports: SignPorts): Promise<SignResult> {
  if (!request.signer && !request.keyless && !request.openpgp && !request.minisign) {
    throw new UserError('There is nothing to sign with', {
      code: 'no-method',
      fix: 'Pass at least one key, and name its method; or use sigstore-keyless.',
    });
  }
  await ports.tools.ensure(SIGNING_TOOLS);
  const evidence = await readSignable(request.folder, request.evidence);
  const expected = expectedDigest(request, evidence);
  checkedChain(request, evidence, expected);
  request.permit?.(expected);
  const { folder, artefacts } = request;
  const blake2b = request.minisign ? [request.disk] : [];
  const digests = await digestFolder(folder, ports, { blake2b, artefacts });
  const disk = boundDisk(request.disk, digests, expected);
  assertSame(evidence, digests);
  const statements = [...evidence, ...(await ownStatements(request, digests, evidence, disk))];
  const chain = checkedChain(request, statements, expected);
  const signables = { lists: checksumTexts(digests), disk, statements };
  await assertGuidePlace(folder);
  return publishAtomically(path.join(folder, GUIDE), (guide) =>
    publishAtomically(path.join(folder, 'signatures'), async (partial) => {
      const result = await makeSignatures(request, { ...signables, digests, chain }, partial, ports);
      // Written before anything is renamed: after the signatures, only its own renaming is left.
      await writeFile(guide, verifyGuide(request, result, statements));
      return result;
    }),
  );
}

const GUIDE = 'VERIFY.md';

/** A folder of this name could not be replaced, after the signatures were. */
async function assertGuidePlace(folder: string): Promise<void> {
  const found = await lstat(path.join(folder, GUIDE)).catch(() => undefined);
  if (found && !found.isFile()) {
    throw new UserError(`${GUIDE} in the image folder is not a file`, {
      code: 'output-not-writable',
      fix: `Remove ${GUIDE}: the commands to verify the image are written there.`,
    });
  }
}

/** The bytes that were parsed are the bytes that were hashed. */
function assertSame(evidence: readonly SignableStatement[], digests: FolderDigests): void {
  for (const { name, bytes } of evidence) {
    if (digests.get(`evidence/${name}.json`)?.sha256 !== sha256Of(bytes)) {
      throw new UserError(`evidence/${name}.json changed while the folder was read`, {
        code: 'file-changed',
        fix: 'Make sure that nothing writes to the image folder, and run this step again.',
      });
    }
  }
}

/** The statements that signing adds: about the SBOMs, and about the release when there is something to say. */
async function ownStatements(
  request: SignRequest,
  digests: FolderDigests,
  evidence: readonly SignableStatement[],
  disk: Signables['disk'],
): Promise<readonly SignableStatement[]> {
  const { folder, release, annotations = {} } = request;
  const artifact = { name: disk.name, digest: { sha256: disk.sha256 } };
  const sboms = await sbomStatements(folder, digests, evidence, artifact);
  const releases =
    release && Object.keys(annotations).length > 0 ? [releaseStatement(release, disk, annotations)] : [];
  return [...sboms, ...releases];
}

async function makeSignatures(
  request: SignRequest,
  made: Signables & { readonly digests: FolderDigests; readonly chain: Chain },
  partial: string,
  ports: SignPorts,
): Promise<SignResult> {
  const target = signatureFolder(partial);
  const bundleSigner = await writeSignatures(request, made, target, ports);
  const identity = await putTrustedRoot(request, bundleSigner, target);
  const names = made.statements.map(({ name }) => name);
  const verified = await verifyOwn(request, { bundleSigner, digests: made.digests, names }, partial, ports);
  const { chain } = made;
  const written = target.written;
  const commands = verifyCommands(request, { ...written, identity, chain, statements: made.statements });
  return {
    sha256: made.disk.sha256,
    chain,
    ...written,
    publicKeys:
      request.signer || request.openpgp || request.minisign
        ? `signatures/${signatureFiles.allKeys}`
        : undefined,
    identity,
    ...verified,
    verifyCommands: commands,
    uploaded: await upload(request, written.attestations, partial),
  };
}

/** The root that vouches for identity or time lies beside the signatures. Returns who signed keyless. */
async function putTrustedRoot(
  request: SignRequest,
  signer: Signer | undefined,
  folder: SignatureFolder,
): Promise<SignResult['identity']> {
  if (!signer?.certificate && !signer?.witnesses?.length) {
    return undefined;
  }
  const bundle = await readFile(path.join(folder.location, signatureFiles.sigstore('SHA256SUMS')), 'utf8');
  const root = formatTrustedRoots([vouchingRoot(request, signer, bundle)]);
  await folder.putKey(signatureFiles.trustedRoot, root);
  if (!signer.certificate) {
    return undefined;
  }
  const { subject, issuer, repository } = signer.certificate;
  return { subject, issuer, repository, root: `signatures/${signatureFiles.trustedRoot}` };
}

async function upload(
  request: SignRequest,
  attestations: readonly string[],
  partial: string,
): Promise<readonly string[]> {
  if (!request.upload) {
    return [];
  }
  const texts = attestations.map((name) => readFile(path.join(partial, path.basename(name)), 'utf8'));
  return request.upload(await Promise.all(texts));
}
