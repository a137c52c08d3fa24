import {
  createStatement,
  keySigner,
  predicateTypes,
  readPrivateKey,
  signStatementBundle,
} from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newKey } from '../../../evidence/test/keys.ts';
import { readVerificationSummary, verificationSummary } from './vsa.ts';

const DISK = 'd'.repeat(64);
const signer = keySigner(readPrivateKey(newKey('ec-p256')), testPorts());
const statement = verificationSummary({
  disk: { name: 'disk.qcow2', sha256: DISK },
  resourceUri: 'pkg:generic/debian-13@1',
  policy: { uri: '.image-policy.yml', sha256: 'a'.repeat(64) },
  inputs: [],
  timeVerified: '2026-11-24T00:00:00.000Z',
  hasProvenance: true,
});
const sign = (value: object): Promise<string> =>
  signStatementBundle(signer, Buffer.from(JSON.stringify(value)));
let bundle: string;
beforeAll(async () => {
  bundle = await sign(statement);
});

describe('a signed verification summary', () => {
  it('is read for its disk', () => {
    expect(readVerificationSummary(bundle, signer.publicKey, DISK)).toMatchObject({
      verificationResult: 'PASSED',
      timeVerified: '2026-11-24T00:00:00.000Z',
      subjects: [DISK],
    });
  });

  it('is not taken for another disk, nor from another signer', () => {
    expect(() => readVerificationSummary(bundle, signer.publicKey, 'e'.repeat(64))).toThrow(
      /is about sha256:d/,
    );
    const other = readPrivateKey(newKey('ec-p256')).publicKey;
    expect(() => readVerificationSummary(bundle, other, DISK)).toThrow(
      expect.objectContaining({ code: 'signature-mismatch' }),
    );
    expect(() => readVerificationSummary('{}', signer.publicKey, DISK)).toThrow(
      expect.objectContaining({ code: 'invalid-bundle' }),
    );
  });

  it.each<[string, object]>([
    [
      'a failed result',
      { ...statement, predicate: { ...statement.predicate, verificationResult: 'FAILED' } },
    ],
    [
      'another verifier',
      { ...statement, predicate: { ...statement.predicate, verifier: { id: 'https://x.example' } } },
    ],
    ['no time', { ...statement, predicate: { ...statement.predicate, timeVerified: 'yesterday' } }],
    [
      'another type',
      createStatement({
        subject: { name: 'd', digest: { sha256: DISK } },
        predicateType: predicateTypes.testResult,
        predicate: {},
      }),
    ],
    ['another type around the same content', { ...statement, predicateType: 'https://x.example/v1' }],
    ['no statement', { hello: 'world' }],
  ])('with %s is not accepted', async (_what, value) => {
    const text = await sign(value);
    expect(() => readVerificationSummary(text, signer.publicKey, DISK)).toThrow(
      expect.objectContaining({ code: 'invalid-summary' }),
    );
  });
});
