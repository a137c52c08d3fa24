/** The shipped bundle of gate-approval, on folders that the shipped bundle of sign-image signed. */
import { access, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { type SampleOptions, writeSample } from '../packages/evidence/test/sample-folder.ts';
import { type BundleRun, runBundle } from './tools/run-bundle.ts';

const policy = path.resolve(import.meta.dirname, '../examples/debian-13/image-policy.yml');
const key = newKey('ec-p256');
let openpgpKey: string;
let work: string;
let good: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'gate-'));
  openpgpKey = (await newOpenPgpKey()).secret;
  good = await signed({});
});
afterAll(() => rm(work, { recursive: true, force: true }));

let count = 0;
function place(): string {
  count += 1;
  return path.join(work, `image-${count}`);
}

async function signed(options: SampleOptions): Promise<string> {
  const image = place();
  await writeSample(image, options);
  const { code, stdout } = await runBundle('sign-image', { image, key, 'openpgp-key': openpgpKey });
  if (code !== 0) {
    throw new Error(`sign-image failed: ${stdout}`);
  }
  return image;
}

async function copyOfGood(): Promise<string> {
  const image = place();
  await cp(good, image, { recursive: true });
  return image;
}

const gate = (image: string, inputs: Record<string, string> = {}): Promise<BundleRun> =>
  runBundle('gate-approval', {
    image,
    policy,
    'public-key': path.join(good, 'signatures/keys/all.asc'),
    ...inputs,
  });

async function expectRefused(result: BundleRun, reason: string | RegExp): Promise<void> {
  expect(result.outputs.decision).toBe('refused');
  expect(result.code).toBe(1);
  const reasons = JSON.parse(result.outputs.reasons ?? '[]') as string[];
  expect(reasons.join('\n')).toMatch(reason);
  expect(result.stdout).toMatch(/^::error title=Gate approval::Refused: /m);
  expect(result.summary).toContain('Release refused');
  expect(result.summary).toContain('What to do next');
  expect(result.outputs.vsa).toBe('');
}

async function flip(file: string): Promise<void> {
  const bytes = await readFile(file);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

describe('a good image', () => {
  it('is approved, with the release table, facts and a signed summary', async () => {
    const image = await copyOfGood();
    const result = await gate(image, { signing: key });
    expect(result.stdout).not.toContain('::error');
    expect(result.code).toBe(0);
    expect(result.outputs).toMatchObject({
      decision: 'approved',
      reasons: '[]',
      'image-name': 'debian-13 20261124',
      score: '97.3 %',
      cases: '2 passed, 0 failed, 1 skipped, 2 not run',
      signatures: 'openpgp, sigstore (key)',
    });
    expect(result.outputs.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(result.summary).toContain('Release approved');
    const bundle = JSON.parse(await readFile(result.outputs.vsa ?? '', 'utf8')) as {
      dsseEnvelope: { payload: string };
    };
    const vsa = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8'));
    expect(vsa.predicateType).toBe('https://slsa.dev/verification_summary/v1');
    expect(vsa.predicate.verificationResult).toBe('PASSED');
    // The four steps, and the SBOM.
    expect(vsa.predicate.inputAttestations).toHaveLength(5);
    expect(`sha256:${vsa.subject[0].digest.sha256}`).toBe(result.outputs.digest);
  });

  it('gets a summary that is named unsigned without a key', async () => {
    const result = await gate(await copyOfGood());
    expect(result.code).toBe(0);
    expect(path.basename(result.outputs.vsa ?? '')).toBe('vsa.unsigned.json');
  });

  it('stays signed and approved after the gate wrote its files beside it', async () => {
    const image = await copyOfGood();
    expect((await gate(image)).code).toBe(0);
    expect((await gate(image)).code).toBe(0);
    const keys = path.join(good, 'signatures/keys/all.asc');
    expect((await runBundle('sign-image', { image, mode: 'verify', 'public-key': keys })).code).toBe(0);
  });
});

describe('refused', () => {
  it('a failed case', async () => {
    const image = await signed({ failedTests: ['check_time'] });
    const result = await gate(image);
    await expectRefused(result, /run-fvt says PASSED: 40-fvt says FAILED \(2 passed, 0 warned, 1 failed\)/);
    expect(result.outputs.cases).toBe('2 passed, 1 failed, 1 skipped, 2 not run');
  });

  it('a result that says PASSED and has a failed case', async () => {
    const image = await signed({
      failedTests: ['check_time'],
      change: (_name, statement) =>
        statement.predicate.suite === 'run-fvt'
          ? { ...statement, predicate: { ...statement.predicate, result: 'PASSED' } }
          : statement,
    });
    await expectRefused(await gate(image), /run-fvt says PASSED: .*1 failed/);
  });

  it('zero cases run', async () => {
    const image = await signed({
      change: (_name, statement) =>
        statement.predicate.suite === 'run-fvt'
          ? { ...statement, predicate: { ...statement.predicate, passedTests: [] } }
          : statement,
    });
    await expectRefused(await gate(image), /run-fvt says PASSED: .*0 passed/);
  });

  it.each([
    ['10-media', /10-media\.json is missing/],
    ['20-build', /20-build\.json is missing/],
    ['30-harden', /30-harden\.json is missing/],
    ['40-fvt', /40-fvt\.json is missing/],
  ])('a statement that was removed: %s', async (name, reason) => {
    const image = await copyOfGood();
    await rm(path.join(image, 'evidence', `${name}.json`));
    await expectRefused(await gate(image), reason);
    await rm(path.join(image, 'signatures', `${name}.intoto.sigstore.json`));
    await expectRefused(await gate(image), /there is none|no statement says|started from|is about/);
  });

  it('a missing functional result, also when the image was signed without it', async () => {
    const image = await signed({ without: ['40-fvt'] });
    await expectRefused(await gate(image), /run-fvt statement about this image: there is none/);
  });

  it.each([
    'disk.qcow2',
    'sbom.spdx.json',
    'evidence/40-fvt.json',
    'signatures/SHA256SUMS',
    'signatures/disk.qcow2.sigstore.json',
    'signatures/40-fvt.intoto.sigstore.json',
    'signatures/SHA256SUMS.gpg',
  ])('one changed byte of %s', async (file) => {
    const image = await copyOfGood();
    await flip(path.join(image, file));
    await expectRefused(await gate(image), path.basename(file, '.json'));
  });

  it('a changed byte of the disk, with expected and actual digest', async () => {
    const image = await copyOfGood();
    await flip(path.join(image, 'disk.qcow2'));
    await expectRefused(
      await gate(image),
      /disk.qcow2 is sha256:[0-9a-f]{64}, image.json says sha256:[0-9a-f]{64}/,
    );
  });

  it('a truncated disk', async () => {
    const image = await copyOfGood();
    await writeFile(path.join(image, 'disk.qcow2'), 'short');
    await expectRefused(await gate(image), /image.json says/);
  });

  it('another key', async () => {
    const other = await signedByOther();
    await expectRefused(await gate(other), /signature is not by the key/);
  });

  it('no key', async () => {
    await expectRefused(await gate(await copyOfGood(), { 'public-key': '' }), /no public key was given/);
  });

  it('a score below the least', async () => {
    const image = await signed({ score: 71 });
    await expectRefused(await gate(image), /harden scores at least 90 %: 71.0 %/);
  });

  it('old evidence', async () => {
    const image = await signed({ finishedOn: new Date(Date.now() - 8 * 86_400_000) });
    await expectRefused(await gate(image), /run-fvt is at most 7 d old: 8 d old/);
  });

  it('evidence from the future, which is not even signed', async () => {
    const future = new Date(Date.now() + 86_400_000);
    await expect(signed({ finishedOn: future })).rejects.toThrow(/in the future/);
  });

  it('a folder without signatures, and one that is not there', async () => {
    const image = place();
    await writeSample(image);
    await expectRefused(await gate(image), /40-fvt.json is not signed/);
    await expectRefused(await gate(place()), /is not an image folder/);
  });

  it('an environment whose approvals cannot be read', async () => {
    const file = path.join(work, 'environments.yml');
    const text = await readFile(policy, 'utf8');
    await writeFile(file, `${text}environments:\n  production: {reviewers: [release-owner]}\n`);
    await expectRefused(await gate(await copyOfGood(), { policy: file }), /the environment is not named/);
    await expectRefused(
      await gate(await copyOfGood(), { policy: file, environment: 'production' }),
      /nobody asked GitHub who approved the environment/,
    );
  });

  it('and leaves no approval of an earlier run behind', async () => {
    const image = await copyOfGood();
    const approved = await gate(image, { signing: key });
    expect(await exists(approved.outputs.vsa ?? '')).toBe(true);
    await flip(path.join(image, 'disk.qcow2'));
    await expectRefused(await gate(image), /disk.qcow2/);
    expect(await exists(approved.outputs.vsa ?? '')).toBe(false);
  });
});

async function signedByOther(): Promise<string> {
  const image = place();
  await writeSample(image);
  expect((await runBundle('sign-image', { image, key: newKey('ec-p256') })).code).toBe(0);
  return image;
}

describe('replay', () => {
  it('gives the same decision for the same facts, and emits nothing', async () => {
    const image = await copyOfGood();
    const first = await gate(image, { signing: key });
    const again = await gate('', { facts: first.outputs.facts ?? '' });
    expect(again.outputs.decision).toBe('approved');
    expect(again.outputs.vsa).toBe('');
    expect(again.outputs.cases).toBe(first.outputs.cases);
  });

  it('refuses without any one of the facts', async () => {
    const image = await copyOfGood();
    const { outputs } = await gate(image);
    const saved = JSON.parse(await readFile(outputs.facts ?? '', 'utf8')) as { facts: { kind: string }[] };
    const edited = path.join(work, 'edited.json');
    for (const [index] of saved.facts.entries()) {
      const facts = saved.facts.filter((_fact, at) => at !== index);
      await writeFile(edited, JSON.stringify({ ...saved, facts }));
      const replayed = await gate('', { facts: edited });
      expect([saved.facts[index]?.kind, replayed.outputs.decision]).toEqual([
        saved.facts[index]?.kind,
        'refused',
      ]);
    }
  });

  it('refuses facts that are not ours', async () => {
    const edited = path.join(work, 'foreign.json');
    await writeFile(edited, '{"version": 2}');
    const result = await gate('', { facts: edited });
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('does not hold facts');
  });
});

describe('mistakes', () => {
  it('names each mistake of a policy with line and column', async () => {
    const file = path.join(work, 'bad.yml');
    await writeFile(
      file,
      'version: 1\nrelease:\n  requires: []\n  require:\n    - {predicate: nonsense, max-age: 7}\n',
    );
    const { code, stdout } = await gate(good, { policy: file });
    expect(code).toBe(1);
    expect(stdout).toContain('bad.yml:3:3 unknown key release.requires');
    expect(stdout).toContain('bad.yml:5:8 release.require.0.predicate');
    expect(stdout).toContain('bad.yml:5:29 release.require.0.max-age');
  });

  it.each(['merge', 'provision', 'audit'])('says that the mode %s is for GitHub', async (mode) => {
    const { code, stdout, outputs } = await gate(good, { mode });
    expect(code).toBe(1);
    expect(stdout).toContain(`The mode ${mode} works on GitHub only`);
    expect(outputs).toEqual({});
  });
});
