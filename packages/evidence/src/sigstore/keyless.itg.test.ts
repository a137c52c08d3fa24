/** Keyless signing against @sigstore/mock's services behind HTTP on loopback. */
import { createHash } from 'node:crypto';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  IDENTITY,
  ISSUER,
  identityToken,
  type SigstoreServices,
  startSigstore,
} from '../../test/sigstore-services.ts';
import {
  signDataBundle,
  signDigestBundle,
  signStatementBundle,
  verifyDigestBundle,
  verifyStatementBundle,
} from '../bundle.ts';
import { readEndpoints } from './endpoints.ts';
import { trustedIdentity } from './identity.ts';
import { keylessSigner } from './keyless.ts';
import { readTrustedRoots } from './trusted-root.ts';

const ports = testPorts();
const data = Buffer.from('the data');
const sha256 = createHash('sha256').update(data).digest('hex');
const statement = Buffer.from('{"a":1}');
const read = async (): Promise<Buffer> => data;

let services: SigstoreServices;
beforeAll(async () => {
  services = await startSigstore();
});
afterAll(() => services.close());

const signer = (endpoints = services.endpoints, token = identityToken()) =>
  keylessSigner({ endpoints: readEndpoints(endpoints, new Date()), token: async () => token }, ports);
const trust = (subject = IDENTITY, issuer = ISSUER, root = services.trustedRoot) => ({
  identity: trustedIdentity(subject, issuer, readTrustedRoots(root)),
});

describe('a keyless signer', () => {
  it('makes bundles that hold for its identity, with one certificate for all', async () => {
    const before = services.requests.length;
    const one = await signer();
    expect(one.certificate).toMatchObject({
      subject: IDENTITY,
      issuer: ISSUER,
      repository: 'https://github.com/example/images',
    });
    const signed = {
      by: IDENTITY,
      issuer: ISSUER,
      at: expect.any(Date),
    };
    for (const bundle of [await signDigestBundle(one, sha256), await signDataBundle(one, data, sha256)]) {
      expect(await verifyDigestBundle(bundle, sha256, trust(), read, ports)).toMatchObject(signed);
    }
    const dsse = await signStatementBundle(one, statement);
    expect(verifyStatementBundle(dsse, trust())).toMatchObject({ ...signed, payload: statement });
    const paths = services.requests.slice(before).map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith('/signingCert'))).toHaveLength(1);
    expect(paths.filter((path) => path.endsWith('/entries'))).toHaveLength(3);
    expect(paths.filter((path) => path.endsWith('/timestamp'))).toHaveLength(3);
  });

  it.each([
    ['the log only', () => `fulcio=${services.fulcio}\nrekor=${services.rekor}`],
    ['a log and timestamps', () => services.endpoints],
  ])('proves the time with %s', async (_what, endpoints) => {
    const bundle = await signDigestBundle(await signer(endpoints()), sha256);
    const { at } = await verifyDigestBundle(bundle, sha256, trust(), read, ports);
    expect(Math.abs((at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('is refused for another identity, issuer, root, or content', async () => {
    const one = await signer();
    const bundle = await signDigestBundle(one, sha256);
    const dsse = await signStatementBundle(one, statement);
    const other = await startSigstore();
    await other.close();
    const untrusted = { code: 'untrusted-signer' };
    for (const wrong of [
      trust(IDENTITY.replace('main', 'evil')),
      trust(IDENTITY.slice(0, -1)),
      trust('/golden-image/'),
      trust(IDENTITY, `${ISSUER}/`),
      trust(IDENTITY, ISSUER, other.trustedRoot),
    ]) {
      await expect(verifyDigestBundle(bundle, sha256, wrong, read, ports)).rejects.toMatchObject(untrusted);
      expect(() => verifyStatementBundle(dsse, wrong)).toThrow(expect.objectContaining(untrusted));
    }
    await verifyDigestBundle(
      bundle,
      sha256,
      trust('/https://github\\.com/example/images/.+@refs/heads/main/'),
      read,
      ports,
    );
    await expect(verifyDigestBundle(bundle, 'b'.repeat(64), trust(), read, ports)).rejects.toMatchObject({
      code: 'digest-mismatch',
    });
    await expect(verifyDigestBundle(bundle, sha256, {}, read, ports)).rejects.toMatchObject({
      code: 'key-missing',
    });
  });

  it('is refused when any part of the bundle is changed or left out', async () => {
    const bundle = JSON.parse(await signDigestBundle(await signer(), sha256));
    const material = bundle.verificationMaterial;
    const other = JSON.parse(await signDigestBundle(await signer(), sha256)).verificationMaterial;
    const flipped = (base64: string): string => {
      const bytes = Buffer.from(base64, 'base64');
      bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    const changes: Record<string, object> = {
      'another signature': {
        messageSignature: {
          ...bundle.messageSignature,
          signature: flipped(bundle.messageSignature.signature),
        },
      },
      'no log entry': { verificationMaterial: { ...material, tlogEntries: [] } },
      'the log entry of another signature': {
        verificationMaterial: { ...material, tlogEntries: other.tlogEntries },
      },
      'another certificate': { verificationMaterial: { ...material, certificate: other.certificate } },
      'a changed certificate': {
        verificationMaterial: {
          ...material,
          certificate: { rawBytes: flipped(material.certificate.rawBytes) },
        },
      },
      'the timestamp of another signature': {
        verificationMaterial: { ...material, timestampVerificationData: other.timestampVerificationData },
      },
      'the same entry twice': {
        verificationMaterial: {
          ...material,
          tlogEntries: [...material.tlogEntries, ...material.tlogEntries],
        },
      },
    };
    await verifyDigestBundle(JSON.stringify(bundle), sha256, trust(), read, ports);
    for (const [what, change] of Object.entries(changes)) {
      const verified = verifyDigestBundle(
        JSON.stringify({ ...bundle, ...change }),
        sha256,
        trust(),
        read,
        ports,
      );
      expect([
        what,
        await verified.then(
          () => 'accepted',
          () => 'refused',
        ),
      ]).toEqual([what, 'refused']);
    }
  });

  it('is refused when it signed after its certificate ended', async () => {
    const late = await startSigstore({ clock: new Date(Date.now() - 3_600_000) });
    try {
      const endpoints = `fulcio=${late.fulcio}\ntsa=${services.tsa}`;
      const roots = readTrustedRoots(late.trustedRoot).flatMap((root) =>
        readTrustedRoots(services.trustedRoot).map(({ timestampAuthorities }) => ({
          ...root,
          timestampAuthorities,
          tlogs: [],
        })),
      );
      const bundle = await signDigestBundle(await signer(endpoints), sha256);
      const identity = trustedIdentity(IDENTITY, ISSUER, roots);
      await expect(verifyDigestBundle(bundle, sha256, { identity }, read, ports)).rejects.toMatchObject({
        code: 'untrusted-signer',
      });
    } finally {
      await late.close();
    }
  });

  it('says why there is no certificate, and never shows the token', async () => {
    const token = identityToken();
    const path = '/api/v2/signingCert';
    services.failures.set(path, {
      status: 400,
      body: JSON.stringify({ message: `bad token ${token}` }),
      times: 1,
    });
    const refusal = await signer(services.endpoints, token).catch((error: Error) => error);
    expect(refusal).toMatchObject({
      code: 'certificate-refused',
      message: expect.stringContaining('(400) bad token ***'),
    });
    expect(JSON.stringify([refusal, String(refusal), (refusal as Error).cause ?? ''])).not.toContain(token);
    const broken = await signer(services.endpoints, 'a-secret-but-no-token').catch((error: Error) => error);
    expect(broken).toMatchObject({ code: 'invalid-token' });
    expect(String(broken)).not.toContain('a-secret-but-no-token');
  });

  it('tries again when a service is overloaded, and says which one gives no proof', async () => {
    services.failures.set('/api/v1/timestamp', { status: 503, body: '', times: 1 });
    const one = await signer(`fulcio=${services.fulcio}\ntsa=${services.tsa}`);
    const roots = readTrustedRoots(services.trustedRoot).map((root) => ({ ...root, tlogs: [] }));
    const identity = trustedIdentity(IDENTITY, ISSUER, roots);
    await verifyDigestBundle(await signDigestBundle(one, sha256), sha256, { identity }, read, ports);
    services.failures.set('/api/v1/timestamp', { status: 400, body: '', times: 1 });
    await expect(signDigestBundle(one, sha256)).rejects.toMatchObject({
      code: 'witness-unavailable',
      message: expect.stringContaining('HTTP status 400'),
    });
    services.failures.set('/api/v1/log/entries', { status: 400, body: '{}', times: 1 });
    await expect(signDigestBundle(await signer(), sha256)).rejects.toMatchObject({
      code: 'witness-unavailable',
    });
  });
});
