import { judgeReport, readTrust, type TrustedKeys, verifyFolder } from '@golden-image/evidence';
import { describeError, type Ports, UserError } from '@golden-image/host';
import type { ImageSource } from '@golden-image/image-folder';
import { requiredApproval } from './approval.ts';
import { type Inputs, methodNames, type Outcome, title } from './outcome.ts';
import { verifySummary } from './summary.ts';

/** Checks the image against the keys and identities given; the step fails when anything is not proven. */
export async function verify(image: ImageSource, inputs: Inputs, ports: Ports): Promise<Outcome> {
  const { folder, disk, artefacts } = image;
  const permit = await requiredApproval(image, inputs, ports);
  const trust = await trustOf(inputs, ports);
  const report = await verifyFolder({ folder, disk, artefacts, ...trust }, ports);
  const proof = judgeReport(report, { disk, ...trust });
  const expected = inputs['expected-sha256']?.toLowerCase();
  const wrong =
    expected !== undefined && proof.sha256 !== expected
      ? [`${disk} is sha256:${proof.sha256}, expected sha256:${expected}`]
      : [];
  const problems = [...wrong, ...refusal(permit, proof.sha256), ...proof.problems];
  return {
    outputs: {
      ...{ checksums: '', signatures: '', bundles: '', attestations: '', 'attestation-urls': '' },
      ...{ 'public-keys': '', 'trusted-root': '', 'verify-commands': '' },
      sha256: proof.sha256,
      methods: methodNames(proof.provenBy),
      identity: proof.provenBy.find((entry) => entry.issuer !== undefined)?.by,
      issuer: proof.provenBy.find((entry) => entry.issuer !== undefined)?.issuer,
    },
    summary: verifySummary(title(image), report, proof, problems),
    ...(problems.length > 0 ? { failure: `${title(image)} is not proven: ${problems.join('; ')}` } : {}),
  };
}

/** Why the gate's approval does not hold for the disk; a missing disk is a problem of its own. */
function refusal(
  permit: ((sha256: string) => void) | undefined,
  sha256: string | undefined,
): readonly string[] {
  try {
    permit?.(sha256 ?? '');
    return [];
  } catch (error) {
    return [describeError(error).message];
  }
}

async function trustOf(inputs: Inputs, ports: Pick<Ports, 'log'>): Promise<TrustedKeys> {
  const { identity, issuer, 'public-key': publicKey, 'trusted-root': trustedRoot } = inputs;
  if (!publicKey && !identity) {
    throw new UserError('Verifying needs public-key or identity', {
      code: 'key-missing',
      fix: 'Pass the public keys or the identity of the image maintainers, got from elsewhere than the image itself.',
    });
  }
  return readTrust({ publicKey, identity, issuer, trustedRoot }, ports);
}
