import { createHash } from 'node:crypto';
import { keySigner, readPrivateKey, signStatementBundle } from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newKey } from '../../../evidence/test/keys.ts';
import { type ApprovalRequest, checkApproval } from './approval.ts';
import { verificationSummary } from './vsa.ts';

const DISK = 'd'.repeat(64);
const POLICY = 'a'.repeat(64);
const EVIDENCE = 'b'.repeat(64);
const TIME = '2026-11-24T12:00:00.000Z';
const gate = keySigner(readPrivateKey(newKey('ec-p256')), testPorts());
const stranger = readPrivateKey(newKey('ec-p256')).publicKey;

const statement = verificationSummary({
  disk: { name: 'disk.qcow2', sha256: DISK },
  resourceUri: 'pkg:generic/debian-13@2026%2B1',
  policy: { uri: '.image-policy.yml', sha256: POLICY },
  inputs: [{ uri: 'signatures/40-fvt.intoto.sigstore.json', sha256: EVIDENCE }],
  timeVerified: TIME,
  hasProvenance: true,
});
const signed = (value: object): Promise<string> =>
  signStatementBundle(gate, Buffer.from(JSON.stringify(value)));
let bundle: string;
beforeAll(async () => {
  bundle = await signed(statement);
});

const request = (more: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  bundle,
  keys: [gate.publicKey],
  disk: { sha256: DISK },
  image: 'debian-13',
  version: '2026+1',
  now: new Date(TIME),
  ...more,
});
const refusal = (more: Partial<ApprovalRequest>): unknown => {
  try {
    return checkApproval(request(more));
  } catch (error) {
    return error;
  }
};

describe('an approval', () => {
  it('holds for the disk, image and version that the gate approved, and names what the gate had seen', () => {
    const own = createHash('sha256').update(bundle).digest('hex');
    const approval = { policyDigest: POLICY, evidence: [own, EVIDENCE], timeVerified: TIME };
    expect(checkApproval(request())).toEqual(approval);
    expect(checkApproval(request({ keys: [stranger, gate.publicKey] }))).toEqual(approval);
  });

  it.each<[string, Partial<ApprovalRequest>, RegExp]>([
    ['another disk', { disk: { sha256: 'e'.repeat(64) } }, /is about sha256:d+, not sha256:e+$/],
    ['another image', { image: 'debian-12' }, /not pkg:generic\/debian-12@2026%2B1$/],
    ['another version', { version: '2026' }, /not pkg:generic\/debian-13@2026$/],
    ['another key', { keys: [stranger] }, /The signature is not by the key/],
    ['no key', { keys: [] }, /no public key to check its summary with/],
    ['no bundle', { bundle: '' }, /not a sigstore bundle/],
    ['a clock that is far behind', { now: new Date(Date.parse(TIME) - 301_000) }, /in the future/],
  ])('does not hold with %s', (_what, more, message) => {
    expect(refusal(more)).toMatchObject({
      code: 'not-approved',
      message: expect.stringMatching(message),
    });
  });

  it('allows clocks that differ a little', () => {
    expect(checkApproval(request({ now: new Date(Date.parse(TIME) - 299_000) }))).toBeDefined();
  });

  it('says what is wrong with a summary by a trusted key, rather than that another key has not signed it', () => {
    const other = { keys: [stranger, gate.publicKey], disk: { sha256: 'e'.repeat(64) } };
    expect(refusal(other)).toMatchObject({ message: expect.stringMatching(/is about sha256:d/) });
  });

  it.each<[string, object, RegExp]>([
    [
      'two disks',
      { ...statement, subject: [...statement.subject, { name: 'x', digest: { sha256: 'e'.repeat(64) } }] },
      /about 2 disks/,
    ],
    [
      'a policy without a digest',
      {
        ...statement,
        predicate: { ...statement.predicate, policy: { uri: 'p', digest: { sha256: 'none' } } },
      },
      /without a SHA-256 digest/,
    ],
    [
      'evidence without a digest',
      {
        ...statement,
        predicate: {
          ...statement.predicate,
          inputAttestations: [{ uri: 'x', digest: { sha256: `${EVIDENCE}0` } }],
        },
      },
      /without a SHA-256 digest/,
    ],
  ])('does not hold with a summary about %s', async (_what, value, message) => {
    expect(refusal({ bundle: await signed(value) })).toMatchObject({
      code: 'not-approved',
      message: expect.stringMatching(message),
    });
  });
});
