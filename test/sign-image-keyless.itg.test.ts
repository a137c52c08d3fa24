/** The shipped bundle of sign-image, keyless: @sigstore/mock's services on loopback, and the real cosign as the judge. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import {
  IDENTITY,
  ISSUER,
  identityToken,
  type SigstoreServices,
  startSigstore,
} from '../packages/evidence/test/sigstore-services.ts';
import { type GitHubJob, startGitHubJob } from './tools/github-job.ts';
import { type BundleRun, runBundle } from './tools/run-bundle.ts';
import { acceptedByShell, flipByte, verifyCommandsOf } from './tools/verify-clients.ts';

const token = identityToken();
let work: string;
let services: SigstoreServices;
let job: GitHubJob;
let trustedRoot: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'sign-keyless-'));
  services = await startSigstore();
  job = await startGitHubJob(token);
  trustedRoot = path.join(work, 'trusted_root.json');
  await writeFile(trustedRoot, services.trustedRoot);
});
afterAll(async () => {
  await services.close();
  await job.close();
  await rm(work, { recursive: true, force: true });
});

let count = 0;
function folder(): string {
  count += 1;
  return path.join(work, `image-${count}`);
}

const sign = (
  image: string,
  inputs: Record<string, string> = {},
  env: Readonly<Record<string, string>> = job.env,
): Promise<BundleRun> =>
  runBundle(
    'sign-image',
    {
      image,
      method: 'sigstore-keyless',
      'sigstore-endpoints': services.endpoints,
      'trusted-root': trustedRoot,
      ...inputs,
    },
    { env },
  );

/** Without any network but loopback. */
const verify = (image: string, inputs: Record<string, string> = {}): Promise<BundleRun> =>
  runBundle(
    'sign-image',
    { image, mode: 'verify', identity: IDENTITY, issuer: ISSUER, 'trusted-root': trustedRoot, ...inputs },
    { within: ['unshare', '--net'] },
  );

describe('signed keyless', () => {
  let image: string;
  let result: BundleRun;
  let cosign: string[];

  beforeAll(async () => {
    image = folder();
    await writeSample(image);
    result = await sign(image, { annotations: 'ticket=OPS-42, commit=0123abc' });
    expect(result.stdout).not.toContain('::error');
    expect(result.code).toBe(0);
    cosign = (await verifyCommandsOf(image)).filter((line) => line.startsWith('cosign '));
  }, 120_000);

  it('names identity, issuer and root, and has no key', async () => {
    expect(result.outputs).toMatchObject({
      methods: 'sigstore (keyless)',
      identity: IDENTITY,
      issuer: ISSUER,
      'trusted-root': path.join(image, 'signatures/keys/trusted-root.json'),
      'public-keys': '',
    });
    expect((await readdir(path.join(image, 'signatures/keys'))).sort()).toEqual(['trusted-root.json']);
    expect(result.outputs.attestations?.split('\n').map((file) => path.basename(file))).toEqual([
      '10-media.intoto.sigstore.json',
      '20-build.intoto.sigstore.json',
      '30-harden.intoto.sigstore.json',
      '40-fvt.intoto.sigstore.json',
      'sbom-spdx.intoto.sigstore.json',
      'release.intoto.sigstore.json',
    ]);
  });

  it('has the tokens of the job in no output, summary or file', async () => {
    const files = await readdir(image, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1'));
    const shown = result.stdout.replaceAll(/^::add-mask::.*$/gm, '') + result.stderr + result.summary;
    const secrets = [token, job.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? 'missing'];
    for (const text of [...(await Promise.all(texts)), shown, JSON.stringify(result.outputs)]) {
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  it('is accepted by cosign with the commands of VERIFY.md, the disk and every statement about it', async () => {
    expect(cosign).toHaveLength(4);
    for (const line of cosign) {
      expect([line, await acceptedByShell(line, image)]).toEqual([line, true]);
    }
  }, 120_000);

  it("has GitHub's own client in VERIFY.md, for statements about the disk", async () => {
    const gh = (await verifyCommandsOf(image)).filter((line) => line.startsWith('gh attestation verify'));
    expect(gh).toHaveLength(3);
    expect(gh[1]).toBe(
      `gh attestation verify disk.qcow2 --bundle signatures/40-fvt.intoto.sigstore.json --repo example/images --cert-identity ${IDENTITY} --custom-trusted-root signatures/keys/trusted-root.json --predicate-type https://in-toto.io/attestation/test-result/v0.1`,
    );
  });

  it.each(['disk.qcow2', 'signatures/disk.qcow2.sigstore.json', 'signatures/40-fvt.intoto.sigstore.json'])(
    'is refused by cosign after one byte of %s changed',
    async (file) => {
      const original = await readFile(path.join(image, file));
      await flipByte(path.join(image, file));
      try {
        const [disk = ''] = cosign;
        const fvt = cosign.find((line) => line.includes('40-fvt')) ?? '';
        const accepted = [await acceptedByShell(disk, image), await acceptedByShell(fvt, image)];
        expect(accepted).toEqual([file.includes('40-fvt'), file.includes('disk.qcow2.sigstore')]);
      } finally {
        await writeFile(path.join(image, file), original);
      }
    },
    180_000,
  );

  it('is refused by cosign for another identity, issuer or root', async () => {
    const stranger = await startSigstore();
    await stranger.close();
    // As sign-image writes it, so that the refusal is about whom it trusts.
    await writeFile(
      path.join(image, '.stranger.json'),
      stranger.trustedRoot.replaceAll(/,"operator":"[^"]*"/g, ''),
    );
    for (const line of [cosign[0] ?? '', cosign.find((entry) => entry.includes('40-fvt')) ?? '']) {
      const changed = [
        line.replace('refs/heads/main', 'refs/heads/evil'),
        line.replace(ISSUER, 'https://accounts.example.org'),
        line.replace('signatures/keys/trusted-root.json', '.stranger.json'),
      ];
      for (const other of changed) {
        expect(other).not.toBe(line);
        expect([other, await acceptedByShell(other, image)]).toEqual([other, false]);
      }
    }
  });

  it('is proven offline in verify mode, with who and when in one table', async () => {
    const { code, outputs, summary } = await verify(image);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ methods: 'sigstore (keyless)', identity: IDENTITY, issuer: ISSUER });
    expect(summary).toContain('signed before (UTC)');
    expect(summary).toContain(new Date().toISOString().slice(0, 10));
    expect(summary).toMatch(/<code>ticket<\/code> \| OPS\\-42/);
    expect(summary).toContain('slsa.dev/provenance/v1');
    expect((await verify(image, { identity: '/https://github.com/example/.+@refs/heads/main/' })).code).toBe(
      0,
    );
  });

  it.each([
    ['another identity', { identity: IDENTITY.replace('main', 'evil') }, 'not by'],
    ['a part of the identity', { identity: IDENTITY.slice(0, -2) }, 'not by'],
    ['a pattern that matches a part', { identity: '/refs.heads.main/' }, 'not by'],
    ['another issuer', { issuer: 'https://accounts.example.org' }, 'was issued by'],
    ['another digest', { 'expected-sha256': 'a'.repeat(64) }, 'expected sha256:aaaa'],
    [
      'a key of nobody',
      { 'public-key': '-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----' },
      'PEM public key',
    ],
    ['a root that is none', { 'trusted-root': '{}' }, 'trusted root cannot be used'],
    ['a root that is not there', { 'trusted-root': '/no/such/root.json' }, 'not a readable file'],
  ])('is not proven for %s', async (_what, inputs, message) => {
    const { code, stdout } = await verify(image, inputs);
    expect(code).toBe(1);
    expect(stdout).toContain(message);
  });

  it('is not proven when a statement has the name of another kind', async () => {
    const copy = folder();
    await cp(image, copy, { recursive: true });
    const signatures = path.join(copy, 'signatures');
    await cp(
      path.join(signatures, '40-fvt.intoto.sigstore.json'),
      path.join(signatures, 'sbom-spdx.intoto.sigstore.json'),
    );
    const { code, stdout } = await verify(copy);
    expect(code).toBe(1);
    expect(stdout).toContain('sbom-spdx holds a predicate of type https:');
  });
});

describe('keyless with other methods', () => {
  it('leaves openssl signatures to the key and bundles to the identity; each proves the disk', async () => {
    const image = folder();
    await writeSample(image);
    const key = newKey('ec-p256');
    const { secret } = await newOpenPgpKey();
    const inputs = { method: 'sigstore-keyless, key, openpgp', key, 'openpgp-key': secret };
    const { code, outputs } = await sign(image, inputs);
    expect(code).toBe(0);
    expect(outputs.methods).toBe('openpgp, sigstore (keyless)');
    for (const line of await verifyCommandsOf(image)) {
      if (!line.startsWith('gh ')) {
        expect([line, await acceptedByShell(line, image)]).toEqual([line, true]);
      }
    }
    const keys = outputs['public-keys'] ?? '';
    expect((await verify(image, { 'public-key': keys })).code).toBe(0);
    const byKey = await verify(image, { 'public-key': keys, identity: '' });
    expect(byKey.summary).toContain('### Not checked');
    expect((await verify(image, { 'public-key': (await newOpenPgpKey()).public })).code).toBe(1);
  });

  it('has timestamps instead of log entries where the instance has no log', async () => {
    const image = folder();
    await writeSample(image);
    const root = JSON.parse(services.trustedRoot);
    const file = path.join(work, 'no-log.json');
    await writeFile(file, JSON.stringify({ ...root, tlogs: [] }));
    const endpoints = `fulcio=${services.fulcio}\ntsa=${services.tsa}`;
    const { code } = await sign(image, { 'sigstore-endpoints': endpoints, 'trusted-root': file });
    expect(code).toBe(0);
    const cosign = (await verifyCommandsOf(image)).filter((line) => line.startsWith('cosign '));
    for (const line of cosign) {
      expect([line, await acceptedByShell(line, image)]).toEqual([line, true]);
    }
    expect((await verify(image, { 'trusted-root': file })).code).toBe(0);
    // The root with a log wants an entry in it.
    expect((await verify(image)).stdout).toContain('expected 1 tlog entries');
  });

  it('has timestamps on bundles by a key', async () => {
    const image = folder();
    await writeSample(image);
    const inputs = { method: 'key', key: newKey('ec-p256'), 'timestamp-authority': services.tsa };
    const { code, outputs, stdout } = await sign(image, inputs, {});
    expect(stdout).not.toContain('::error');
    expect(code).toBe(0);
    const cosign = (await verifyCommandsOf(image)).filter((line) => line.startsWith('cosign '));
    for (const line of cosign) {
      expect([line, await acceptedByShell(line, image)]).toEqual([line, true]);
    }
    const trust = { 'public-key': outputs['public-keys'] ?? '', identity: '' };
    const proven = await verify(image, trust);
    expect(proven.code).toBe(0);
    expect(proven.summary).toContain(new Date().toISOString().slice(0, 10));
    const stranger = path.join(work, 'stranger.json');
    const other = await startSigstore();
    await other.close();
    await writeFile(stranger, other.trustedRoot);
    const refused = await verify(image, { ...trust, 'trusted-root': stranger });
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('timestamp could not be verified');
  });
});

describe('the gate', () => {
  it('approves what the identity signed, and nothing that another would have', async () => {
    const image = folder();
    await writeSample(image);
    const { secret, public: openpgp } = await newOpenPgpKey();
    await sign(image, { method: 'sigstore-keyless, openpgp', 'openpgp-key': secret });
    const policy = path.resolve(import.meta.dirname, '../examples/debian-13/image-policy.yml');
    const inputs = { image, policy, 'public-key': openpgp, 'trusted-root': trustedRoot };
    const approved = await runBundle('gate-approval', { ...inputs, identity: IDENTITY });
    expect(approved.outputs.reasons).toBe('[]');
    expect(approved.outputs).toMatchObject({
      decision: 'approved',
      signatures: 'openpgp, sigstore (keyless)',
    });
    const refused = await runBundle('gate-approval', { ...inputs, identity: `${IDENTITY}s` });
    expect(refused.outputs.decision).toBe('refused');
    const unknown = await runBundle('gate-approval', inputs);
    expect(unknown.outputs.decision).toBe('refused');
  });
});

describe("GitHub's attestation API", () => {
  const upload = { 'upload-attestations': 'true', annotations: 'a=b' };

  it('gets every statement, also when it is overloaded for a moment', async () => {
    const image = folder();
    await writeSample(image);
    job.failures.push(502);
    const before = job.stored.length;
    const { code, outputs, summary, stdout } = await sign(image, { ...upload, 'github-token': job.token });
    expect(code).toBe(0);
    const texts = (outputs.attestations ?? '').split('\n').map((file) => readFile(file, 'utf8'));
    expect(job.stored.slice(before)).toEqual((await Promise.all(texts)).map((text) => JSON.parse(text)));
    expect(outputs['attestation-urls']?.split('\n')).toHaveLength(6);
    expect(summary).toContain('https://github.com/example/images/attestations/');
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(job.token);
  });

  it.each([
    ['a token without the permission', { 'github-token': 'ghs_other' }, 'the token is not valid'],
    ['no token', {}, 'needs a repository on GitHub and github-token'],
    [
      'signatures by a key',
      { method: 'key', key: newKey('ec-p256'), 'github-token': 'x' },
      'needs the method sigstore-keyless',
    ],
  ])('with %s: nothing is written', async (_what, inputs, message) => {
    const image = folder();
    await writeSample(image);
    const before = (await readdir(image)).sort();
    const { code, stdout } = await sign(image, { ...upload, ...(inputs as Record<string, string>) });
    expect(code).toBe(1);
    expect(stdout).toContain(message);
    expect((await readdir(image)).sort()).toEqual(before);
  });
});

describe('what is not signed keyless', () => {
  const refused = async (
    message: string,
    inputs: Record<string, string> = {},
    env: Readonly<Record<string, string>> = job.env,
  ): Promise<void> => {
    const image = folder();
    await writeSample(image);
    const before = (await readdir(image)).sort();
    const { code, stdout, outputs } = await sign(image, inputs, env);
    expect(stdout).toContain(message);
    expect(code).toBe(1);
    expect(outputs).toEqual({});
    expect((await readdir(image)).sort()).toEqual(before);
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(token);
  };

  it('in a job that may not prove its identity', async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: _url, ...env } = job.env;
    await refused('no permission id-token: write', {}, env);
    await refused('there is no OIDC token here', {}, {});
  });

  it('in a private repository, as long as it does not say where', async () => {
    const event = path.join(work, 'event.json');
    await writeFile(event, JSON.stringify({ repository: { private: true } }));
    const env = { ...job.env, GITHUB_EVENT_PATH: event };
    await refused('would publish the name of this private repository', { 'sigstore-endpoints': '' }, env);
  });

  it('by a certificate authority that refuses, a log that fails halfway, or under another root', async () => {
    services.failures.set('/api/v2/signingCert', {
      status: 403,
      body: `{"message":"no ${token}"}`,
      times: 1,
    });
    await refused('gave no certificate: ');
    services.failures.set('/api/v1/timestamp', { status: 400, body: '', times: 1 });
    await refused('The timestamp authority http:');
    const other = await startSigstore();
    await other.close();
    const stranger = path.join(work, 'other-root.json');
    await writeFile(stranger, other.trustedRoot);
    await refused('The signatures made do not verify', { 'trusted-root': stranger });
  });

  it.each([
    ['a private instance without its root', { 'trusted-root': '' }, 'needs trusted-root'],
    [
      'endpoints over plain HTTP',
      { 'sigstore-endpoints': 'fulcio=http://fulcio.example.org\nrekor=https://rekor.example.org' },
      'is not an https URL',
    ],
    [
      'endpoints that prove no time',
      { 'sigstore-endpoints': 'fulcio=https://fulcio.example.org' },
      'nothing would prove the time',
    ],
    ['endpoints of another form', { 'sigstore-endpoints': 'somewhere' }, 'is not understood'],
    ['an annotation without a value', { annotations: 'ticket' }, 'The annotation'],
  ])('with %s', async (_what, inputs, message) => {
    await refused(message, inputs as unknown as Record<string, string>);
  });
});
