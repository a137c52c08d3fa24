import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStatement, predicateTypes } from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { type EvidenceName, writeDescriptor, writeEvidence } from '@golden-image/image-folder';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeImage, openTarget } from './target.ts';

const DISK = Buffer.from('disk');
const SHA256 = createHash('sha256').update(DISK).digest('hex');
const ports = testPorts();
let base: string;
let image: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'target-'));
  image = path.join(base, 'image.qcow2');
  await writeFile(image, DISK);
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function imageFolder(evidence: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(base, 'folder-'));
  await writeFile(path.join(folder, 'disk.qcow2'), DISK);
  await writeDescriptor(folder, {
    ...{ schemaVersion: 1, name: 'web', version: '1', class: 'stock', distribution: 'debian', release: '13' },
    ...{ architecture: 'amd64', firmware: ['bios'] },
    disk: { file: 'disk.qcow2', format: 'qcow2', size: DISK.length, virtualSize: 1024, sha256: SHA256 },
  });
  for (const [name, sha256] of Object.entries(evidence)) {
    const statement = createStatement({
      subject: { name: 'disk.qcow2', digest: { sha256 } },
      predicateType: predicateTypes.testResult,
      predicate: {},
    });
    await writeEvidence(folder, name as EvidenceName, statement);
  }
  return folder;
}

describe('what is hardened', () => {
  it('may be a disk file alone', async () => {
    const target = await openTarget(image, 'audit', ports);
    expect(target).toEqual({ disk: image, sha256: SHA256, folder: undefined });
    expect(describeImage(target, { id: 'debian', version: '13' })).toEqual({
      ...{ name: 'image', distribution: 'debian', release: '13' },
    });
  });

  it('is the disk that its folder and the last statement are about', async () => {
    const folder = await imageFolder({ '10-media': 'a'.repeat(64), '20-build': SHA256 });
    expect(await openTarget(folder, 'apply', ports)).toMatchObject({ sha256: SHA256, folder: { folder } });
    await appendFile(path.join(folder, 'disk.qcow2'), 'x');
    await expect(openTarget(folder, 'audit', ports)).rejects.toThrow(/SHA-256|bytes/);
    await writeFile(path.join(folder, 'disk.qcow2'), 'DISK');
    await expect(openTarget(folder, 'audit', ports)).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('is refused when the last statement is about another disk', async () => {
    const folder = await imageFolder({ '20-build': 'b'.repeat(64) });
    await expect(openTarget(folder, 'apply', ports)).rejects.toMatchObject({
      code: 'digest-mismatch',
      message: expect.stringContaining('20-build.json is about another disk'),
    });
  });

  it.each(['30-harden', '40-fvt'] as const)('is not changed after %s, and may be audited', async (name) => {
    const folder = await imageFolder({ '20-build': SHA256, [name]: SHA256 });
    await expect(openTarget(folder, 'apply', ports)).rejects.toMatchObject({
      code: 'out-of-order',
      message: expect.stringContaining(name),
    });
    expect(await openTarget(folder, 'audit', ports)).toMatchObject({ sha256: SHA256 });
  });

  it('is put back where a kill left it between two renames', async () => {
    const folder = await imageFolder();
    const aside = path.join(base, `.${path.basename(folder)}.partial-x.old`);
    await rename(folder, aside);
    expect(await openTarget(folder, 'audit', ports)).toMatchObject({ sha256: SHA256 });
    await rm(folder, { recursive: true });
    await expect(openTarget(folder, 'audit', ports)).rejects.toThrow();
  });
});
