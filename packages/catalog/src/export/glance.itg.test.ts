/** The script for OpenStack before Debian's own glance-api: every state, twice, wrong bytes, and hostile names. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../test/fake-keystone.ts';
import { GlanceService } from '../../test/glance-service.ts';
import { published, retire, sha256 } from '../../test/samples.ts';
import { EMPTY_CATALOG } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';
import type { State } from '../state/states.ts';
import { cloudName } from './cloud-names.ts';
import { exportScript } from './commands.ts';
import { exportCatalog } from './export-catalog.ts';
import { glance } from './glance.ts';

const run = promisify(execFile);
const PUBLISHER: Account = { name: 'publisher', password: 'secret', project: 'images', role: 'admin' };
const USER: Account = { name: 'user', password: 'other', project: 'users', role: 'member' };
const DISK = 'the disk of an image\n'.repeat(1000);
let work: string;
let disks: string;
let service: GlanceService;
let publisher: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'glance-'));
  disks = path.join(work, 'disks');
  service = new GlanceService(work, [PUBLISHER, USER]);
  await service.start();
  publisher = await service.clientOf(PUBLISHER);
}, 600_000);
afterEach(() => expect(service.keystone.violations).toEqual([]));
afterAll(async () => {
  await service?.stop();
  await rm(work, { recursive: true, force: true });
});

/** A version whose disk lies in the catalog's folder. */
async function version(image: string, change: Partial<VersionRecord> = {}): Promise<VersionRecord> {
  const disk = { file: 'disk.raw', format: 'raw' as const, size: DISK.length, virtualSize: DISK.length };
  const record = published(EMPTY_CATALOG, image, '20261101', '2026-11-01T00:00:00Z', {
    disk: { ...disk, sha256: sha256(DISK) },
  }).versions.get(`${image}/20261101`);
  if (!record) {
    throw new Error('nothing was published');
  }
  const made = { ...record, ...change };
  const folder = path.join(disks, 'images', made.image, made.version);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, made.disk.file), DISK);
  return made;
}

async function runScript(
  script: string,
  visibility: string,
  programs = '/usr/bin',
): Promise<{ readonly code: number; readonly errors: string }> {
  const file = path.join(work, 'glance.sh');
  await writeFile(file, script);
  const env = { PATH: `${publisher}:${programs}:${process.env.PATH}`, DISKS: disks, VISIBILITY: visibility };
  return run('sh', [file], { env, cwd: work }).then(
    ({ stderr }) => ({ code: 0, errors: stderr }),
    (error: { code: number; stderr: string }) => ({ code: error.code, errors: error.stderr }),
  );
}

const say = (
  record: VersionRecord,
  state: Exclude<State, 'draft'>,
  visibility = 'community',
  programs?: string,
): ReturnType<typeof runScript> =>
  runScript(
    exportScript(glance, [{ record, name: cloudName(record), state, successor: undefined }]),
    visibility,
    programs,
  );

/** An answer of Glance that is as it should be. */
async function ask(account: Account, target: string, init?: RequestInit): Promise<Response> {
  const answer = await service.request(account, target, init);
  if (!answer.ok) {
    throw new Error(`${answer.status} ${await answer.text()}\n${service.output}`);
  }
  return answer;
}

type Shown = Readonly<Record<string, unknown>> & { readonly id: string };

/** The images of a name that Glance shows to somebody, hidden ones after the others. */
async function images(name: string, account = PUBLISHER): Promise<readonly Shown[]> {
  const found: Shown[] = [];
  for (const hidden of [false, true]) {
    const query = `name=${encodeURIComponent(name)}&visibility=all&os_hidden=${hidden}`;
    const answer = (await (await ask(account, `/v2/images?${query}`)).json()) as { images: Shown[] };
    found.push(...answer.images);
  }
  return found;
}

/** What a user is offered who looks for an image. */
const offered = async (name: string): Promise<number> =>
  (await images(name, USER)).filter((image) => image.os_hidden === false).length;

const download = async (account: Account, id: string): Promise<string> =>
  (await ask(account, `/v2/images/${id}/file`)).text();

/** An image without bytes, as a client leaves it that dies before its upload. */
async function begin(account: Account, name: string, visibility: string): Promise<string> {
  const body = JSON.stringify({ name, visibility, disk_format: 'raw', container_format: 'bare' });
  const headers = { 'content-type': 'application/json' };
  const made = await ask(account, '/v2/images', { method: 'POST', headers, body });
  return ((await made.json()) as Shown).id;
}

describe('an image in Glance', () => {
  it('has its bytes, its properties and who may see it; a second run changes nothing', async () => {
    const record = await version('debian-13');
    expect(await say(record, 'available')).toEqual({ code: 0, errors: '' });
    const [first, ...others] = await images('debian-13-20261101');
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      status: 'active',
      visibility: 'community',
      owner: 'id-images',
      disk_format: 'raw',
      os_hidden: false,
      os_hash_algo: 'sha512',
      os_hash_value: createHash('sha512').update(DISK).digest('hex'),
      os_distro: 'debian',
      os_version: '13',
      image_version: '20261101',
      image_state: 'available',
      image_sha256: sha256(DISK),
    });
    expect(await offered('debian-13-20261101')).toBe(1);
    expect(await download(USER, first?.id ?? '')).toBe(DISK);
    expect(await say(record, 'available')).toEqual({ code: 0, errors: '' });
    const again = await images('debian-13-20261101');
    expect(again.map((shown) => ({ ...shown, updated_at: '' }))).toEqual([{ ...first, updated_at: '' }]);
  }, 600_000);

  it('is hidden when deprecated, shown again, and cannot be downloaded when obsolete', async () => {
    const record = await version('debian-13');
    const name = 'debian-13-20261101';
    const [before] = await images(name);
    const id = before?.id ?? '';
    expect((await say(record, 'deprecated')).code).toBe(0);
    expect((await images(name))[0]).toMatchObject({ os_hidden: true, image_state: 'deprecated' });
    expect(await offered(name)).toBe(0);
    // It still works for whoever has its id.
    expect(await download(USER, id)).toBe(DISK);
    expect((await say(record, 'available')).code).toBe(0);
    expect(await offered(name)).toBe(1);
    for (const state of ['obsolete', 'revoked', 'revoked'] as const) {
      expect((await say(record, state)).code).toBe(0);
      const [shown, ...others] = await images(name);
      expect(others).toEqual([]);
      expect(shown).toMatchObject({ id, status: 'deactivated', os_hidden: true, image_state: state });
      await expect(download(USER, id)).rejects.toThrow(/403/);
    }
  }, 600_000);

  it('is deleted once, and brought back by no state that nobody may use', async () => {
    const record = await version('debian-13');
    for (const state of ['deleted', 'deleted', 'obsolete', 'revoked'] as const) {
      expect(await say(record, state)).toEqual({ code: 0, errors: '' });
      expect(await images('debian-13-20261101')).toEqual([]);
    }
  }, 600_000);

  it('is not made of other bytes than the catalog names', async () => {
    const record = await version('tampered');
    await writeFile(path.join(disks, 'images/tampered/20261101/disk.raw'), DISK.replace('disk', 'dish'));
    const { code, errors } = await say(record, 'available');
    expect([code, errors]).toEqual([1, 'tampered-20261101: the disk is not what the catalog says\n']);
    expect(await images('tampered-20261101')).toEqual([]);
  });

  it('is not kept when Glance made another hash of what it got', async () => {
    const record = await version('damaged');
    const programs = path.join(work, 'programs');
    await mkdir(programs);
    await writeFile(path.join(programs, 'sha512sum'), `#!/bin/sh\necho ${'0'.repeat(128)}  -\n`, {
      mode: 0o755,
    });
    expect(await say(record, 'available', 'public', programs)).toEqual({
      code: 1,
      errors: 'damaged-20261101: Glance got something else\n',
    });
    expect(await images('damaged-20261101')).toEqual([]);
  }, 600_000);

  it('is made anew where an earlier run did not finish its upload, and leaves somebody else’s alone', async () => {
    const record = await version('shared-name');
    const name = 'shared-name-20261101';
    const foreign = await begin(USER, name, 'community');
    const unfinished = await begin(PUBLISHER, name, 'private');
    expect(await say(record, 'available', 'public')).toEqual({ code: 0, errors: '' });
    const own = (await images(name)).filter(({ id }) => id !== foreign);
    expect(own).toEqual([
      expect.objectContaining({ status: 'active', visibility: 'public', owner: 'id-images' }),
    ]);
    expect(own.map(({ id }) => id)).not.toContain(unfinished);
    expect((await say(record, 'deleted')).code).toBe(0);
    expect((await images(name)).map(({ id }) => id)).toEqual([foreign]);
  }, 600_000);

  it('obeys nothing that stands in a name', async () => {
    const evil = `x'"; touch ${work}/owned; $(touch ${work}/owned) \`touch ${work}/owned\``.replaceAll(
      '/',
      ':',
    );
    const record = await version('evil', {
      image: `evil ${evil}`,
      version: evil,
      family: evil,
      release: evil,
      disk: { ...(await version('evil')).disk, file: `${evil}\n$(touch owned)` },
    });
    expect(await say(record, 'available')).toEqual({ code: 0, errors: '' });
    const [shown] = await images(cloudName(record));
    expect(shown).toMatchObject({ image_family: evil, os_version: evil, image_version: evil });
    await expect(readFile(path.join(work, 'owned'))).rejects.toThrow(/ENOENT/);
  });
});

describe('a whole catalog in Glance', () => {
  it('says of each version what the catalog says, with its successor', async () => {
    const disk = { file: 'disk.raw', format: 'raw' as const, size: DISK.length, virtualSize: DISK.length };
    await version('whole');
    const folder = path.join(disks, 'images/whole/20261102');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'disk.raw'), DISK);
    let catalog = ['20261101', '20261102'].reduce(
      (all, of) =>
        published(all, 'whole', of, '2026-11-01T00:00:00Z', { disk: { ...disk, sha256: sha256(DISK) } }),
      EMPTY_CATALOG,
    );
    const script = (): string =>
      exportCatalog(catalog, { image: undefined, now: new Date('2026-12-01T00:00:00Z') }).get('glance.sh') ??
      '';
    expect(await runScript(script(), 'shared')).toEqual({ code: 0, errors: '' });
    catalog = retire(catalog, { image: 'whole', version: '20261101' }, 'deprecated', '2026-11-10T00:00:00Z', {
      successor: { image: 'whole', version: '20261102' },
    }).catalog;
    expect(await runScript(script(), 'shared')).toEqual({ code: 0, errors: '' });
    const [old] = await images('whole-20261101');
    expect(old).toMatchObject({
      visibility: 'shared',
      os_hidden: true,
      image_state: 'deprecated',
      image_successor: 'whole/20261102',
    });
    expect((await images('whole-20261102'))[0]).toMatchObject({
      status: 'active',
      os_hidden: false,
      image_state: 'available',
    });
  }, 600_000);
});
