import {
  createStatement,
  type PublicKey,
  predicateTypes,
  type Statement,
  statementSchema,
  verifyStatementBundle,
} from '@golden-image/evidence';
import { UserError } from '@golden-image/host';
import { z } from 'zod';

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

const summarySchema = z.looseObject({
  verifier: z.looseObject({ id: z.string() }),
  timeVerified: z.iso.datetime(),
  resourceUri: z.string(),
  policy: z.looseObject({ uri: z.string(), digest: z.looseObject({ sha256: z.string() }) }),
  inputAttestations: z
    .array(z.looseObject({ uri: z.string(), digest: z.looseObject({ sha256: z.string() }) }))
    .default([]),
  verificationResult: z.enum(['PASSED', 'FAILED']),
  verifiedLevels: z.array(z.string()),
});

/** What a verification summary says. */
export type VerificationSummary = z.infer<typeof summarySchema> & { readonly subjects: readonly string[] };

/**
 * Reads a signed verification summary: believes nothing before the signature holds, and takes it only for a disk with
 * this digest, by this gate, with the result PASSED.
 *
 * @param bundle text of `vsa.intoto.sigstore.json`
 * @param sha256 of the disk, in hex
 * @throws UserError `invalid-bundle`, `signature-mismatch`, `invalid-summary` (another type, verifier, result),
 *   `digest-mismatch` (of another disk)
 */
export function readVerificationSummary(bundle: string, key: PublicKey, sha256: string): VerificationSummary {
  return parseVerificationSummary(verifyStatementBundle(bundle, { publicKey: key }).payload, sha256);
}

/**
 * The same for the payload of an envelope whose signature was checked elsewhere (keyless).
 *
 * @throws UserError `invalid-summary`, `digest-mismatch`
 */
export function parseVerificationSummary(payload: Uint8Array, sha256: string): VerificationSummary {
  const statement = parse(statementSchema, Buffer.from(payload).toString('utf8'));
  if (statement.predicateType !== predicateTypes.verificationSummary) {
    throw invalid(`it is of the type ${statement.predicateType}`);
  }
  const summary = parse(summarySchema, JSON.stringify(statement.predicate));
  if (summary.verifier.id !== VERIFIER) {
    throw invalid(`it is by the verifier ${summary.verifier.id}`);
  }
  if (summary.verificationResult !== 'PASSED') {
    throw invalid(`its result is ${summary.verificationResult}`);
  }
  const subjects = statement.subject.map(({ digest }) => digest.sha256);
  if (!subjects.includes(sha256)) {
    throw new UserError(
      `The verification summary is about sha256:${subjects.join(', sha256:')}, not sha256:${sha256}`,
      {
        code: 'digest-mismatch',
        fix: 'Run gate-approval in release mode on this very disk, and pass its summary.',
      },
    );
  }
  return { ...summary, subjects };
}

function parse<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw invalid('its content is not that of a verification summary', cause);
  }
}

function invalid(why: string, cause?: unknown): UserError {
  return new UserError(`The verification summary is not accepted: ${why}`, {
    code: 'invalid-summary',
    fix: 'Pass the vsa.intoto.sigstore.json that gate-approval wrote after an approval, with signing set.',
    ...(cause === undefined ? {} : { cause }),
  });
}
