import { createHash } from 'node:crypto';
import type { PublicKey } from '@golden-image/evidence';
import { describeError, UserError } from '@golden-image/host';
import { readVerificationSummary, type VerificationSummary } from './vsa.ts';

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

/** An approval: the signed verification summary of the gate, verified. */
export interface Approval {
  readonly policyDigest: string;
  /** SHA-256 of the summary's bundle, then of each bundle that the gate had verified. */
  readonly evidence: readonly string[];
  /** ISO 8601. */
  readonly timeVerified: string;
}

type Refuse = (why: string, cause?: unknown) => UserError;

/** How far clocks of machines may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;

/**
 * Checks that an image was approved: the gate's signed verification summary, passed, about exactly this disk, image and
 * version.
 *
 * @throws UserError `not-approved` with what does not fit
 */
export function checkApproval(request: ApprovalRequest): Approval {
  const refuse: Refuse = (why, cause) =>
    new UserError(`${request.image} ${request.version} is not approved: ${why}`, {
      code: 'not-approved',
      fix: 'Pass the signed verification summary that gate-approval wrote for this image (output vsa, with the input signing), and the public key of the gate.',
      ...(cause === undefined ? {} : { cause }),
    });
  const { subjects, timeVerified, resourceUri, policy, inputAttestations } = readSummary(request, refuse);
  if (subjects.length !== 1) {
    throw refuse(`the summary is about ${subjects.length} disks, not about this one alone`);
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
  const digests = [policy, ...inputAttestations].map(({ digest }) => digest.sha256);
  if (digests.some((digest) => !/^[0-9a-f]{64}$/.test(digest))) {
    throw refuse('the summary names a policy or evidence without a SHA-256 digest');
  }
  const [policyDigest = '', ...evidence] = digests;
  return {
    policyDigest,
    evidence: [createHash('sha256').update(request.bundle).digest('hex'), ...evidence],
    timeVerified,
  };
}

/** The summary, by whichever of the keys signed it. */
function readSummary({ bundle, keys, disk }: ApprovalRequest, refuse: Refuse): VerificationSummary {
  const failures: unknown[] = [];
  for (const key of keys) {
    try {
      return readVerificationSummary(bundle, key, disk.sha256);
    } catch (error) {
      failures.push(error);
    }
  }
  // What is wrong with a summary that one key has signed says more than that another key has not.
  const told =
    failures.find((error) => error instanceof UserError && error.code !== 'signature-mismatch') ??
    failures[0];
  throw refuse(
    told === undefined ? 'there is no public key to check its summary with' : describeError(told).message,
    told,
  );
}
