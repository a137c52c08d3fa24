import { createStatement, predicateTypes, type Statement } from '@golden-image/evidence';

export interface VsaRequest {
  readonly disk: { readonly name: string; readonly sha256: string };
  /** What the image is called where it is used; a package URL or any URI. */
  readonly resourceUri: string;
  readonly policy: { readonly uri: string; readonly sha256: string };
  /** The bundles that were verified. */
  readonly inputs: readonly { readonly uri: string; readonly sha256: string }[];
  readonly timeVerified: string;
  /** Whether signed SLSA provenance was among what was verified. */
  readonly hasProvenance: boolean;
}

/** Who verifies: this project's gate. */
const VERIFIER = 'https://github.com/golden-image-actions/gate-approval';

/**
 * SLSA verification summary v1 of an approved release. Source: slsa.dev/spec/v1.0/verification_summary.
 * The level is what signed provenance alone proves; a hosted, isolated builder is not claimed.
 */
export function verificationSummary(request: VsaRequest): Statement {
  return createStatement({
    subject: { name: request.disk.name, digest: { sha256: request.disk.sha256 } },
    predicateType: predicateTypes.verificationSummary,
    predicate: {
      verifier: { id: VERIFIER },
      timeVerified: request.timeVerified,
      resourceUri: request.resourceUri,
      policy: { uri: request.policy.uri, digest: { sha256: request.policy.sha256 } },
      inputAttestations: request.inputs.map(({ uri, sha256 }) => ({ uri, digest: { sha256 } })),
      verificationResult: 'PASSED',
      verifiedLevels: [request.hasProvenance ? 'SLSA_BUILD_LEVEL_1' : 'SLSA_BUILD_LEVEL_0'],
      slsaVersion: '1.0',
    },
  });
}
