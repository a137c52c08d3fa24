import { createHash } from 'node:crypto';
import {
  type PublicKey,
  predicateTypes,
  statementSchema,
  verifyStatementBundle,
} from '@golden-image/evidence';
import { describeError, UserError } from '@golden-image/host';
import { z } from 'zod';
import { type Approval, CLOCK_TOLERANCE } from '../state/plan.ts';
import { sha256Hex } from '../state/record.ts';

/** The verifier that gate-approval names (packages/policy/src/vsa.ts). */
const VERIFIER = 'https://github.com/golden-image-actions/gate-approval';

const summary = z.looseObject({
  verifier: z.looseObject({ id: z.string() }),
  timeVerified: z.iso.datetime({ offset: true }),
  resourceUri: z.string(),
  policy: z.looseObject({ digest: z.looseObject({ sha256: sha256Hex }) }),
  inputAttestations: z.array(z.looseObject({ digest: z.looseObject({ sha256: sha256Hex }) })),
  verificationResult: z.string(),
});

export interface ApprovalRequest {
  /** Text of the bundle. */
  readonly bundle: string;
  /** Keys of which one must have signed it. */
  readonly keys: readonly PublicKey[];
  readonly disk: { readonly sha256: string };
  readonly image: string;
  readonly version: string;
  readonly now: Date;
}

/**
 * Checks that an image was approved: the gate's signed verification summary, passed, about exactly this disk, image and
 * version. Source of the form: slsa.dev/spec/v1.0/verification_summary.
 *
 * @throws UserError `not-approved` with what does not fit
 */
export function checkApproval(request: ApprovalRequest): Approval {
  const refuse = (why: string, cause?: unknown): UserError =>
    new UserError(`${request.image} ${request.version} is not approved: ${why}`, {
      code: 'not-approved',
      fix: 'Pass the signed verification summary that gate-approval wrote for this image (output vsa, with the input signing), and the public key of the gate.',
      ...(cause === undefined ? {} : { cause }),
    });
  const payload = verifiedPayload(request, refuse);
  const statement = statementSchema.safeParse(parseJson(payload.toString('utf8')));
  if (!statement.success || statement.data.predicateType !== predicateTypes.verificationSummary) {
    throw refuse('what is signed is not a verification summary');
  }
  const { subject, predicate } = statement.data;
  const [only] = subject;
  if (subject.length !== 1 || only?.digest.sha256 !== request.disk.sha256) {
    throw refuse(
      `the summary is about sha256:${only?.digest.sha256}, the disk is sha256:${request.disk.sha256}`,
    );
  }
  const parsed = summary.safeParse(predicate);
  if (!parsed.success) {
    throw refuse('the summary lacks what it needs to say');
  }
  const { verifier, timeVerified, resourceUri, policy, inputAttestations, verificationResult } = parsed.data;
  if (verifier.id !== VERIFIER) {
    throw refuse(`the summary is by ${verifier.id}, not by gate-approval`);
  }
  if (verificationResult !== 'PASSED') {
    throw refuse(`the summary says ${verificationResult}`);
  }
  const expected = `pkg:generic/${encodeURIComponent(request.image)}@${encodeURIComponent(request.version)}`;
  if (resourceUri !== expected) {
    throw refuse(`the summary is about ${resourceUri}, not ${expected}`);
  }
  if (Date.parse(timeVerified) > request.now.getTime() + CLOCK_TOLERANCE) {
    throw refuse(
      `the summary is of ${timeVerified}, which is in the future: compare the clocks of the machines`,
    );
  }
  return {
    policyDigest: policy.digest.sha256,
    evidence: [
      createHash('sha256').update(request.bundle).digest('hex'),
      ...inputAttestations.map(({ digest }) => digest.sha256),
    ],
    timeVerified,
  };
}

function verifiedPayload(
  request: ApprovalRequest,
  refuse: (why: string, cause?: unknown) => UserError,
): Buffer {
  const failures: unknown[] = [];
  for (const key of request.keys) {
    try {
      return verifyStatementBundle(request.bundle, { publicKey: key }).payload;
    } catch (error) {
      failures.push(error);
    }
  }
  const [first] = failures;
  throw refuse(
    first === undefined ? 'there is no public key to check its summary with' : describeError(first).message,
    first,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The approval of a version that is in the catalog. @throws UserError `not-approved` */
export function restoreApproval(
  record: { readonly image: string; readonly version: string; readonly disk: { readonly sha256: string } },
  bundle: string,
  keys: readonly PublicKey[],
  now: Date,
): Approval {
  return checkApproval({
    bundle,
    keys,
    disk: record.disk,
    image: record.image,
    version: record.version,
    now,
  });
}
