import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { systemClock } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareDebianVersions } from './debian-version.ts';
import { matchVulnerabilities, readVulnerabilities } from './vulnerabilities.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vulnerabilities-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function database(content: string | Buffer, name = 'data.json') {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return readVulnerabilities({ clock: systemClock }, file);
}

const TRACKER = JSON.stringify({
  openssl: {
    'CVE-2025-1': { releases: { trixie: { status: 'resolved', fixed_version: '3.5.1-1+deb13u1' } } },
    'CVE-2025-2': { releases: { trixie: { status: 'resolved', fixed_version: '3.5.1-1+deb13u2' } } },
    'CVE-2025-3': {
      releases: { trixie: { status: 'open' }, sid: { status: 'resolved', fixed_version: '9' } },
    },
    'CVE-2025-4': { releases: { trixie: { status: 'resolved', fixed_version: '0' } } },
  },
});
const installed = (version: string) => [`libssl3t64\t${version}+b1\topenssl\t${version}`];

describe('versions compare as dpkg does', () => {
  it.each([
    ['1.0', '1.0', 0],
    ['1.0~rc1', '1.0', -1],
    ['1:0.1', '2', 1],
    ['1.10', '1.9', 1],
    ['1.0-1', '1.0-1+deb13u1', -1],
    ['1.0+dfsg', '1.0.1', -1],
    ['1.0a', '1.0+', -1],
    ['2.41-12', '2.41-12+deb13u1', -1],
    ['1.00', '1.0', 0],
    ['99999999999999999999.1', '99999999999999999998.2', 1],
  ])('%s and %s', (left, right, expected) => {
    expect(Math.sign(compareDebianVersions(left, right))).toBe(expected);
    expect(Math.sign(compareDebianVersions(right, left))).toBe(expected === 0 ? 0 : -expected);
  });
});

describe('the tracker of Debian', () => {
  it('names each fault that the installed version has and a newer one has not', async () => {
    const report = matchVulnerabilities(await database(TRACKER), 'trixie', installed('3.5.1-1+deb13u1'));
    expect(report).toEqual({
      ...{ database: 'data.json', installed: 1, known: 1 },
      vulnerable: [
        {
          ...{ name: 'openssl', installed: '3.5.1-1+deb13u1', fixedIn: '3.5.1-1+deb13u2' },
          ids: ['CVE-2025-2'],
        },
      ],
    });
  });

  it('counts neither what is open everywhere, nor what is fixed in another release, nor what never was', async () => {
    const { vulnerable } = matchVulnerabilities(
      await database(TRACKER),
      'trixie',
      installed('3.5.1-1+deb13u2'),
    );
    expect(vulnerable).toEqual([]);
  });

  it('takes the oldest of several binary packages of one source', async () => {
    const lines = [...installed('3.5.1-1+deb13u2'), 'openssl\t3.5.1-1\topenssl\t3.5.1-1'];
    const { vulnerable } = matchVulnerabilities(await database(TRACKER), 'trixie', lines);
    expect(vulnerable).toMatchObject([{ installed: '3.5.1-1', ids: ['CVE-2025-1', 'CVE-2025-2'] }]);
  });

  it('says that it knows nothing of another system', async () => {
    const report = matchVulnerabilities(await database(TRACKER), 'trixie', ['vim-enhanced\t9\tvim\t9']);
    expect(report.known).toBe(0);
  });
});

describe('the index of a security repository', () => {
  const INDEX = 'Package: libssl3t64\nVersion: 3.5.1-1\n\nPackage: libssl3t64\nVersion: 3.5.1-2\n';

  it.each([
    ['plain', INDEX],
    ['compressed', gzipSync(INDEX)],
  ])('%s: what it has a newer version of can be fixed', async (_how, content) => {
    const data = await database(content, 'Packages');
    expect(matchVulnerabilities(data, 'trixie', installed('3.5.1-1')).vulnerable).toEqual([
      { name: 'libssl3t64', installed: '3.5.1-1+b1', fixedIn: '3.5.1-2', ids: ['in Packages'] },
    ]);
    expect(matchVulnerabilities(data, 'trixie', installed('3.5.1-2')).vulnerable).toEqual([]);
  });
});

describe('a database that cannot be trusted is refused', () => {
  it.each([
    ['{"openssl": {"CVE-1": {"releases": {"trixie": 1}}}}', 'it is not the JSON'],
    ['{"openssl": ', 'it is not the JSON'],
    ['{}', 'it names no package'],
    ['<html>', 'it is neither'],
    ['', 'it is neither'],
    [Buffer.from([0x1f, 0x8b, 1, 2]), 'it cannot be expanded'],
  ])('%j', async (content, why) => {
    await expect(database(content)).rejects.toMatchObject({
      code: 'vulnerabilities-unreadable',
      message: expect.stringContaining(why),
    });
  });

  it('an old one', async () => {
    const file = path.join(folder, 'old.json');
    await writeFile(file, TRACKER);
    const then = new Date(Date.now() - 8 * 86_400_000);
    await utimes(file, then, then);
    await expect(readVulnerabilities({ clock: systemClock }, file)).rejects.toMatchObject({
      code: 'vulnerabilities-stale',
      message: expect.stringContaining('8 days old'),
    });
  });
});
