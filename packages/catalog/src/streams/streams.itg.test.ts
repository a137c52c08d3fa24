/** What clients read: Simplestreams with the semantics of sstream-query, feeds against their schemas, gpgv. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOpenPgpKey } from '@golden-image/evidence';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { newOpenPgpKey } from '../../../evidence/test/keys.ts';
import { logSigner, published, retire, sha256, threeVersions } from '../../test/samples.ts';
import { query } from '../../test/sstream-query.ts';
import { renderCatalog } from '../publish/render.ts';
import { signedFiles } from '../publish/signed-files.ts';
import { type Catalog, EMPTY_CATALOG } from '../state/catalog.ts';
import type { Snapshot } from '../store/store.ts';
import { rfc2822, streamsPrefix, streamsVersion } from './streams.ts';

const ORIGIN = 'images.example.org/cloud';
const nothing: Snapshot = {
  revision: undefined,
  read: async () => undefined,
  digest: async () => undefined,
  matches: async () => false,
  list: async () => [],
};
let work: string;
let key: { secret: string; public: string };

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'streams-'));
  key = await newOpenPgpKey();
});
afterAll(() => rm(work, { recursive: true, force: true }));

async function files(catalog: Catalog): Promise<Map<string, Buffer>> {
  const rendered = renderCatalog(catalog, ORIGIN);
  const signer = { log: logSigner(ORIGIN), openpgp: await readOpenPgpKey(key.secret) };
  return new Map([...rendered, ...(await signedFiles(rendered, nothing, signer, new Date()))]);
}
const reader = (all: ReadonlyMap<string, Buffer>) => async (name: string) => {
  const found = all.get(name);
  if (!found) {
    throw new Error(`404 ${name}`);
  }
  return found.toString('utf8');
};

/** gpgv, as sstream-query calls it: the signed text, or an error. */
async function verified(text: string): Promise<string> {
  const keyring = path.join(work, 'key.gpg');
  const file = path.join(work, 'signed');
  execFileSync('gpg', ['--batch', '--yes', '--dearmor', '--output', keyring], { input: key.public });
  await writeFile(file, text);
  return execFileSync('gpgv', ['--quiet', '--keyring', keyring, '--output', '-', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('Simplestreams', () => {
  const catalog = retire(
    published(
      published(threeVersions(), 'vendor-os', '1', '2026-11-05T00:00:00Z', {
        class: 'catalog',
        distribution: 'rhel',
      }),
      'mine',
      '7',
      '2026-11-06T00:00:00Z',
      { class: 'custom', architecture: 'arm64' },
    ),
    { image: 'debian-13', version: '20261101' },
    'deprecated',
    '2026-11-07T00:00:00Z',
    { successor: { image: 'debian-13', version: '20261103' } },
  ).catalog;

  it('is read by a client from the signed index down to the items, signatures checked', async () => {
    const all = await files(catalog);
    const items = await query(reader(all), 'streams/v1/index.sjson', verified, { ftype: 'qcow2' });
    expect(items).toHaveLength(5);
    expect(new Set(items.map((item) => item.content_id))).toEqual(
      new Set([
        'org.example.images.cloud:catalog:download',
        'org.example.images.cloud:custom:download',
        'org.example.images.cloud:stock:download',
      ]),
    );
    const newest = await query(
      reader(all),
      'streams/v1/index.sjson',
      verified,
      { ftype: 'qcow2', os: 'debian', release: '13', arch: 'amd64' },
      1,
    );
    expect(newest).toMatchObject([
      {
        path: 'images/debian-13/20261103/disk.qcow2',
        sha256: sha256('debian-13 20261103'),
        size: 1000,
        label: 'release',
      },
    ]);
    const arm = await query(reader(all), 'streams/v1/index.sjson', verified, { arch: 'arm64' });
    expect(arm.map(({ pubname }) => pubname)).toEqual(['mine-7-arm64']);
  });

  it('is refused by the client when a byte of a signed file is changed', async () => {
    const all = await files(catalog);
    for (const name of [...all.keys()].filter((path) => path.endsWith('.sjson'))) {
      const text = all.get(name)?.toString('utf8') ?? '';
      const changed = new Map(all).set(name, Buffer.from(text.replace('"format"', '"Format"')));
      await expect(query(reader(changed), 'streams/v1/index.sjson', verified, {})).rejects.toThrow();
    }
  });

  it('offers what is available or deprecated, and nothing that is obsolete or revoked', async () => {
    const later = retire(
      catalog,
      { image: 'debian-13', version: '20261101' },
      'obsolete',
      '2026-11-08T00:00:00Z',
    ).catalog;
    const revoked = retire(
      later,
      { image: 'debian-13', version: '20261102' },
      'revoked',
      '2026-11-08T00:00:00Z',
    ).catalog;
    const labels = async (of: Catalog) =>
      (
        await query(reader(await files(of)), 'streams/v1/index.json', async (text) => text, {
          image: 'debian-13',
          ftype: 'qcow2',
        })
      ).map(({ pubname, label }) => [pubname, label]);
    expect(await labels(catalog)).toEqual([
      ['debian-13-20261103-amd64', 'release'],
      ['debian-13-20261102-amd64', 'release'],
      ['debian-13-20261101-amd64', 'deprecated'],
    ]);
    expect(await labels(revoked)).toEqual([['debian-13-20261103-amd64', 'release']]);
  });

  it('has version keys that sort as the versions were published, whatever they are called', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9.+_-]{0,12}$/), { minLength: 2, maxLength: 8 }),
        (versions) => {
          const all = versions.reduce(
            (done, version, index) =>
              published(done, 'a', version, `2026-11-${String(1 + index).padStart(2, '0')}T00:00:00Z`),
            EMPTY_CATALOG,
          );
          const keys = versions.map((version) =>
            streamsVersion(all.versions.get(`a/${version}`) ?? ({} as never)),
          );
          expect([...keys].sort()).toEqual(keys);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('names ids from the log and dates as RFC 2822 has them', () => {
    expect(streamsPrefix('github.com/Some-Owner/images')).toBe('com.github.some-owner.images');
    expect(streamsPrefix('localhost:8080/x y')).toBe('localhost.x-y');
    expect(rfc2822('2026-11-24T17:00:00Z')).toBe('Tue, 24 Nov 2026 17:00:00 +0000');
  });
});

describe('feeds', () => {
  const hostile = retire(
    threeVersions(),
    { image: 'debian-13', version: '20261101' },
    'revoked',
    '2026-11-07T00:00:00Z',
  ).catalog;

  it('are valid Atom by the schema of RFC 4287', async () => {
    const feed = path.join(work, 'atom.xml');
    await writeFile(feed, (await files(hostile)).get('feeds/atom.xml') ?? '');
    const schema = path.resolve(import.meta.dirname, '../../test/atom.rng');
    execFileSync('xmllint', ['--noout', '--nonet', '--relaxng', schema, feed], { stdio: 'pipe' });
    await writeFile(
      feed,
      ((await files(hostile)).get('feeds/atom.xml') ?? '')
        .toString()
        .replace(/<updated>[^<]*<\/updated>/, '<updated>yesterday</updated>'),
    );
    expect(() =>
      execFileSync('xmllint', ['--noout', '--nonet', '--relaxng', schema, feed], { stdio: 'pipe' }),
    ).toThrow();
  });

  it('are valid JSON Feed 1.1', async () => {
    const feed = JSON.parse((await files(hostile)).get('feeds/feed.json')?.toString() ?? '');
    const item = {
      type: 'object',
      required: ['id'],
      anyOf: [{ required: ['content_text'] }, { required: ['content_html'] }],
      properties: {
        id: { type: 'string', minLength: 1 },
        title: { type: 'string' },
        content_text: { type: 'string' },
        date_published: {
          type: 'string',
          pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)$',
        },
        tags: { type: 'array', items: { type: 'string' } },
      },
      additionalProperties: false,
    };
    const schema = {
      type: 'object',
      required: ['version', 'title', 'items'],
      properties: {
        version: { const: 'https://jsonfeed.org/version/1.1' },
        title: { type: 'string' },
        authors: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string' } }, minProperties: 1 },
        },
        items: { type: 'array', items: item },
      },
      additionalProperties: false,
    };
    const validate = new Ajv().compile(schema);
    validate(feed);
    expect(validate.errors ?? []).toEqual([]);
    expect(feed.items[0].title).toBe('debian-13 20261101: revoked');
    expect(new Set(feed.items.map(({ id }: { id: string }) => id)).size).toBe(feed.items.length);
  });
});
