import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type FileCache, fixedClock } from '@golden-image/host';
import { recordingLog } from '@golden-image/host/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BadServer, type Behaviour, badServer, cuts, fails, good } from '../test/bad-server.ts';
import { type GpgHome, gpgHome } from '../test/gpg-home.ts';
import { makeIso } from '../test/make-iso.ts';
import { digestSet, readStatementText } from '../test/statement.ts';
import { type VerifiedMedium, verifyMedium } from './verify-medium.ts';
import type { MediumRequest } from './verify-request.ts';

const NAME = 'debian-13.2.0-amd64-netinst.iso';
const shared = mkdtempSync(path.join(tmpdir(), 'verify-'));
let home: GpgHome;
let key = '';
let iso: Buffer;
let list = '';
let sha256 = '';

beforeAll(() => {
  home = gpgHome();
  key = home.newKey('Vendor');
  makeIso(path.join(shared, NAME), {
    '.disk/info': 'Debian GNU/Linux 13.2.0 "Trixie" - Official amd64 NETINST',
    payload: 'x'.repeat(3_000_000),
  });
  iso = readFileSync(path.join(shared, NAME));
  sha256 = createHash('sha256').update(iso).digest('hex');
  list = `${sha256}  ${NAME}\n`;
});
afterAll(() => {
  home.close();
  rmSync(shared, { recursive: true, force: true });
});

let folder = '';
let server: BadServer | undefined;
let mirror: BadServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'verify-run-'));
});
afterEach(async () => {
  await server?.close();
  await mirror?.close();
  mirror = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Keeps copies in a folder. */
function folderCache(): FileCache & { readonly folder: string } {
  const cache = path.join(folder, 'cache');
  mkdirSync(cache, { recursive: true });
  const at = (key: string): string => path.join(cache, key);
  return {
    folder: cache,
    find: async (key) => (existsSync(at(key)) ? at(key) : undefined),
    add: async (key, file) => copyFile(file, at(key)),
    remove: async (key) => rm(at(key), { force: true }),
  };
}

interface Site {
  readonly medium?: Behaviour;
  readonly list?: string | Buffer;
  readonly signature?: Buffer | undefined;
}

async function serve(site: Site = {}): Promise<string> {
  const text = Buffer.from(site.list ?? list);
  const signature = 'signature' in site ? site.signature : home.detached(text, key);
  server = await badServer({
    [`/${NAME}`]: site.medium ?? good(iso),
    '/SHA256SUMS': good(text),
    ...(signature ? { '/SHA256SUMS.sign': good(signature), [`/${NAME}.sig`]: good(signature) } : {}),
  });
  return server.url;
}

async function verify(
  request: Partial<MediumRequest> & { source: string },
): Promise<VerifiedMedium & { log: string[] }> {
  const log = recordingLog();
  const result = await verifyMedium(
    {
      output: path.join(folder, 'out'),
      strictExpiry: false,
      allowUnsigned: false,
      retries: 2,
      timeout: 5,
      ...request,
    },
    { log, clock: fixedClock('2026-11-24T00:00:00Z'), signal: new AbortController().signal },
  );
  return { ...result, log: log.lines };
}

const trusted = (url: string): Partial<MediumRequest> & { source: string } => ({
  source: `${url}/${NAME}`,
  checksumFile: `${url}/SHA256SUMS`,
  signature: `${url}/SHA256SUMS.sign`,
  keyring: home.keys(key),
  fingerprints: [key],
});

const leftovers = (): string[] => readdirSync(path.join(folder, 'out'));

describe('verifyMedium', () => {
  it('brings a signed medium, says what it is, and states it', async () => {
    const url = await serve({ medium: cuts(Buffer.from(iso), 1_500_000, 1) });
    const got = await verify({ ...trusted(url), expectDistribution: 'debian', expectVersion: '13' });
    expect(got).toMatchObject({ sha256, size: iso.length, trust: 'signed', cacheHit: false });
    expect(got.signer).toMatchObject({ fingerprint: key, name: 'Vendor' });
    expect(readFileSync(got.path).equals(iso)).toBe(true);
    expect(leftovers().sort()).toEqual(['10-media.json', NAME]);
    const statement = readStatementText(readFileSync(got.statement, 'utf8'));
    expect(statement.subject).toEqual([{ name: NAME, digest: { sha256 } }]);
    expect(digestSet.safeParse(statement.subject[0]?.digest).success).toBe(true);
    expect(statement.predicate).toMatchObject({
      source: { uri: `${url}/${NAME}` },
      servers: [`${url}/${NAME}`],
      trust: 'signed',
      signer: { fingerprint: key, signedOn: '2026-07-01T00:00:00.000Z' },
      medium: { format: 'iso', distribution: 'debian', version: '13.2.0', architecture: 'amd64' },
      checksumList: { uri: `${url}/SHA256SUMS` },
    });
  });

  it('removes what is not the vendor’s and names both digests; the cache holds nothing of it', async () => {
    const bad = Buffer.from(iso);
    bad[1_000_000] = (bad[1_000_000] ?? 0) ^ 1;
    const url = await serve({ medium: good(bad) });
    const cache = folderCache();
    const actual = createHash('sha256').update(bad).digest('hex');
    await expect(verify({ ...trusted(url), cache })).rejects.toMatchObject({
      code: 'checksum-mismatch',
      message: expect.stringMatching(`${actual}.*${sha256}`),
    });
    expect([leftovers(), readdirSync(cache.folder)]).toEqual([[], []]);
  });

  it('takes the bytes from a mirror when the server sends wrong ones', async () => {
    const url = await serve({ medium: good(Buffer.alloc(iso.length)) });
    mirror = await badServer({ [`/deep/${NAME}`]: good(iso) });
    const got = await verify({ ...trusted(url), mirrors: [`${mirror.url}/deep/`] });
    expect(got.sha256).toBe(sha256);
    expect(got.log.join('\n')).toContain('sent other bytes');
  });

  it('never takes lists or signatures from a mirror', async () => {
    const url = await serve({ list: 'no list', signature: undefined });
    mirror = await badServer({ [`/${NAME}`]: good(iso), '/SHA256SUMS': good(Buffer.from(list)) });
    await expect(verify({ ...trusted(url), mirrors: [`${mirror.url}/`] })).rejects.toMatchObject({
      code: 'download-failed',
    });
    expect(mirror.seen).toEqual([]);
  });

  it('takes it from the cache the second time, hashed again', async () => {
    const url = await serve();
    const cache = folderCache();
    await verify({ ...trusted(url), cache });
    const again = await verify({ ...trusted(url), cache, output: path.join(folder, 'second') });
    expect(again).toMatchObject({ cacheHit: true, sha256 });
    expect(server?.seen.filter((seen) => seen.path.endsWith('.iso')).length).toBe(1);
  });

  it('forgets a cached file that changed, and downloads', async () => {
    const url = await serve();
    const cache = folderCache();
    writeFileSync(path.join(cache.folder, `sha256-${sha256}`), 'other bytes');
    const got = await verify({ ...trusted(url), cache });
    expect(got).toMatchObject({ cacheHit: false, sha256 });
    expect(got.log.join('\n')).toContain('cache has changed');
    expect(readFileSync(path.join(cache.folder, `sha256-${sha256}`)).equals(iso)).toBe(true);
  });

  it('goes on without a cache that cannot be written', async () => {
    const url = await serve();
    const cache = { ...folderCache(), add: () => Promise.reject(new Error('read-only')) };
    expect((await verify({ ...trusted(url), cache })).log.join()).toContain(
      'could not be kept in the cache: read-only',
    );
  });

  it('verifies a local file where it lies, by a given digest', async () => {
    const source = path.join(folder, NAME);
    writeFileSync(source, iso);
    const checksum = `sha512:${createHash('sha512').update(iso).digest('hex')}`;
    const got = await verify({ source, checksum });
    expect(got).toMatchObject({ path: source, trust: 'digest', signer: undefined, sha256 });
    const statement = readStatementText(readFileSync(got.statement, 'utf8'));
    expect(statement.subject[0]?.digest).toEqual({ sha256, sha512: checksum.slice(7) });
  });

  it.each(['sha256', 'sha384', 'sha512', 'b2'])('takes a %s digest', async (name) => {
    const source = path.join(folder, NAME);
    writeFileSync(source, iso);
    const digest = createHash(name === 'b2' ? 'blake2b512' : name)
      .update(iso)
      .digest('hex');
    expect(await verify({ source, checksum: `${name}:${digest}` })).toMatchObject({
      trust: 'digest',
      sha256,
    });
    const other = `${digest[0] === '0' ? '1' : '0'}${digest.slice(1)}`;
    await expect(verify({ source, checksum: `${name}:${other}` })).rejects.toMatchObject({
      code: 'checksum-mismatch',
    });
  });

  it('accepts a key that signed before it expired, unless it is strict', async () => {
    const short = home.newKey('Short', { at: '20200101T000000', expires: '20210101T000000' });
    const signature = home.detached(Buffer.from(list), short, ['--faked-system-time', '20200601T000000!']);
    const url = await serve({ signature });
    const request = { ...trusted(url), keyring: home.keys(short), fingerprints: [short] };
    expect(await verify(request)).toMatchObject({ trust: 'signed', signer: { fingerprint: short } });
    await expect(verify({ ...request, strictExpiry: true })).rejects.toMatchObject({ code: 'expired-key' });
  });

  it('warns of a release past its end of life, and of a pinned key that soon ends', async () => {
    const ending = home.newKey('Ending', { at: '20260101T000000', expires: '20261224T000000' });
    makeIso(path.join(folder, 'old.iso'), {
      '.disk/info': 'Debian GNU/Linux 10.13.0 "Buster" - Official amd64 NETINST',
    });
    const bytes = readFileSync(path.join(folder, 'old.iso'));
    const text = Buffer.from(`${createHash('sha256').update(bytes).digest('hex')}  ${NAME}\n`);
    const url = await serve({ medium: good(bytes), list: text, signature: home.detached(text, ending) });
    const got = await verify({ ...trusted(url), keyring: home.keys(ending), fingerprints: [ending] });
    expect(got.outdated).toMatch(/^debian 10\.13\.0 is past its end of life.* 2022-09-10/);
    expect(got.log.filter((line) => line.startsWith('warning'))).toEqual([
      expect.stringMatching(`${ending} expires on 2026-12-24, in 30 days`),
      expect.stringContaining('past its end of life'),
    ]);
  });

  it('removes a local file that is not authentic, by digest or by signature, and an old statement', async () => {
    const source = path.join(folder, NAME);
    const statement = path.join(folder, 'out/10-media.json');
    for (const [text, signature, code] of [
      [`${'0'.repeat(64)}  ${NAME}\n`, undefined, 'checksum-mismatch'],
      [list, home.detached('something else', key), 'bad-signature'],
    ] as const) {
      writeFileSync(source, iso);
      mkdirSync(path.dirname(statement), { recursive: true });
      writeFileSync(statement, 'old');
      const file = path.join(folder, 'SHA256SUMS');
      writeFileSync(file, text);
      writeFileSync(`${file}.sign`, signature ?? home.detached(text, key));
      await expect(
        verify({
          source,
          checksumFile: file,
          signature: `${file}.sign`,
          keyring: home.keys(key),
          fingerprints: [key],
        }),
      ).rejects.toMatchObject({ code });
      expect([existsSync(source), existsSync(statement)]).toEqual([false, false]);
    }
  });

  it('keeps a local file when something else went wrong', async () => {
    const source = path.join(folder, NAME);
    writeFileSync(source, iso);
    await expect(verify({ source, checksumFile: path.join(folder, 'none') })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(existsSync(source)).toBe(true);
  });

  it('refuses an unsigned list unless it is allowed', async () => {
    const url = await serve();
    const request = { source: `${url}/${NAME}`, checksumFile: `${url}/SHA256SUMS` };
    await expect(verify(request)).rejects.toMatchObject({ code: 'unsigned-list' });
    const got = await verify({ ...request, allowUnsigned: true });
    expect(got).toMatchObject({ trust: 'digest' });
    expect(got.log.join()).toContain('not signed');
  });

  it('takes a clearsigned list, and nothing around it', async () => {
    const evil = `${'0'.repeat(64)}  ${NAME}\n`;
    const url = await serve({ list: `${evil}${home.clearsigned(list, key)}${evil}` });
    const { signature: _none, ...request } = trusted(url);
    expect(await verify(request)).toMatchObject({ trust: 'signed', sha256 });
  });

  it('holds a given digest and a list both to be right', async () => {
    const url = await serve();
    await expect(verify({ ...trusted(url), checksum: `sha512:${'0'.repeat(128)}` })).rejects.toMatchObject({
      code: 'checksum-mismatch',
    });
  });

  it('verifies a signature over the medium itself', async () => {
    const rsa = home.newKey('Medium signer', { algorithm: 'rsa3072' });
    for (const signer of [key, rsa]) {
      const url = await serve({ signature: home.detached(iso, signer, ['--digest-algo', 'SHA512']) });
      const request = {
        source: `${url}/${NAME}`,
        signature: `${url}/${NAME}.sig`,
        keyring: home.keys(signer),
        fingerprints: [signer],
      };
      expect(await verify(request)).toMatchObject({ trust: 'signed', signer: { fingerprint: signer } });
      await server?.close();
      const other = await serve({ medium: good(Buffer.alloc(9)), signature: home.detached(iso, signer) });
      await rm(path.join(folder, 'out'), { recursive: true });
      await expect(
        verify({ ...request, source: `${other}/${NAME}`, signature: `${other}/${NAME}.sig` }),
      ).rejects.toMatchObject({ code: 'bad-signature' });
      expect(leftovers()).toEqual([]);
      await server?.close();
    }
  });

  it('finds the vendor’s list beside the medium and refuses another signer', async () => {
    const url = await serve();
    await expect(verify({ source: `${url}/${NAME}`, vendor: 'debian' })).rejects.toMatchObject({
      code: 'wrong-signer',
      message: expect.stringContaining(key),
    });
    expect(server?.seen.map((seen) => seen.path)).toEqual(['/SHA256SUMS', '/SHA256SUMS.sign']);
    await server?.close();
    server = await badServer({});
    await expect(verify({ source: `${server.url}/${NAME}`, vendor: 'debian' })).rejects.toMatchObject({
      code: 'download-failed',
    });
    expect(server.seen.map((seen) => seen.path)).toEqual(['/SHA256SUMS', '/SHA512SUMS']);
  });

  it('refuses to trust nothing at all', async () => {
    await expect(verify({ source: 'https://vendor.test/x.iso' })).rejects.toMatchObject({ code: 'no-proof' });
    await expect(verify({ source: 'https://vendor.test/x.iso', vendor: 'rhel' })).rejects.toMatchObject({
      code: 'no-proof',
    });
  });

  it('keeps nothing of an authentic medium that is not the expected one', async () => {
    const url = await serve();
    await expect(verify({ ...trusted(url), expectVersion: '12' })).rejects.toMatchObject({
      code: 'unexpected-medium',
    });
    expect(leftovers()).toEqual([]);
  });

  it('finds the listed file under another name', async () => {
    const url = await serve({ list: `${sha256}  listed.iso\n` });
    await expect(verify(trusted(url))).rejects.toMatchObject({ code: 'not-in-list' });
    expect(await verify({ ...trusted(url), filename: 'listed.iso' })).toMatchObject({ sha256 });
  });

  it('tries a list again after a server error, but not for ever', async () => {
    const url = await serve();
    server?.close();
    server = await badServer({
      [`/${NAME}`]: good(iso),
      '/SHA256SUMS': fails(503, Buffer.from(list), 1),
      '/SHA256SUMS.sign': good(home.detached(list, key)),
    });
    expect(await verify(trusted(server.url))).toMatchObject({ trust: 'signed' });
    await server.close();
    server = await badServer({ '/SHA256SUMS': fails(500, Buffer.from(list)) });
    await expect(verify(trusted(server.url))).rejects.toMatchObject({ code: 'download-failed' });
    expect(server.seen.length).toBe(3);
    expect(url).not.toBe(server.url);
  });

  it('refuses a list that is a flood', async () => {
    const url = await serve({ list: Buffer.alloc(17 * 1024 * 1024, 35) });
    await expect(verify(trusted(url))).rejects.toMatchObject({ code: 'too-large' });
  });
});
