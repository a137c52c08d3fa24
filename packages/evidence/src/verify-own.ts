import { describeError, type Ports, UserError } from '@golden-image/host';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { parseBundle } from './bundle.ts';
import type { Check, TrustedKeys } from './check.ts';
import type { FolderDigests } from './digest-folder.ts';
import { judgeReport, type Proof } from './proof.ts';
import type { SignRequest } from './sign-types.ts';
import type { Signer, SigningCertificate } from './signer.ts';
import type { TrustedIdentity } from './sigstore/identity.ts';
import { verifyBundleSigner } from './sigstore/verify.ts';
import { verifyFolder } from './verify-folder.ts';

interface Made {
  /** Who signed the bundles. */
  readonly bundleSigner: Signer | undefined;
  readonly digests: FolderDigests;
  /** The statements that were signed. */
  readonly names: readonly string[];
}

/**
 * Checks everything that was made as a stranger would, before anybody sees it.
 *
 * @throws UserError `self-verification-failed`
 */
export async function verifyOwn(
  request: SignRequest,
  { bundleSigner, digests, names }: Made,
  signatures: string,
  ports: Pick<Ports, 'exec' | 'log' | 'signal' | 'clock'>,
): Promise<{ readonly checks: readonly Check[]; readonly provenBy: Proof['provenBy'] }> {
  const { folder, disk, artefacts } = request;
  const keys = ownKeys(request, bundleSigner);
  const report = await verifyFolder({ folder, disk, artefacts, signatures, digests, ...keys }, ports);
  const signed = report.statements.filter(({ name }) => bundleSigner !== undefined && names.includes(name));
  const checks = [...report.checks, ...signed.map((entry) => entry.check)];
  const bad = checks.filter((check) => check.status !== 'pass');
  const { provenBy } = judgeReport(report, { disk, ...keys });
  if (bad.length > 0 || provenBy.length === 0) {
    throw selfVerificationFailed(bad.map((check) => `${check.file}: ${check.reason}`).join('; '));
  }
  return { checks, provenBy };
}

function ownKeys(request: SignRequest, bundleSigner: Signer | undefined): TrustedKeys {
  const { signer, openpgp, minisign, trustedRoots } = request;
  const certificate = bundleSigner?.certificate;
  return {
    publicKey: signer?.publicKey,
    openpgpKey: openpgp?.publicKey,
    minisignKey: minisign?.publicKey,
    trustedRoots,
    identity: certificate && exactly(certificate, trustedRoots ?? []),
  };
}

function exactly({ subject, issuer }: SigningCertificate, roots: readonly TrustedRoot[]): TrustedIdentity {
  return { subject, matches: (found) => found === subject, issuer, roots };
}

/**
 * The root that vouches for what a signer made.
 *
 * @param bundle by the signer, over a file
 * @throws UserError `self-verification-failed` when none does
 */
export function vouchingRoot(request: SignRequest, signer: Signer, bundle: string): TrustedRoot {
  try {
    const { root } = verifyBundleSigner(parseBundle(bundle), ownKeys(request, signer));
    if (root) {
      return root;
    }
  } catch (error) {
    throw selfVerificationFailed(describeError(error).message);
  }
  throw selfVerificationFailed('no trusted root vouches for them');
}

function selfVerificationFailed(reasons: string): UserError {
  return new UserError(`The signatures made do not verify: ${reasons}`, {
    code: 'self-verification-failed',
    fix: 'Nothing was published. Check that nothing writes to the image folder, that a kms command signs with its public key, and that trusted-root is that of the services that were used.',
  });
}
