import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec, type ExecRequest } from '@golden-image/host';
import { recordingLog, testPorts } from '@golden-image/host/testing';
import { readEvidence } from '@golden-image/image-folder';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveFolder, signedSuite, type TestKey, testKey } from '../../test/local-mirror.ts';
import { judgeSboms } from '../../test/sbom-judges.ts';
import { fillPool, smallMedium, standIn, stateMedium } from '../../test/small-medium.ts';
import { buildImage } from '../build.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'repository-'));
// Generous: other work may run on the same cores.
const MINUTE = 180_000;
const tree = path.join(folder, 'mirror');
let key: TestKey;
let other: TestKey;
let server: Awaited<ReturnType<typeof serveFolder>>;

/** A mirror with a main, an updates and a security archive; `motd-tool` 2 is a security update of 1; extra has `added`. */
beforeAll(async () => {
  [key, other] = await Promise.all([testKey(folder, 'mirror'), testKey(folder, 'other')]);
  const archives = {
    debian: '20260101T000000Z/debian',
    security: '20260101T000000Z/security',
    extra: 'extra',
  };
  const at = (name: keyof typeof archives): string => path.join(tree, archives[name]);
  await fillPool(path.join(at('debian'), 'pool'), folder);
  for (const name of ['security', 'extra', 'empty'] as const) {
    mkdirSync(path.join(name === 'empty' ? at('debian') : at(name), name === 'empty' ? 'empty' : 'pool'), {
      recursive: true,
    });
  }
  const tool = { name: 'motd-tool', files: {}, postinst: '' };
  await standIn(path.join(at('debian'), 'pool'), folder, tool);
  await standIn(path.join(at('security'), 'pool'), folder, { ...tool, version: '2' });
  await standIn(path.join(at('extra'), 'pool'), folder, { ...tool, name: 'added' });
  await signedSuite(at('debian'), { suite: 'stable', codename: 'trixie', pool: 'pool' }, key);
  await signedSuite(
    at('debian'),
    { suite: 'stable-updates', codename: 'trixie-updates', pool: 'empty' },
    key,
  );
  await signedSuite(
    at('security'),
    { suite: 'stable-security', codename: 'trixie-security', pool: 'pool' },
    key,
  );
  await signedSuite(at('extra'), { suite: 'stable', codename: 'extra', pool: 'pool' }, other);
  copyFileSync(key.file, path.join(folder, 'key.asc'));
  copyFileSync(other.file, path.join(folder, 'other.asc'));
  server = await serveFolder(tree);
}, 5 * MINUTE);

afterAll(async () => {
  await server.close();
  await Promise.all([key.remove(), other.remove()]);
  rmSync(folder, { recursive: true, force: true });
});

function definition(changes: string): string {
  const file = path.join(folder, 'image.yml');
  const snapshot = `${server.url}/@SNAPSHOTID@`;
  const head =
    'name: small\nversion: "1"\ndistribution: debian\nrelease: "13"\nmirror-key: key.asc\nsnapshot: 20260101T000000Z\n';
  writeFileSync(file, `${head}mirror: ${snapshot}/debian\nsecurity-mirror: ${snapshot}/security\n${changes}`);
  return file;
}

function build(changes: string, more: Partial<Parameters<typeof buildImage>[0]> = {}, log = recordingLog()) {
  const request = {
    definition: definition(changes),
    output: path.join(folder, 'image'),
    cacheFolder: path.join(folder, 'cache'),
    builderId: 'urn:test',
    // Whatever machine the tests run on.
    allowOutdatedHost: true,
    ...more,
  };
  return buildImage(request, testPorts({ log }));
}

interface Provenance {
  readonly buildDefinition: {
    readonly internalParameters: { readonly network: boolean; readonly repositories: readonly string[] };
    readonly resolvedDependencies: readonly { readonly name: string; readonly uri?: string }[];
  };
}

async function provenanceOf(image: string): Promise<Provenance['buildDefinition']> {
  const built = (await readEvidence(image)).find(({ name }) => name === '20-build');
  if (!built) {
    throw new Error(`${image} has no provenance`);
  }
  return (built.statement.predicate as unknown as Provenance).buildDefinition;
}

/** A file of the built root tree: its first partition, ext4. */
function fileIn(disk: string, file: string): string {
  const raw = `${disk}.raw`;
  execFileSync('qemu-img', ['convert', '-O', 'raw', disk, raw]);
  const table = JSON.parse(execFileSync('sfdisk', ['--json', raw], { encoding: 'utf8' })) as {
    partitiontable: { partitions: { node: string; start: number }[] };
  };
  const start = table.partitiontable.partitions.find(({ node }) => node === `${raw}1`)?.start ?? 0;
  try {
    return execFileSync('debugfs', ['-R', `cat ${file}`, `${raw}?offset=${512 * start}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } finally {
    rmSync(raw);
  }
}

const EXTRA = (suite = 'extra', by = 'other.asc'): string =>
  `repositories: [{uri: "${server.url}/extra", suites: [${suite}], components: [main], key: ${by}}]\n`;

const KEY = /not available|NO_PUBKEY|not signed/;

describe('the source `repository`', () => {
  it(
    'builds from signed repositories as of a snapshot, security and further ones included, and records them',
    async () => {
      const result = await build(
        `source: repository\npackages: {add: [motd-tool, added]}\n${EXTRA()}login-message: {text: "hi\\n", update-hint: true}\nunattended-upgrades: false\n`,
      );
      const { internalParameters, resolvedDependencies } = await provenanceOf(result.folder);
      expect(internalParameters.network).toBe(true);
      const names = resolvedDependencies.map(({ name, uri = '' }) => `${name} ${uri}`).join('\n');
      expect(names).toMatch(/pkg:deb\/debian\/motd-tool@2\?/);
      expect(names).toMatch(/pkg:deb\/debian\/added@1\?/);
      const indexes = resolvedDependencies.filter(({ name }) => name === 'repository');
      expect(indexes).toHaveLength(4);
      expect(indexes.some(({ uri }) => uri?.includes('trixie-security'))).toBe(true);
      // The image updates itself from the distribution's own archive, not from the snapshot.
      const sources = fileIn(result.disk, '/etc/apt/sources.list.d/debian.sources');
      expect(sources).not.toContain('20260101T000000Z');
      expect(sources).toContain(`URIs: ${server.url}/extra`);
      expect(sources).toContain('Signed-By: /etc/apt/keyrings/repository-1.asc');
      expect(fileIn(result.disk, '/etc/apt/keyrings/repository-1.asc')).toBe(
        readFileSync(other.file, 'utf8'),
      );
      expect(fileIn(result.disk, '/etc/update-motd.d/60-updates')).toMatch(/^#!\/bin\/sh\n/);
      expect(fileIn(result.disk, '/etc/apt/apt.conf.d/20list-updates')).toContain('Update-Package-Lists "1"');
    },
    4 * MINUTE,
  );

  it.each([
    ['a mirror that another key signs', (): string => '', 'other.asc', KEY],
    ['a further repository that another key signs', (): string => EXTRA('extra', 'key.asc'), 'key.asc', KEY],
    ['an unknown suite', (): string => EXTRA('nothing'), 'key.asc', /Release/],
  ] as const)(
    'refuses %s',
    async (_what, changes, mirrorKey, message) => {
      const file = definition(`source: repository\n${changes()}`);
      const text = readFileSync(file, 'utf8').replace('mirror-key: key.asc', `mirror-key: ${mirrorKey}`);
      writeFileSync(file, text);
      const request = { definition: file, output: path.join(folder, 'refused'), builderId: 'urn:test' };
      await expect(buildImage({ ...request, allowOutdatedHost: true }, testPorts())).rejects.toMatchObject({
        code: 'repository-unusable',
        message: expect.stringMatching(message),
      });
    },
    MINUTE,
  );
});

describe('what an earlier build left', () => {
  it(
    'is fetched again when it is not what the signed index says, though of the same size',
    async () => {
      const cacheFolder = path.join(folder, 'poisoned');
      const changes = 'source: repository\npackages: {add: [motd-tool]}\n';
      const clean = await build(changes, { cacheFolder });
      const kept = path.join(cacheFolder, 'packages/motd-tool_2_all.deb');
      const bytes = Buffer.from(readFileSync(kept));
      // In the last member, the package's files.
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      rmSync(kept);
      writeFileSync(kept, bytes);
      for (const name of readdirSync(cacheFolder).filter((entry) => /^(tree|disk)-/.test(entry))) {
        rmSync(path.join(cacheFolder, name), { recursive: true });
      }
      const again = await build(changes, { cacheFolder });
      expect(again.cacheHit).toBe(false);
      expect(readFileSync(kept).equals(bytes)).toBe(false);
      expect(again.descriptor.disk.sha256).toBe(clean.descriptor.disk.sha256);
    },
    4 * MINUTE,
  );
});

describe('the choice of packages', () => {
  it(
    'is asked for again only when a signed index or the question differs',
    async () => {
      const cacheFolder = path.join(folder, 'choices');
      let asked = 0;
      const exec = createExec();
      const counting = (request: ExecRequest) => {
        asked += request.args?.includes('--print-uris') ? 1 : 0;
        return exec(request);
      };
      const choices = async (changes: string): Promise<number> => {
        asked = 0;
        const request = { definition: definition(changes), output: path.join(folder, 'choice'), cacheFolder };
        const more = { builderId: 'urn:test', allowOutdatedHost: true };
        await buildImage({ ...request, ...more }, testPorts({ exec: counting }));
        return asked;
      };
      const one = 'source: repository\npackages: {add: [motd-tool]}\n';
      expect([await choices(one), await choices(one)]).toEqual([1, 0]);
      expect(await choices('source: repository\n')).toBe(1);
      const security = path.join(tree, '20260101T000000Z/security');
      const suite = { suite: 'stable-security', codename: 'trixie-security', pool: 'pool' };
      await signedSuite(security, suite, key, { Label: 'Another' });
      expect(await choices(one)).toBe(1);
      await signedSuite(security, suite, key);
    },
    4 * MINUTE,
  );
});

describe('repositories that are not what they should be', () => {
  /** The mirror as it is now, without a snapshot: what is out of date is refused. */
  const live = (changes: string): string => {
    const file = definition(changes);
    const at = `${server.url}/20260101T000000Z`;
    const text = readFileSync(file, 'utf8')
      .replace(/^snapshot: .*\n/m, '')
      .replaceAll(`${server.url}/@SNAPSHOTID@`, at);
    writeFileSync(file, text);
    return file;
  };
  const resign = async (by: TestKey, more: Readonly<Record<string, string>> = {}): Promise<void> => {
    const at = path.join(tree, '20260101T000000Z/security');
    const suite = { suite: 'stable-security', codename: 'trixie-security', pool: 'pool' };
    await signedSuite(at, suite, by, more);
  };
  const refusal = (file: string, medium: { medium?: string; mediumStatement?: string } = {}) =>
    buildImage(
      {
        ...{ definition: file, output: path.join(folder, 'refused'), builderId: 'urn:test' },
        ...{ allowOutdatedHost: true, ...medium },
      },
      testPorts(),
    );

  afterAll(() => resign(key));

  it(
    'are refused when their lists are no longer valid, but for a snapshot',
    async () => {
      await resign(key, { 'Valid-Until': 'Thu, 01 Jan 2026 00:00:00 UTC' });
      await expect(refusal(live('source: repository\n'))).rejects.toMatchObject({
        code: 'repository-unusable',
        message: expect.stringMatching(/expired/),
      });
      const lists = definition('source: repository\npackages: {add: [absent]}\n');
      await expect(refusal(lists)).rejects.toMatchObject({ code: 'package-not-found' });
    },
    MINUTE,
  );

  it(
    'are never taken for absent ones: no image from the medium alone',
    async () => {
      await resign(other);
      const iso = await smallMedium(folder);
      const file = live('source: medium\nsecurity-updates: auto\n');
      await expect(refusal(file, { medium: iso.iso, mediumStatement: iso.statement })).rejects.toMatchObject({
        code: 'repository-unusable',
        message: expect.stringMatching(KEY),
      });
    },
    2 * MINUTE,
  );
});

describe('the source `disk`', () => {
  it(
    "lays a vendor's files out anew, with newer, added and removed packages",
    async () => {
      const vendor = await build(
        'source: repository\npackages: {add: [motd-tool]}\nsecurity-updates: "off"\n',
        {
          output: path.join(folder, 'vendor'),
        },
      );
      const statement = await stateMedium(vendor.disk, path.join(folder, 'vendor.json'));
      const changes = `source: disk\npackages: {add: [added], remove: [dbus]}\n${EXTRA()}disk: {size: 2GiB, partitions: [{mount: /home, size: 64MiB}]}\n`;
      const medium = {
        medium: vendor.disk,
        mediumStatement: statement,
        output: path.join(folder, 'changed'),
      };
      const changed = await build(changes, medium);
      await judgeSboms(changed.folder);
      const sbom = readFileSync(path.join(changed.folder, 'sbom.spdx.json'), 'utf8');
      const packages = (JSON.parse(sbom) as { packages: { name: string; versionInfo: string }[] }).packages;
      const version = (name: string) => packages.find((entry) => entry.name === name)?.versionInfo;
      expect([version('motd-tool'), version('added'), version('dbus')]).toEqual(['2', '1', undefined]);
      expect(changed.descriptor.disk.virtualSize).toBe(2 * 1024 ** 3);
      expect(fileIn(changed.disk, '/etc/fstab')).toContain(' /home ext4 ');
      const { resolvedDependencies } = await provenanceOf(changed.folder);
      expect(resolvedDependencies[0]).toMatchObject({ name: 'medium' });
      const again = await build(changes, medium);
      expect(again.cacheHit).toBe(true);
      expect(again.descriptor.disk.sha256).toBe(changed.descriptor.disk.sha256);
    },
    6 * MINUTE,
  );
});
