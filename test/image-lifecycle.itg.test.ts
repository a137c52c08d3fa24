/** The shipped bundle of image-lifecycle, on images that the shipped bundles of sign-image and gate-approval approved. */

import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stableJson } from '@golden-image/evidence';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { type SampleOptions, writeSample } from '../packages/evidence/test/sample-folder.ts';
import { type BundleRun, runBundle } from './tools/run-bundle.ts';

const policy = path.resolve(import.meta.dirname, '../examples/debian-13/image-policy.yml');
const gateKey = newKey('ec-p256');
const logKey = newKey('ed25519');
let openpgp: { secret: string; public: string };
let work: string;
let gateKeys: string;
let keys: string;
let count = 0;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'lifecycle-'));
  openpgp = await newOpenPgpKey();
  keys = path.join(work, 'catalog-keys');
  await writeFile(keys, `${logKey}\n${openpgp.secret}`);
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** An image folder that the gate approved, as version `version` of its image. */
async function approved(version: string, options: SampleOptions = {}): Promise<string> {
  const image = path.join(work, `image-${++count}`);
  await writeSample(image, { disk: `disk ${version}\n`, sbom: stableJson(sbom(version)), ...options });
  const descriptor = JSON.parse(await readFile(path.join(image, 'image.json'), 'utf8'));
  await writeFile(path.join(image, 'image.json'), stableJson({ ...descriptor, version }));
  const signed = await runBundle('sign-image', { image, key: gateKey, 'openpgp-key': openpgp.secret });
  gateKeys = path.join(image, 'signatures/keys/all.asc');
  const gate = await runBundle('gate-approval', { image, policy, 'public-key': gateKeys, signing: gateKey });
  if (signed.code !== 0 || gate.code !== 0) {
    throw new Error(`${signed.stdout}\n${gate.stdout}`);
  }
  return image;
}

function sbom(version: string) {
  const entry = (name: string, versionInfo: string) => ({
    name,
    versionInfo,
    licenseDeclared: 'GPL-2.0-only',
    summary: `the program ${name}`,
    externalRefs: [{ referenceType: 'purl', referenceLocator: `pkg:deb/debian/${name}@${versionInfo}` }],
  });
  return {
    spdxVersion: 'SPDX-2.3',
    name: 'debian-13',
    packages: [
      { name: 'debian-13', versionInfo: version, primaryPackagePurpose: 'OPERATING-SYSTEM' },
      entry('base-files', '13.8'),
      entry('openssl', version === '20261101' ? '3.5.1-1' : '3.5.1-1+deb13u1'),
      entry(version === '20261101' ? 'wget' : 'curl', '1.0-1'),
    ],
  };
}

function lifecycle(
  command: string,
  catalog: string,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<BundleRun> {
  return runBundle(
    'image-lifecycle',
    { command, catalog, key: keys, url: 'https://images.example.org', ...inputs },
    { env: { GITHUB_ACTOR: 'alice', ...env } },
  );
}

const publish = (
  catalog: string,
  image: string,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
) => lifecycle('publish', catalog, { image, 'public-key': gateKeys, ...inputs }, env);

function annotations({ stdout }: BundleRun): string {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('::error'))
    .join('\n');
}

describe('the life of an image', () => {
  let catalog: string;
  let first: string;
  let second: string;

  beforeAll(async () => {
    catalog = path.join(work, 'catalog');
    first = await approved('20261101');
    second = await approved('20261102');
  }, 240_000);

  it('begins with its publication, by an approval of exactly its disk', async () => {
    const result = await publish(catalog, first);
    expect(annotations(result)).toBe('');
    expect(result.outputs).toMatchObject({ state: 'available', changed: 'true', 'log-index': '1' });
    expect(result.outputs.checkpoint).toMatch(/^images\.example\.org\n2\n/);
    expect(result.summary).toContain('🟢 available');
    const record = JSON.parse(await readFile(path.join(catalog, 'versions/debian-13/20261101.json'), 'utf8'));
    expect(record).toMatchObject({
      state: 'available',
      score: 97.3,
      cases: { passed: 2, failed: 0, skipped: 1, notRun: 2 },
    });
    expect(await readFile(path.join(catalog, 'images/debian-13/20261101/disk.qcow2'), 'utf8')).toBe(
      'disk 20261101\n',
    );
    const log = await readFile(path.join(catalog, 'log/tile/entries/000.p/2'), 'utf8');
    expect(log).not.toContain('alice');
    const people = JSON.parse(await readFile(`${catalog}-people.json`, 'utf8'));
    expect(Object.keys(people.people)).toEqual(['alice']);
    expect((await publish(catalog, second)).outputs.state).toBe('available');
    // Once more changes nothing, and says so of the same version.
    expect((await publish(catalog, first)).outputs).toMatchObject({ state: 'available', changed: 'false' });
  }, 240_000);

  it('is refused without an approval, with one of another disk, an unsigned one, or one by another key', async () => {
    const bare = path.join(work, 'bare');
    await cp(second, bare, { recursive: true });
    await rm(path.join(bare, 'release'), { recursive: true });
    expect(annotations(await publish(catalog, bare))).toContain('is not approved');
    const vsa = path.join(first, 'release/vsa.intoto.sigstore.json');
    expect(annotations(await publish(catalog, second, { vsa }))).toContain(
      'The verification summary is about sha256:',
    );
    const other = path.join(work, 'other.pem');
    await writeFile(other, execFileSync('openssl', ['pkey', '-pubout'], { input: newKey('ec-p256') }));
    expect(annotations(await publish(catalog, second, { 'public-key': other }))).toMatch(
      /is not approved: The signature/,
    );
    const changed = path.join(work, 'changed');
    await cp(second, changed, { recursive: true });
    await writeFile(path.join(changed, 'disk.qcow2'), 'disk 20261109\n');
    expect(annotations(await publish(catalog, changed, { version: '3' }))).toContain('The disk is sha256:');
  }, 240_000);

  it('goes on over dates, deprecation, revocation and restoration', async () => {
    const version = { image: 'debian-13', version: '20261101' };
    const dated = await lifecycle('deprecate', catalog, {
      ...version,
      'deprecate-at': '2099-01-01',
      'obsolete-at': '2099-06-01',
      successor: '20261102',
      reason: 'a newer build',
    });
    expect(dated.outputs).toMatchObject({ state: 'available', changed: 'true' });
    expect((await lifecycle('tick', catalog)).outputs.changed).toBe('false');
    const dry = await lifecycle('deprecate', catalog, { ...version, 'dry-run': 'true' });
    expect(dry.outputs.changed).toBe('true');
    expect(dry.summary).toContain('nothing was changed');
    const deprecated = await lifecycle('deprecate', catalog, {
      ...version,
      successor: '20261102',
      reason: 'a newer build',
    });
    expect(deprecated.outputs.state).toBe('deprecated');
    expect(annotations(await lifecycle('restore', catalog, version))).toContain('needs the input vsa');
    const old = path.join(first, 'release/vsa.intoto.sigstore.json');
    expect(
      annotations(await lifecycle('restore', catalog, { ...version, vsa: old, 'public-key': gateKeys })),
    ).toContain('before it became deprecated');
  }, 240_000);

  it('keeps the last available image, and tells users why one is revoked', async () => {
    const version = { image: 'debian-13', version: '20261101' };
    const last = await lifecycle('deprecate', catalog, { image: 'debian-13', version: '20261102' });
    expect(annotations(last)).toContain('last available image of the family debian-13');
    expect(annotations(await lifecycle('revoke', catalog, version))).toContain('needs the input reason');
    expect((await lifecycle('revoke', catalog, { ...version, reason: 'a key leaked' })).outputs.state).toBe(
      'revoked',
    );
    const status = JSON.parse(await readFile(path.join(catalog, 'status/debian-13.json'), 'utf8'));
    expect(status.versions['20261101'].message).toBe(
      'this image was revoked (a key leaked): replace it now; successor debian-13 20261102',
    );
  }, 240_000);

  it('is verified by its log, and by nobody else’s key', async () => {
    const good = await lifecycle('verify', catalog);
    expect(annotations(good)).toBe('');
    expect(good.summary).toContain('Catalog verified');
    const vkey = await readFile(path.join(catalog, 'keys/log.vkey'), 'utf8');
    expect(
      (await lifecycle('verify', catalog, { key: '', 'public-key': `${vkey}${openpgp.public}` })).code,
    ).toBe(0);
    const wrong = path.join(work, 'wrong-keys');
    await writeFile(wrong, `${newKey('ed25519')}\n${openpgp.secret}`);
    expect(annotations(await lifecycle('verify', catalog, { key: wrong }))).toContain('not signed by');
    const copy = path.join(work, 'tampered');
    await cp(catalog, copy, { recursive: true });
    const file = path.join(copy, 'images/debian-13/20261102/disk.qcow2');
    await writeFile(file, (await readFile(file, 'utf8')).replace('disk', 'dish'));
    expect(annotations(await lifecycle('verify', copy))).toContain('disk.qcow2 was changed');
  }, 240_000);

  it('is exported to every cloud for review', async () => {
    const output = path.join(work, 'export');
    const result = await lifecycle('export', catalog, { output });
    expect(annotations(result)).toBe('');
    for (const name of ['gce', 'aws', 'azure', 'ibm', 'glance']) {
      const script = path.join(output, `${name}.sh`);
      execFileSync('sh', ['-n', script]);
      expect(await readFile(script, 'utf8')).toContain('20261102');
    }
    expect(await readFile(path.join(output, 'gce.sh'), 'utf8')).toContain(
      '--state=OBSOLETE --replacement=debian-13-20261102',
    );
  }, 240_000);

  it('has its pages, which are made of a verified catalog only', async () => {
    const output = path.join(work, 'site');
    expect(annotations(await lifecycle('site', catalog, { output }))).toBe('');
    expect(await readFile(path.join(output, 'index.html'), 'utf8')).toContain('debian-13 20261102');
    expect(await readFile(path.join(output, 'images/debian-13/20261102/index.html'), 'utf8')).toContain(
      'openssl',
    );
  }, 240_000);
});

describe('the end of an image', () => {
  const version = { image: 'debian-13', version: '20261104' };
  let catalog: string;
  let image: string;

  beforeAll(async () => {
    catalog = path.join(work, 'ending');
    image = await approved('20261104');
    await publish(catalog, image);
    await publish(catalog, await approved('20261105'));
  }, 240_000);

  it('is put off by an approval that is younger than its deprecation', async () => {
    expect((await lifecycle('deprecate', catalog, version)).outputs.state).toBe('deprecated');
    await rm(path.join(image, 'release'), { recursive: true });
    const gate = await runBundle('gate-approval', {
      image,
      policy,
      'public-key': gateKeys,
      signing: gateKey,
    });
    expect(annotations(gate)).toBe('');
    const vsa = path.join(image, 'release/vsa.intoto.sigstore.json');
    const restored = await lifecycle('restore', catalog, {
      ...version,
      vsa,
      'public-key': gateKeys,
      reason: 'it was deprecated by mistake',
    });
    expect(annotations(restored)).toBe('');
    expect(restored.outputs).toMatchObject({ state: 'available', changed: 'true' });
    expect(restored.summary).toContain('it was deprecated by mistake');
  }, 240_000);

  it('comes by its dates, once, when tick runs', async () => {
    const due = Date.now() + 8_000;
    const at = `${new Date(due).toISOString().slice(0, 19)}Z`;
    const dated = await lifecycle('deprecate', catalog, { ...version, 'deprecate-at': at });
    expect(dated.outputs).toMatchObject({ state: 'available', changed: 'true' });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
    const tick = await lifecycle('tick', catalog);
    expect(tick.outputs.changed).toBe('true');
    expect(tick.summary).toContain('🟡 deprecated');
    expect((await lifecycle('tick', catalog)).outputs.changed).toBe('false');
  }, 240_000);

  it('is obsolete, and nothing brings it back', async () => {
    const obsolete = await lifecycle('obsolete', catalog, { ...version, reason: 'nobody uses it' });
    expect(obsolete.outputs).toMatchObject({ state: 'obsolete', changed: 'true' });
    expect((await lifecycle('obsolete', catalog, version)).outputs.changed).toBe('false');
    const vsa = path.join(image, 'release/vsa.intoto.sigstore.json');
    const back = await lifecycle('restore', catalog, { ...version, vsa, 'public-key': gateKeys });
    expect(annotations(back)).toMatch(/before it became obsolete|cannot be restored/);
    expect(annotations(await publish(catalog, image))).toContain('is obsolete and cannot be published again');
    expect((await lifecycle('verify', catalog)).code).toBe(0);
  }, 240_000);
});

describe('a third party’s image', () => {
  it('fails to be published, and is a draft, until it was audited', async () => {
    const catalog = path.join(work, 'third-parties');
    const image = await approved('20261106', { class: 'catalog' });
    await rm(path.join(image, 'signatures/40-fvt.intoto.sigstore.json'));
    for (const changed of ['true', 'false']) {
      const draft = await publish(catalog, image);
      expect([draft.code, draft.outputs]).toEqual([1, expect.objectContaining({ state: 'draft', changed })]);
      expect(annotations(draft)).toMatch(/is a draft and not available yet: .*run-fvt/);
    }
    expect((await publish(catalog, await approved('20261106', { class: 'catalog' }))).outputs.state).toBe(
      'available',
    );
  }, 240_000);
});

describe('a branch', () => {
  it('holds the catalog, and another one who is behind the pseudonyms', async () => {
    const repository = path.join(work, 'repository');
    execFileSync('git', ['init', '--quiet', repository]);
    const image = await approved('20261103');
    const env = { GITHUB_WORKSPACE: repository, GITHUB_REPOSITORY: 'example/images', GITHUB_RUN_ID: '42' };
    const result = await publish('branch:image-catalog', image, { url: '' }, env);
    expect(annotations(result)).toBe('');
    expect(result.outputs.checkpoint).toMatch(/^github\.com\/example\/images\n2\n/);
    const git = (...args: string[]) => execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
    expect(git('show', 'image-catalog:versions/debian-13/20261103.json')).toContain('"state": "available"');
    expect(git('show', 'image-catalog:log/tile/entries/000.p/2')).toContain(
      'https://github.com/example/images/actions/runs/42',
    );
    expect(git('ls-tree', '-r', '--name-only', 'image-catalog')).not.toContain('disk.qcow2\n');
    expect(git('show', 'image-catalog-people:people.json')).toContain('alice');
    expect((await lifecycle('verify', 'branch:image-catalog', {}, env)).code).toBe(0);
  }, 240_000);
});

describe('inputs', () => {
  it.each([
    [{ command: 'deprecate', image: 'a', version: '../b' }, 'version is'],
    [{ command: 'deprecate', image: 'a', version: '1', 'deprecate-at': 'tomorrow' }, 'deprecate-at is'],
    [{ command: 'publish', catalog: 'branch:../x' }, 'is not the name of a branch'],
    [{ command: 'explode' }, 'command is'],
  ])('%j is refused', async (inputs, message) => {
    const result = await runBundle('image-lifecycle', {
      catalog: path.join(work, 'none'),
      key: keys,
      ...inputs,
    });
    expect(result.code).toBe(1);
    expect(annotations(result)).toContain(message);
  });

  it('needs both signing keys', async () => {
    const result = await lifecycle('tick', path.join(work, 'none'), { key: logKey });
    expect(annotations(result)).toContain('the OpenPGP key is missing');
    const shown = result.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(shown.join('\n')).not.toContain(logKey.split('\n')[1]);
  });
});
