/** Versions against dpkg itself, and updates from a signed repository that apt reads. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeAptRepository } from '../../test/apt-repository.ts';
import { published, retire, sha256 } from '../../test/samples.ts';
import { EMPTY_CATALOG } from '../state/catalog.ts';
import type { Snapshot } from '../store/store.ts';
import { fixedVulnerabilities } from './apt-index.ts';
import { assessFreshness, type FreshnessFacts } from './assess.ts';
import { checkUpdates } from './check-updates.ts';
import { compareDebVersions } from './deb-version.ts';
import { packagesOfDpkgStatus, packagesOfSpdx } from './installed.ts';
import { parseSources } from './package-source.ts';

let work: string;
beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'freshness-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe('versions', () => {
  it('compare as dpkg compares them', () => {
    const part = fc.stringMatching(/^[0-9][0-9a-zA-Z.+~]{0,8}$/);
    const version = fc
      .tuple(
        fc.option(fc.integer({ min: 0, max: 12 })),
        part,
        fc.option(fc.stringMatching(/^[0-9a-zA-Z.+~]{1,5}$/)),
      )
      .map(
        ([epoch, upstream, revision]) =>
          `${epoch === null ? '' : `${epoch}:`}${upstream}${revision === null ? '' : `-${revision}`}`,
      );
    const pairs = fc.sample(fc.tuple(version, version), 400);
    const known = [
      '1.0',
      '1.0-1',
      '1.0~rc1',
      '1.0+deb13u1',
      '1.0+deb13u10',
      '1.0+deb13u2',
      '1:0.1',
      '01.0',
      '1.0a',
      '1.0.',
      '2.36-9+deb12u14',
      '3.5.1-1+deb13u1',
      '1.0-1~bpo12+1',
      // The last dash begins the revision.
      '1-1-2',
      '1-1+1-1',
    ];
    const all = [...pairs, ...known.flatMap((a) => known.map((b) => [a, b] as [string, string]))];
    // One shell for all of them: starting dpkg hundreds of times takes a while as it is.
    const script =
      'while read -r a b; do if dpkg --compare-versions "$a" lt "$b"; then echo -1; elif dpkg --compare-versions "$a" eq "$b"; then echo 0; else echo 1; fi; done';
    const { stdout } = spawnSync('sh', ['-c', script], {
      input: `${all.map((pair) => pair.join(' ')).join('\n')}\n`,
      encoding: 'utf8',
    });
    const expected = stdout.trim().split('\n').map(Number);
    expect(expected).toHaveLength(all.length);
    const wrong = all.filter(([a, b], index) => Math.sign(compareDebVersions(a, b)) !== expected[index]);
    expect(wrong).toEqual([]);
  });
});

describe('what is installed', () => {
  it('is read from SPDX and from dpkg’s status, here of this very machine', async () => {
    const status = packagesOfDpkgStatus(await readFile('/var/lib/dpkg/status', 'utf8'));
    const query = execFileSync(
      'dpkg-query',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own form
      ['--show', '--showformat', '${db:Status-Abbrev}|${Package}|${Version}\n'],
      { encoding: 'utf8' },
    );
    const expected = query
      .split('\n')
      .filter((line) => /^.i /.test(line))
      .map((line) => line.split('|').slice(1).join(' '));
    expect(status.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(expected.sort());
    expect(
      packagesOfSpdx(
        '{"packages":[{"name":"os","primaryPackagePurpose":"OPERATING-SYSTEM"},{"name":"b","versionInfo":"1"},{"name":"a"}]}',
      )?.map(({ name }) => name),
    ).toEqual(['a', 'b']);
  });

  it.each(['', '[]', '{"packages":1}', '{"packages":[{"name":1}]}', `{"packages":[${'['.repeat(1000)}`])(
    'is not known from %.30s',
    (text) => {
      expect(packagesOfSpdx(text)).toBeUndefined();
    },
  );
});

describe('change logs', () => {
  const changelog = `openssl (3.5.1-1+deb13u2) trixie-security; urgency=medium

  * CVE-2026-0002 (an overflow)

 -- A Person <a@example.org>  Tue, 24 Nov 2026 00:00:00 +0000

openssl (3.5.1-1+deb13u1) trixie-security; urgency=medium

  * Fix CVE-2026-0001 and CVE-2025-99999.

 -- A Person <a@example.org>  Tue, 17 Nov 2026 00:00:00 +0000

openssl (3.5.1-1) unstable; urgency=medium

  * Fixes CVE-2020-0001
`;

  it('name what was fixed since the installed version', () => {
    expect(fixedVulnerabilities(changelog, '3.5.1-1')).toEqual([
      'CVE-2025-99999',
      'CVE-2026-0001',
      'CVE-2026-0002',
    ]);
    expect(fixedVulnerabilities(changelog, '3.5.1-1+deb13u1')).toEqual(['CVE-2026-0002']);
    expect(fixedVulnerabilities(changelog, '3.5.1-1+deb13u2')).toEqual([]);
  });
});

describe('sources', () => {
  it.each([
    'deb',
    'deb https://x',
    'deb ftp://x s main',
    'deb [trusted=yes] https://x s main',
    'rm -rf /',
    'deb https://x s "main',
  ])('%j is refused', (line) => {
    expect(() => parseSources([line])).toThrow(/not a line of package sources/);
  });
});

const record = published(EMPTY_CATALOG, 'debian-13', '1', '2026-11-01T00:00:00Z').versions.get('debian-13/1');

describe('whether a new build is due', () => {
  const base: FreshnessFacts = {
    record: record ?? ({} as never),
    now: new Date('2026-11-25T00:00:00Z'),
    installed: [{ name: 'openssl', version: '1.0-1', licence: '', summary: '', kind: 'deb' }],
    candidates: new Map(),
    vulnerabilities: new Map(),
    maxAge: undefined,
    endOfLife: { date: '2028-08-09', source: 'a test' },
    medium: { built: 'a'.repeat(64), current: undefined },
  };
  const candidate = (version: string, security: boolean) =>
    new Map([['openssl', { version, suite: 'trixie-security', security }]]);

  it.each<[string, Partial<FreshnessFacts>, string, RegExp | undefined]>([
    ['nothing changed', {}, 'no', undefined],
    ['the same version', { candidates: candidate('1.0-1', true) }, 'no', undefined],
    ['an older version', { candidates: candidate('0.9-1', true) }, 'no', undefined],
    [
      'a security update',
      { candidates: candidate('1.0-2', true), vulnerabilities: new Map([['openssl', ['CVE-2026-0001']]]) },
      'yes',
      /1 package with security updates, which fix 1 vulnerability$/,
    ],
    ['another update', { candidates: candidate('1.0-2', false) }, 'yes', /1 package with other updates/],
    ['its age', { maxAge: 20 }, 'yes', /24 days old, 20 are allowed/],
    ['an age that is allowed', { maxAge: 24 }, 'no', undefined],
    [
      'another medium',
      { medium: { built: 'a'.repeat(64), current: 'b'.repeat(64) } },
      'yes',
      /another medium/,
    ],
    ['an end of life', { endOfLife: { date: '2026-11-01', source: 'a test' } }, 'no', /past its end of life/],
    ['indices that cannot be read', { candidates: { unknown: 'no network' } }, 'unknown', /no network/],
    ['no SBOM', { installed: undefined }, 'unknown', /has no SBOM/],
    [
      'a medium that nobody knows',
      { medium: { built: undefined, current: 'b'.repeat(64) } },
      'unknown',
      /built from is not known/,
    ],
    [
      'one thing known and another not',
      { candidates: { unknown: 'no network' }, maxAge: 20 },
      'yes',
      /24 days/,
    ],
  ])('%s', (_name, change, expected, reason) => {
    const found = assessFreshness({ ...base, ...change });
    expect(found.rebuildNeeded).toBe(expected);
    expect(found.reasons.join('\n')).toMatch(reason ?? /^$/);
  });
});

/** A mirror on loopback that has nothing, and what it was asked for. */
async function emptyMirror() {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A test that fails does not close it, and must not keep the run from ending.
  server.unref();
  return { server, asked };
}

describe('check-updates', () => {
  const sbom = JSON.stringify({
    packages: [
      {
        name: 'sample',
        versionInfo: '1.0-1',
        externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:deb/debian/sample@1.0-1' }],
      },
      {
        name: 'other',
        versionInfo: '2.0-1',
        externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:deb/debian/other@2.0-1' }],
      },
    ],
  });
  const catalog = published(EMPTY_CATALOG, 'debian-13', '1', '2026-11-01T00:00:00Z', {
    attachments: [{ name: 'sbom.spdx.json', size: sbom.length, sha256: sha256(sbom) }],
  });
  const snapshot: Snapshot = {
    revision: 'x',
    read: async (file) => (file.endsWith('sbom.spdx.json') ? Buffer.from(sbom) : undefined),
    digest: async () => undefined,
    matches: async () => false,
    list: async () => [],
  };
  const request = { image: undefined, support: 'standard' as const, maxAge: undefined, medium: undefined };

  it('finds a security update in a signed repository, and what its change log says it fixes', async () => {
    const { root, source } = await writeAptRepository(work);
    const sources = parseSources([source]);
    const [found] = await checkUpdates(catalog, snapshot, { ...request, sources }, testPorts());
    expect(found?.freshness).toMatchObject({
      rebuildNeeded: 'yes',
      securityUpdates: 1,
      otherUpdates: 0,
      updates: [
        {
          package: 'sample',
          installed: '1.0-1',
          fixed: '1.0-1+deb13u1',
          suite: 'trixie-security',
          security: true,
          vulnerabilities: ['CVE-2026-4711'],
        },
      ],
    });
    // The same indices, changed after they were signed.
    await writeFile(
      path.join(root, 'dists/trixie-security/main/binary-amd64/Packages'),
      'Package: sample\nVersion: 9\n',
    );
    const [changed] = await checkUpdates(catalog, snapshot, { ...request, sources }, testPorts());
    expect(changed?.freshness).toMatchObject({ rebuildNeeded: 'unknown', securityUpdates: 0 });
    const unsigned = parseSources([`deb [signed-by=/nowhere.gpg] file:${root} trixie-security main`]);
    const [foreign] = await checkUpdates(catalog, snapshot, { ...request, sources: unsigned }, testPorts());
    expect(foreign?.freshness.rebuildNeeded).toBe('unknown');
  });

  it('does not know without sources, or for packages of another kind', async () => {
    const [bare] = await checkUpdates(catalog, snapshot, { ...request, sources: [] }, testPorts());
    expect(bare?.freshness.reasons.join()).toContain('no package sources are given');
    const rpm: Snapshot = {
      ...snapshot,
      read: async () => Buffer.from(sbom.replaceAll('pkg:deb', 'pkg:rpm')),
    };
    const [other] = await checkUpdates(catalog, rpm, { ...request, sources: [] }, testPorts());
    expect(other?.freshness).toMatchObject({
      rebuildNeeded: 'unknown',
      reasons: ['the updates are not known: no package sources are given, and its provenance names none'],
    });
  });

  it('judges the newest available version of each image, and no other', async () => {
    const v = (version: string) => ({ image: 'debian-13', version });
    let many = ['1', '2', '3'].reduce(
      (all, version) => published(all, 'debian-13', version, `2026-11-0${version}T00:00:00Z`),
      EMPTY_CATALOG,
    );
    many = published(many, 'other', '7', '2026-11-04T00:00:00Z', {
      schedule: { deprecateAt: '2026-11-05T00:00:00Z' },
    });
    many = published(many, 'other', '6', '2026-11-05T00:00:00Z');
    many = retire(many, v('3'), 'revoked', '2026-11-06T00:00:00Z').catalog;
    const checked = async (image: string | undefined, now: string) => {
      const ports = testPorts({ clock: { ...testPorts().clock, now: () => new Date(now) } });
      const found = await checkUpdates(many, snapshot, { ...request, image, sources: [] }, ports);
      return found.map(({ record: { image: name, version } }) => `${name} ${version}`);
    };
    expect(await checked(undefined, '2026-11-07T00:00:00Z')).toEqual(['debian-13 2', 'other 6']);
    expect(await checked('other', '2026-11-07T00:00:00Z')).toEqual(['other 6']);
    expect(await checked('missing', '2026-11-07T00:00:00Z')).toEqual([]);
  });

  it('takes the medium and the repositories from what came with the image', async () => {
    const { server, asked } = await emptyMirror();
    const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bundle = (statement: object) =>
      Buffer.from(
        JSON.stringify({
          dsseEnvelope: { payload: Buffer.from(JSON.stringify(statement)).toString('base64') },
        }),
      );
    const statement = (predicate: object, digest: string) => ({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'x', digest: { sha256: digest } }],
      predicateType: 'https://example.org/x',
      predicate,
    });
    const came: Readonly<Record<string, Buffer>> = {
      'sbom.spdx.json': Buffer.from(sbom),
      'signatures/10-media.intoto.sigstore.json': bundle(statement({}, 'a'.repeat(64))),
      'signatures/20-build.intoto.sigstore.json': bundle(
        statement(
          {
            buildDefinition: {
              internalParameters: {
                repositories: [`${mirror}/debian`, `${mirror}/debian-security`, 'rm -rf /'],
              },
            },
          },
          'b'.repeat(64),
        ),
      ),
    };
    const from: Snapshot = {
      ...snapshot,
      read: async (file) => came[file.replace('images/debian-13/1/', '')],
    };
    const medium = async (current: string) =>
      (await checkUpdates(catalog, from, { ...request, sources: [], medium: current }, testPorts()))[0]
        ?.freshness;
    const same = await medium('a'.repeat(64));
    const suites = new Set(asked.map((url) => url.replace(/\/(In)?Release.*$/, '')));
    expect([...suites].sort()).toEqual([
      '/debian-security/dists/trixie-security',
      '/debian/dists/trixie',
      '/debian/dists/trixie-updates',
    ]);
    expect(same?.reasons).toEqual([
      'the updates are not known: The package indices of trixie, trixie-updates, trixie-security cannot be read',
    ]);
    expect(same?.rebuildNeeded).toBe('unknown');
    const other = await medium('c'.repeat(64));
    expect(other?.rebuildNeeded).toBe('yes');
    expect(other?.reasons[0]).toMatch(
      /the vendor has another medium: sha256:c+, it was built from sha256:a+/,
    );
    await new Promise((resolve) => server.close(resolve));
  });

  it("asks each of Ubuntu's mirrors once, for security updates too", async () => {
    const { server, asked } = await emptyMirror();
    const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ubuntu`;
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'x', digest: { sha256: 'b'.repeat(64) } }],
      predicateType: 'https://example.org/x',
      predicate: { buildDefinition: { internalParameters: { repositories: [mirror, mirror] } } },
    };
    const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
    const bundle = JSON.stringify({ dsseEnvelope: { payload } });
    const text = sbom.replaceAll('pkg:deb/debian', 'pkg:deb/ubuntu');
    const ubuntu = published(EMPTY_CATALOG, 'ubuntu', '1', '2026-11-01T00:00:00Z', {
      ...{ distribution: 'ubuntu', release: '24.04' },
      attachments: [{ name: 'sbom.spdx.json', size: text.length, sha256: sha256(text) }],
    });
    const read = async (file: string) =>
      file.endsWith('20-build.intoto.sigstore.json')
        ? Buffer.from(bundle)
        : file.endsWith('sbom.spdx.json')
          ? Buffer.from(text)
          : undefined;
    const [found] = await checkUpdates(
      ubuntu,
      { ...snapshot, read },
      { ...request, sources: [] },
      testPorts(),
    );
    expect(found?.freshness).toMatchObject({
      rebuildNeeded: 'unknown',
      reasons: [expect.stringContaining('noble, noble-updates, noble-security cannot be read')],
    });
    expect([...new Set(asked.map((url) => url.replace(/\/(In)?Release.*$/, '')))].sort()).toEqual([
      '/ubuntu/dists/noble',
      '/ubuntu/dists/noble-security',
      '/ubuntu/dists/noble-updates',
    ]);
    await new Promise((resolve) => server.close(resolve));
  });
});
