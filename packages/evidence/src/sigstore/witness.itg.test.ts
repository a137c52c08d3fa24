/** Timestamps of an authority that is not sigstore's: `openssl ts` behind HTTP on loopback. */
import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey } from '../../test/keys.ts';
import { signDigestBundle, verifyDigestBundle } from '../bundle.ts';
import { readPrivateKey } from '../keys.ts';
import { keySigner } from '../signer.ts';
import { readTrustedRoots } from './trusted-root.ts';
import { timestampWitness } from './witness.ts';

const run = promisify(execFile);
const ports = testPorts();
const data = Buffer.from('the data');
const sha256 = createHash('sha256').update(data).digest('hex');
let folder: string;
let server: Server;
let url: string;
let reply: (body: Buffer) => Promise<Buffer>;

const CONFIG = `
[tsa]
default_tsa = here
[here]
dir = .
serial = ./serial
signer_cert = ./tsa.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
prompt = no
[name]
CN = A timestamp authority
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'witness-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await writeFile(path.join(folder, 'tsa.cnf'), CONFIG);
  await writeFile(path.join(folder, 'serial'), '01\n');
  for (const name of ['root', 'tsa']) {
    await openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', `${name}.key`);
  }
  const days = ['-days', '2', '-config', 'tsa.cnf'];
  await openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    'root.key',
    '-subj',
    '/CN=root',
    '-extensions',
    'root',
    '-out',
    'root.pem',
    ...days,
  );
  await openssl('req', '-new', '-key', 'tsa.key', '-out', 'tsa.csr', '-config', 'tsa.cnf');
  const issue = ['-req', '-in', 'tsa.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'];
  await openssl(
    'x509',
    ...issue,
    '-days',
    '2',
    '-extfile',
    'tsa.cnf',
    '-extensions',
    'leaf',
    '-out',
    'tsa.pem',
  );
  reply = async (body) => {
    await writeFile(path.join(folder, 'query'), body);
    await openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query', '-out', 'reply');
    return readFile(path.join(folder, 'reply'));
  };
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const isQuery = request.headers['content-type'] === 'application/timestamp-query';
    response.writeHead(isQuery ? 200 : 415).end(isQuery ? await reply(Buffer.concat(chunks)) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function trustedRoot(): Promise<string> {
  const raw = async (name: string) =>
    new X509Certificate(await readFile(path.join(folder, name))).raw.toString('base64');
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    timestampAuthorities: [
      {
        uri: url,
        certChain: {
          certificates: [{ rawBytes: await raw('tsa.pem') }, { rawBytes: await raw('root.pem') }],
        },
        validFor: { start: '2020-01-01T00:00:00Z' },
      },
    ],
  });
}

const signer = () => ({
  ...keySigner(readPrivateKey(newKey('ec-p256')), ports),
  witnesses: [timestampWitness(url, ports)],
});

describe('a timestamp authority as RFC 3161 has it', () => {
  it('proves when a key signed', async () => {
    const one = signer();
    const bundle = await signDigestBundle(one, sha256);
    const trust = { publicKey: one.publicKey, trustedRoots: readTrustedRoots(await trustedRoot()) };
    const { at } = await verifyDigestBundle(bundle, sha256, trust, async () => data, ports);
    expect(Math.abs((at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    const unasked = await verifyDigestBundle(
      bundle,
      sha256,
      { publicKey: one.publicKey },
      async () => data,
      ports,
    );
    expect(unasked.at).toBeUndefined();
  });

  it('proves the earliest time of several', async () => {
    const late = timestampWitness(url, ports);
    const later: typeof late = {
      ...late,
      testify: async (content, verifier) => {
        await new Promise((resolve) => setTimeout(resolve, 2_100));
        return late.testify(content, verifier);
      },
    };
    const one = { ...signer(), witnesses: [late, later, later] };
    const started = Date.now();
    const bundle = await signDigestBundle(one, sha256);
    const trust = { publicKey: one.publicKey, trustedRoots: readTrustedRoots(await trustedRoot()) };
    const { at } = await verifyDigestBundle(bundle, sha256, trust, async () => data, ports);
    expect(Date.now() - started).toBeGreaterThan(4_000);
    // Its clock has whole seconds.
    const least = Math.floor(started / 1000) * 1000;
    expect(at?.getTime()).toBeGreaterThanOrEqual(least);
    expect(at?.getTime()).toBeLessThan(Date.now() - 2_000);
  }, 60_000);

  it('is refused when its timestamp is of another signature', async () => {
    const one = signer();
    const bundle = JSON.parse(await signDigestBundle(one, sha256));
    const other = JSON.parse(await signDigestBundle(signer(), sha256));
    bundle.verificationMaterial.timestampVerificationData =
      other.verificationMaterial.timestampVerificationData;
    const trust = { publicKey: one.publicKey, trustedRoots: readTrustedRoots(await trustedRoot()) };
    await expect(
      verifyDigestBundle(JSON.stringify(bundle), sha256, trust, async () => data, ports),
    ).rejects.toMatchObject({ code: 'untrusted-signer' });
  });

  it('does not make us read without end', async () => {
    const real = reply;
    reply = async () => Buffer.alloc(1024 * 1024);
    await expect(signDigestBundle(signer(), sha256)).rejects.toMatchObject({
      code: 'witness-unavailable',
      message: expect.stringContaining('more than'),
    });
    reply = real;
  });
});
