import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { determineChain, digestFile } from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { readEvidence, writeDescriptor } from '@golden-image/image-folder';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportImage } from './export-image.ts';
import { EXPORT_FORMATS } from './format.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const image = path.join(folder, 'image');
const MIB = 1024 * 1024;
const SIZE = 33 * MIB;
const raw = path.join(folder, 'disk.raw');

beforeAll(async () => {
  // Data at both ends, holes between: what a disk with two partition tables has.
  mkdirSync(image);
  writeFileSync(raw, randomBytes(3 * MIB));
  truncateSync(raw, SIZE - 512);
  writeFileSync(raw, randomBytes(512), { flag: 'a' });
  const disk = path.join(image, 'disk.qcow2');
  execFileSync('qemu-img', ['convert', '-O', 'qcow2', '-c', '-o', 'compression_type=zstd', raw, disk]);
  const { hex } = await digestFile(disk, ['sha256']);
  await writeDescriptor(image, {
    ...{
      schemaVersion: 1,
      name: 'small',
      version: '1',
      class: 'stock',
      distribution: 'debian',
      release: '13',
    },
    ...{ architecture: 'amd64', firmware: ['bios', 'uefi'] },
    disk: {
      ...{ file: 'disk.qcow2', format: 'qcow2', size: statSync(disk).size, virtualSize: SIZE },
      sha256: hex.sha256,
    },
  });
});

const request = { image, formats: EXPORT_FORMATS, epoch: 1_700_000_000, builderId: 'urn:test' };
const file = (extension: string): string => path.join(image, 'exports', `small-1.${extension}`);
const digests = () =>
  readdirSync(path.join(image, 'exports'))
    .sort()
    .map((name) => execFileSync('sha256sum', [name], { cwd: path.join(image, 'exports'), encoding: 'utf8' }));

describe('exportImage', () => {
  it('writes every format, each with the content of the disk and a statement that links it', async () => {
    const { files, statement } = await exportImage(request, testPorts());
    expect(files.map(({ format }) => format)).toEqual([...EXPORT_FORMATS]);
    const written = JSON.parse(readFileSync(statement, 'utf8')) as {
      subject: { name: string; digest: { sha256: string } }[];
    };
    expect(written.subject.map(({ name }) => name)).toEqual(
      files.map((entry) => `exports/${path.basename(entry.file)}`),
    );
    for (const [index, entry] of files.entries()) {
      const { hex } = await digestFile(entry.file, ['sha256']);
      expect([entry.sha256, written.subject[index]?.digest.sha256]).toEqual([hex.sha256, hex.sha256]);
      expect(statSync(entry.file).size).toBe(entry.size);
    }
  });

  it('stands beside the chain of the disk and does not break it', async () => {
    const evidence = await readEvidence(image);
    const descriptor = JSON.parse(readFileSync(path.join(image, 'image.json'), 'utf8')) as {
      disk: { file: string; sha256: string };
    };
    const head = { name: descriptor.disk.file, digest: { sha256: descriptor.disk.sha256 } };
    expect(determineChain(evidence, head).gaps).toEqual([]);
    const other = { name: 'disk.qcow2', digest: { sha256: 'f'.repeat(64) } };
    expect(determineChain(evidence, other).gaps).toHaveLength(1);
  });

  it('has what each cloud asks for', () => {
    const vhd = readFileSync(file('vhd'));
    const footer = vhd.subarray(-512);
    expect(footer.toString('latin1', 0, 8)).toBe('conectix');
    expect((vhd.length - 512) % MIB).toBe(0);
    expect(footer.readBigUInt64BE(48)).toBe(BigInt(vhd.length - 512));
    const zeroed = Buffer.from(footer);
    zeroed.writeUInt32BE(0, 64);
    expect(footer.readUInt32BE(64)).toBe(~zeroed.reduce((sum, byte) => sum + byte, 0) >>> 0);
    const list = execFileSync('tar', ['-tvzf', file('tar.gz')], { encoding: 'utf8' });
    expect(list.trim()).toMatch(/^-rw-r--r-- 0\/0 +1073741824 2023-11-14 22:13 disk\.raw$/);
    const members = execFileSync('tar', ['-tf', file('ova')], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(members).toEqual(['small-1.ovf', 'small-1.mf', 'small-1-disk1.vmdk']);
    const out = path.join(folder, 'ova');
    mkdirSync(out);
    execFileSync('tar', ['-xf', file('ova'), '-C', out]);
    const manifest = readFileSync(path.join(out, 'small-1.mf'), 'utf8').trim().split('\n');
    const sums = manifest.map((line) => line.replace(/^SHA256\((.*)\)= (.*)$/, '$2  $1')).join('\n');
    execFileSync('sha256sum', ['--check', '--strict', '-'], { cwd: out, input: `${sums}\n` });
    const vmdk = JSON.parse(
      execFileSync('qemu-img', ['info', '--output=json', file('vmdk')], { encoding: 'utf8' }),
    ) as { 'format-specific': { data: { 'create-type': string } } };
    expect(vmdk['format-specific'].data['create-type']).toBe('streamOptimized');
  });

  it('gives the same bytes again', async () => {
    const before = digests();
    await exportImage(request, testPorts());
    expect(digests()).toEqual(before);
  });

  it('keeps the earlier files when the disk is another than image.json names', async () => {
    const before = digests();
    const disk = path.join(image, 'disk.qcow2');
    const bytes = readFileSync(disk);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(disk, bytes);
    await expect(exportImage(request, testPorts())).rejects.toMatchObject({ code: 'disk-changed' });
    expect(digests()).toEqual(before);
  });
});
