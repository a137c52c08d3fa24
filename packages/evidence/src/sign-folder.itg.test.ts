import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fixedClock, type Ports } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../test/keys.ts';
import { type Sample, writeSample } from '../test/sample-folder.ts';
import { signStatementBundle } from './bundle.ts';
import { readTrustedKeys } from './key-material.ts';
import { readPrivateKey } from './keys.ts';
import { readOpenPgpKey } from './openpgp.ts';
import { judgeReport } from './proof.ts';
import { signFolder } from './sign-folder.ts';
import type { SignRequest } from './sign-types.ts';
import { keySigner } from './signer.ts';
import { createStatement, EXPORT_BUILD_TYPE, predicateTypes } from './statement.ts';
import { verifyFolder } from './verify-folder.ts';

const run = promisify(execFile);
const ports = testPorts();
let folder: string;
let sample: Sample;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sign-folder-'));
  sample = await writeSample(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const signer = (kind: 'ec-p256' | 'rsa' | 'ed25519' = 'ec-p256') =>
  keySigner(readPrivateKey(newKey(kind)), ports);
const request = (more: Partial<SignRequest> = {}): SignRequest => ({
  folder,
  title: 'debian-13 20261124',
  disk: 'disk.qcow2',
  describedSha256: sample.sha256,
  requireMedium: true,
  evidence: Object.keys(sample.statements),
  ...more,
});

describe('verifyFolder', () => {
  const one = signer();
  const look = (now: Date = new Date()) =>
    verifyFolder(
      { folder, disk: 'disk.qcow2', publicKey: one.publicKey },
      { ...ports, clock: fixedClock(now.toISOString()) },
    );
  const statement = async (name: string, now?: Date) =>
    (await look(now)).statements.find((entry) => entry.name === name);

  it.each<[string, (file: string) => Promise<void>, RegExp]>([
    [
      'was changed',
      (file) => appendFile(file, 'x'),
      /^reports\/fvt\.junit\.xml is sha(256|512):\w+, the list says/,
    ],
    ['is missing', (file) => rm(file), /^reports\/fvt\.junit\.xml is missing$/],
    ['is new', (file) => writeFile(`${file}.new`, ''), /^reports\/fvt\.junit\.xml\.new is not listed$/],
  ])('says of both lists that a file %s', async (_what, change, reason) => {
    await signFolder(request({ signer: one }), ports);
    expect((await look()).checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    await change(path.join(folder, 'reports/fvt.junit.xml'));
    const lists = (await look()).checks.filter(({ kind }) => kind === 'checksums');
    expect(lists.map(({ file, status }) => [file, status])).toEqual([
      ['SHA256SUMS', 'fail'],
      ['SHA512SUMS', 'fail'],
    ]);
    expect(lists.filter((check) => !reason.test(check.reason ?? ''))).toEqual([]);
  });

  it('believes no evidence that nobody signed', async () => {
    await signFolder(request({ signer: one }), ports);
    const file = path.join(folder, 'evidence/40-fvt.json');
    await writeFile(path.join(folder, 'evidence/41-fvt.json'), await readFile(file));
    const found = await statement('41-fvt');
    expect(found?.check).toMatchObject({ status: 'fail', reason: 'evidence/41-fvt.json is not signed' });
    expect(found?.statement).toBeUndefined();
  });

  it('believes no statement under the name of another kind, of another version, or about nothing', async () => {
    await signFolder(request({ signer: one }), ports);
    const fvt = sample.statements['40-fvt'];
    const bundle = path.join(folder, 'signatures/sbom-spdx.intoto.sigstore.json');
    const spdx = { ...fvt, predicateType: predicateTypes.spdx };
    for (const value of [
      fvt,
      { ...spdx, subject: [] },
      { ...spdx, _type: 'https://in-toto.io/Statement/v0.1' },
    ]) {
      await writeFile(bundle, await signStatementBundle(one, Buffer.from(JSON.stringify(value))));
      const found = await statement('sbom-spdx');
      expect([found?.check.status, found?.statement]).toEqual(['fail', undefined]);
    }
    await writeFile(bundle, await signStatementBundle(one, Buffer.from(JSON.stringify(spdx))));
    expect((await statement('sbom-spdx'))?.check.status).toBe('pass');
  });

  it('believes no work that ends in the future, but clocks may differ a little', async () => {
    await signFolder(request({ signer: one }), ports);
    const ended = Date.now();
    const early = await statement('40-fvt', new Date(ended - 4 * 60_000));
    expect(early?.check.status).toBe('pass');
    const tooEarly = await statement('40-fvt', new Date(ended - 7 * 60_000));
    expect(tooEarly?.check).toMatchObject({
      status: 'fail',
      reason: expect.stringMatching(/^40-fvt tells of work that ends in the future/),
    });
  });

  it('believes no evidence that differs from what was signed', async () => {
    await signFolder(request({ signer: one }), ports);
    await appendFile(path.join(folder, 'evidence/40-fvt.json'), '\n');
    const found = (await look()).statements.find(({ name }) => name === '40-fvt');
    expect(found).toEqual({
      name: '40-fvt',
      check: expect.objectContaining({
        status: 'fail',
        reason: 'evidence/40-fvt.json is not what was signed',
      }),
    });
  });
});

describe('single files of a folder', () => {
  it('are proven without what else lies there; as a whole the folder is not', async () => {
    const artefacts = ['disk.qcow2', 'evidence/40-fvt.json'];
    const one = signer();
    const asked = { evidence: ['40-fvt'], requireMedium: false, artefacts };
    await signFolder(request({ signer: one, ...asked }), ports);
    const trust = { publicKey: one.publicKey };
    const problems = async (more: object): Promise<readonly string[]> => {
      const report = await verifyFolder({ folder, disk: 'disk.qcow2', ...trust, ...more }, ports);
      return judgeReport(report, { disk: 'disk.qcow2', ...trust }).problems;
    };
    await rm(path.join(folder, 'evidence/20-build.json'));
    await rm(path.join(folder, 'evidence/10-media.json'));
    await rm(path.join(folder, 'evidence/30-harden.json'));
    expect(await problems({ artefacts })).toEqual([]);
    expect((await problems({})).join()).toMatch(/image\.json is not listed/);
  });
});

describe('signFolder', () => {
  it('signs with everything at once, and the keys that it leaves prove it', async () => {
    const openpgp = await readOpenPgpKey((await newOpenPgpKey()).secret);
    const result = await signFolder(request({ signer: signer('rsa'), openpgp, glance: true }), ports);
    expect(result.sha256).toBe(sample.sha256);
    expect(result.provenBy.map(({ method }) => method)).toEqual(['sigstore', 'openpgp']);
    expect(result.chain).toMatchObject({ origin: 'medium', gaps: [] });
    expect(result.attestations).toHaveLength(5);
    expect(result.checks.every((check) => check.status === 'pass')).toBe(true);

    const keys = readTrustedKeys(await readFile(path.join(folder, result.publicKeys ?? ''), 'utf8'), 'keys');
    const report = await verifyFolder({ folder, disk: 'disk.qcow2', ...keys }, ports);
    const proof = judgeReport(report, { disk: 'disk.qcow2', ...keys });
    expect(proof.problems).toEqual([]);
    expect(proof.provenBy).toHaveLength(2);
    const blind = await verifyFolder({ folder, disk: 'disk.qcow2' }, ports);
    expect(blind.checks.filter((check) => check.status === 'pass').map((check) => check.kind)).toEqual([
      'checksums',
      'checksums',
    ]);
    expect(blind.statements.every((entry) => entry.check.status === 'unknown' && !entry.statement)).toBe(
      true,
    );
  });

  it('signs what says how the disk was written in other formats, without taking those for the disk', async () => {
    const disk = { name: 'input', digest: { sha256: sample.sha256 } };
    const statement = createStatement({
      subject: { name: 'disk.vmdk', digest: { sha256: 'e'.repeat(64) } },
      predicateType: predicateTypes.provenance,
      predicate: { buildDefinition: { buildType: EXPORT_BUILD_TYPE, resolvedDependencies: [disk] } },
    });
    await writeFile(path.join(folder, 'evidence/50-export.json'), JSON.stringify(statement));
    const evidence = [...Object.keys(sample.statements), '50-export'];
    const result = await signFolder(request({ signer: signer(), evidence }), ports);
    expect(result.sha256).toBe(sample.sha256);
    expect(result.attestations).toContain('signatures/50-export.intoto.sigstore.json');
  });

  it('leaves the disk to the lists with Ed25519, and says so', async () => {
    const result = await signFolder(request({ signer: signer('ed25519') }), ports);
    expect(result.bundles).not.toContain('signatures/disk.qcow2.sigstore.json');
    expect(result.provenBy).toHaveLength(1);
    expect((ports.log as unknown as { lines: string[] }).lines.join()).toMatch(
      /Ed25519 key cannot sign disk/,
    );
  });

  it('is judged, not followed, when its signatures are pipes, links, huge, empty or cut off', async () => {
    const one = signer();
    await signFolder(request({ signer: one }), ports);
    const signatures = path.join(folder, 'signatures');
    const names = (await readdir(signatures)).filter((name) => name !== 'keys');
    const spoils: Record<string, (file: string, content: Buffer) => Promise<unknown>> = {
      pipe: (file) => run('mkfifo', [file]),
      link: (file) => symlink('/dev/zero', file),
      huge: (file) => writeFile(file, '').then(() => truncate(file, 100 * 1024 ** 3)),
      empty: (file) => writeFile(file, ''),
      'half of it': (file, content) => writeFile(file, content.subarray(0, content.length / 2)),
    };
    const whole = `${signatures}.whole`;
    await rename(signatures, whole);
    for (const [what, spoil] of Object.entries(spoils)) {
      await mkdir(signatures);
      for (const name of names) {
        await spoil(path.join(signatures, name), await readFile(path.join(whole, name)));
      }
      const trust = { publicKey: one.publicKey };
      const report = await verifyFolder({ folder, disk: 'disk.qcow2', ...trust }, ports);
      const { problems, provenBy } = judgeReport(report, { disk: 'disk.qcow2', ...trust });
      const unnamed = names.filter((name) => !problems.some((problem) => problem.startsWith(`${name}: `)));
      expect([what, unnamed, provenBy]).toEqual([what, [], []]);
      await rm(signatures, { recursive: true });
    }
    await rm(whole, { recursive: true });
  });

  /** Ports that do something once the first file was hashed. */
  const meanwhile = (change: () => Promise<void>): Ports => {
    let pending: Promise<void> | undefined;
    return {
      ...ports,
      exec: async (run) => {
        pending ??= change();
        await pending;
        return ports.exec(run);
      },
    };
  };

  it('publishes nothing when the disk is written to while it is read', async () => {
    const log: Ports['log'] = {
      ...ports.log,
      progress: ({ label }) => label === 'Hash disk.qcow2' && appendFileSync(sample.disk, 'x'),
    };
    const writing = signFolder(request({ signer: signer() }), { ...ports, log });
    await expect(writing).rejects.toMatchObject({ code: 'file-changed' });
    expect(await readdir(folder)).not.toContain('signatures');
  });

  it('publishes nothing when a signature is changed before it is verified', async () => {
    const spoil = meanwhile(async () => {
      const [partial] = (await readdir(folder)).filter((name) => name.startsWith('.signatures'));
      await appendFile(path.join(folder, partial ?? '', 'SHA256SUMS'), 'x');
    });
    const before = await readdir(folder);
    await expect(
      signFolder(request({ signer: keySigner(readPrivateKey(newKey('ec-p256')), spoil) }), spoil),
    ).rejects.toMatchObject({ code: 'self-verification-failed' });
    expect(await readdir(folder)).toEqual(before);
  });

  it('publishes nothing when its signatures of statements alone are wrong', async () => {
    const good = signer();
    const wrong = {
      ...good,
      sign: (data: Uint8Array) =>
        good.sign(Buffer.from(data).toString('latin1', 0, 6) === 'DSSEv1' ? Buffer.from('else') : data),
    };
    await expect(signFolder(request({ signer: wrong }), ports)).rejects.toMatchObject({
      code: 'self-verification-failed',
      message: expect.stringContaining('40-fvt.intoto.sigstore.json'),
    });
    expect(await readdir(folder)).not.toContain('signatures');
  });

  it('publishes nothing with a key that does not fit, as a kms command may have', async () => {
    const good = signer();
    const liar = { ...good, publicKey: signer().publicKey };
    await expect(signFolder(request({ signer: liar }), ports)).rejects.toMatchObject({
      code: 'self-verification-failed',
    });
    expect(await readdir(folder)).not.toContain('signatures');
  });

  it.each<[string, Partial<SignRequest>, string]>([
    ['nothing to sign with', {}, 'no-method'],
    [
      'a descriptor of another disk',
      { signer: signer(), describedSha256: 'a'.repeat(64) },
      'digest-mismatch',
    ],
    ['another expected digest', { signer: signer(), expectedSha256: 'a'.repeat(64) }, 'digest-mismatch'],
    [
      'a statement that is missing',
      { signer: signer(), evidence: ['10-media', '90-none'] },
      'invalid-evidence',
    ],
    ['a gap', { signer: signer(), evidence: ['10-media', '30-harden', '40-fvt'] }, 'broken-chain'],
    ['no medium', { signer: signer(), evidence: ['40-fvt'] }, 'broken-chain'],
    ['no evidence', { signer: signer(), evidence: [] }, 'not-bound'],
  ])('refuses %s', async (_what, more, code) => {
    await expect(signFolder(request(more), ports)).rejects.toMatchObject({ code });
    expect(await readdir(folder)).not.toContain('signatures');
  });

  it('asks once whether this disk may be signed, and signs nothing that may not be', async () => {
    const asked: string[] = [];
    const permit = (sha256: string): void => {
      asked.push(sha256);
      throw new Error('nobody approved it');
    };
    await expect(signFolder(request({ signer: signer(), permit }), ports)).rejects.toThrow('nobody approved');
    expect(asked).toEqual([sample.sha256]);
    expect(await readdir(folder)).not.toContain('signatures');
  });

  it('refuses a disk that was changed after it was tested', async () => {
    await writeFile(sample.disk, 'another disk');
    await expect(signFolder(request({ signer: signer() }), ports)).rejects.toMatchObject({
      code: 'digest-mismatch',
      message: expect.stringContaining(sample.sha256),
    });
  });
});
