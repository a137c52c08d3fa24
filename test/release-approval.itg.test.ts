/**
 * Who holds the release key signs what the gate approved, and nothing else: the shipped bundles of sign-image and
 * gate-approval one after the other, against the strict fake GitHub.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { keySigner, readPrivateKey, signStatementBundle } from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey } from '../packages/evidence/test/keys.ts';
import { type SampleOptions, writeSample } from '../packages/evidence/test/sample-folder.ts';
import { ADMIN_TOKEN, startFakeGitHub, type World } from './fake-github/src/index.ts';
import { RELEASE_POLICY, releasedWorld, releaseJob, repositoryOf } from './tools/release-world.ts';
import { type BundleRun, runBundle } from './tools/run-bundle.ts';
import { acceptedByShell, flipByte, verifyCommandsOf } from './tools/verify-clients.ts';

const run = promisify(execFile);
/** Three keys, as three people or services hold them. */
const pipelineKey = newKey('ec-p256');
const gateKey = newKey('ec-p256');
const releaseKey = newKey('ec-p256');
const publicHalf = (key: string): string => readPrivateKey(key).publicKey.pem;

let work: string;
let policy: string;
/** Signed by the pipeline, approved by the gate. */
let approvedImage: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'release-approval-'));
  policy = path.join(work, 'policy.yml');
  await writeFile(policy, RELEASE_POLICY);
  approvedImage = await built();
  const result = await gate(approvedImage);
  expect([result.code, result.outputs.reasons]).toEqual([0, '[]']);
}, 120_000);
afterAll(() => rm(work, { recursive: true, force: true }));

let count = 0;
function place(): string {
  count += 1;
  return path.join(work, `image-${count}`);
}

/** An image folder as the pipeline leaves it, with its signatures. */
async function built(options: SampleOptions = {}): Promise<string> {
  const image = place();
  await writeSample(image, options);
  const { code, stdout } = await runBundle('sign-image', { image, key: pipelineKey });
  expect([code, stdout.match(/::error.*/)?.[0]]).toEqual([0, undefined]);
  return image;
}

async function copyOf(image: string): Promise<string> {
  const copy = place();
  await cp(image, copy, { recursive: true });
  return copy;
}

async function gate(
  image: string,
  world: World = releasedWorld(),
  signing: string = gateKey,
): Promise<BundleRun> {
  const github = await startFakeGitHub(world);
  try {
    const inputs = { mode: 'release', image, policy, environment: 'production', token: ADMIN_TOKEN, signing };
    const trust = { 'public-key': publicHalf(pipelineKey) };
    const result = await runBundle('gate-approval', { ...inputs, ...trust }, { env: releaseJob(github.url) });
    expect(github.violations).toEqual([]);
    return result;
  } finally {
    await github.close();
  }
}

const signRelease = (image: string, inputs: Readonly<Record<string, string>> = {}): Promise<BundleRun> =>
  runBundle('sign-image', {
    image,
    key: releaseKey,
    'require-approval': 'true',
    'approval-key': publicHalf(gateKey),
    ...inputs,
  });

const summaryOf = (image: string): string => path.join(image, 'release/vsa.intoto.sigstore.json');

/** Whose key made the signatures that lie there. */
async function signer(image: string): Promise<string> {
  return readFile(path.join(image, 'signatures/keys/sigstore.pub'), 'utf8');
}

/** The release key signed nothing: what the pipeline made is as it was, byte for byte. */
async function expectNotSigned(
  image: string,
  reason: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const before = await contents(image);
  const { code, stdout, outputs, summary } = await signRelease(image, inputs);
  expect(stdout).toContain(reason);
  expect([code, outputs, summary.includes(': signed')]).toEqual([1, {}, false]);
  expect(await contents(image)).toEqual(before);
  expect(await signer(image)).toBe(publicHalf(pipelineKey));
}

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'base64')] as const)),
  );
}

describe('an approved image', () => {
  it('is signed with the release key, and strangers verify it with that key', async () => {
    const image = await copyOf(approvedImage);
    const { code, stdout, summary } = await signRelease(image);
    expect([code, stdout.match(/::error.*/)?.[0]]).toEqual([0, undefined]);
    expect(summary).toContain('Gate-approval approved this disk');
    expect(await signer(image)).toBe(publicHalf(releaseKey));
    const commands = await verifyCommandsOf(image);
    expect(commands.map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(['openssl', 'cosign', 'sha256sum']),
    );
    for (const line of commands) {
      expect([line, await acceptedByShell(line, image)]).toEqual([line, true]);
    }
  }, 120_000);

  it('is proven with its approval in verify mode, and not without it', async () => {
    const image = await copyOf(approvedImage);
    expect((await signRelease(image)).code).toBe(0);
    const trust = { mode: 'verify', key: '', 'public-key': publicHalf(releaseKey) };
    expect((await signRelease(image, trust)).code).toBe(0);
    const others = await signRelease(image, { ...trust, 'approval-key': publicHalf(releaseKey) });
    expect(others.code).toBe(1);
    expect(others.summary).toContain('not proven');
    expect(others.stdout).toContain('is not approved: The signature is not by the key');
    await rm(summaryOf(image));
    expect((await signRelease(image, trust)).stdout).toContain('There is no signed verification summary');
  }, 60_000);

  it('is taken with a summary that lies elsewhere, and a key in a file', async () => {
    const image = await copyOf(approvedImage);
    const vsa = path.join(work, 'approval.json');
    const key = path.join(work, 'gate.pub');
    await cp(summaryOf(image), vsa);
    await writeFile(key, publicHalf(gateKey));
    await rm(path.join(image, 'release'), { recursive: true });
    expect((await signRelease(image, { vsa, 'approval-key': key })).code).toBe(0);
  }, 60_000);
});

describe('is not signed with the release key:', () => {
  it('an image that the gate refused, also after an earlier approval', async () => {
    const image = await copyOf(approvedImage);
    const nobody = releasedWorld();
    repositoryOf(nobody).runs[0]?.approvals.pop();
    const refused = await gate(image, nobody);
    expect([refused.code, refused.outputs.decision]).toEqual([1, 'refused']);
    await expectNotSigned(image, 'There is no signed verification summary');
    // As a workflow hands it on.
    await expectNotSigned(image, 'There is no signed verification summary', {
      vsa: refused.outputs.vsa ?? '',
    });
  }, 60_000);

  it('an image that the gate did not see', async () => {
    await expectNotSigned(await built(), 'There is no signed verification summary');
  }, 60_000);

  it('another disk than the approved one', async () => {
    const other = await built({ disk: 'another disk, built and tested too\n' });
    await expectNotSigned(other, 'The verification summary is about sha256:', {
      vsa: summaryOf(approvedImage),
    });
  }, 60_000);

  it('a disk that was changed after the approval', async () => {
    const image = await copyOf(approvedImage);
    await flipByte(path.join(image, 'disk.qcow2'));
    await expectNotSigned(image, 'expected sha256:');
  }, 60_000);

  it('the approved disk under another name or version', async () => {
    const image = await copyOf(approvedImage);
    const file = path.join(image, 'image.json');
    const descriptor = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...descriptor, version: '20261125' }));
    await expectNotSigned(image, 'the summary is about pkg:generic/debian-13@20261124, not');
  }, 60_000);

  it('an image whose summary nobody signed, or another than the gate', async () => {
    const image = await built();
    const unsigned = await gate(image, releasedWorld(), '');
    expect([unsigned.code, path.basename(unsigned.outputs.vsa ?? '')]).toEqual([0, 'vsa.unsigned.json']);
    await expectNotSigned(image, 'There is no signed verification summary');
    await expectNotSigned(image, 'is not a sigstore bundle', { vsa: unsigned.outputs.vsa ?? '' });
    const foreign = await gate(image, releasedWorld(), pipelineKey);
    expect(foreign.code).toBe(0);
    await expectNotSigned(image, 'is not approved: The signature is not by the key');
  }, 60_000);

  it('an image with a changed byte in its summary', async () => {
    const image = await copyOf(approvedImage);
    await flipByte(summaryOf(image));
    await expectNotSigned(image, 'is not approved');
  }, 60_000);

  it('an image with another statement of the gate in place of a summary', async () => {
    const image = await copyOf(approvedImage);
    const gateSigner = keySigner(readPrivateKey(gateKey), testPorts());
    const statement = await readFile(path.join(image, 'evidence/40-fvt.json'));
    await writeFile(summaryOf(image), await signStatementBundle(gateSigner, statement));
    await expectNotSigned(image, 'it is of the type https://in-toto.io/attestation/test-result/v0.1');
  }, 60_000);

  it('anything, when the approval is asked for by halves', async () => {
    const image = await copyOf(approvedImage);
    await expectNotSigned(image, 'needs the input approval-key', { 'approval-key': '' });
    await expectNotSigned(image, 'are for require-approval', { 'require-approval': 'false' });
    await expectNotSigned(image, 'holds no PEM public key', {
      'approval-key': await minisignPublicKey(),
    });
  }, 60_000);
});

async function minisignPublicKey(): Promise<string> {
  const file = path.join(work, 'minisign.pub');
  await run('minisign', ['-G', '-W', '-p', file, '-s', path.join(work, 'minisign.key')]);
  return readFile(file, 'utf8');
}
