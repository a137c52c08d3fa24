/** Image folders on their way into a catalog: what of their evidence is believed, and what is refused. */
import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  keySigner,
  readOpenPgpKey,
  readPrivateKey,
  type Signer,
  signStatementBundle,
  stableJson,
} from '@golden-image/evidence';
import { createExec } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../../../evidence/test/keys.ts';
import { type SampleOptions, writeSample } from '../../../evidence/test/sample-folder.ts';
import { verificationSummary } from '../../../policy/src/release/vsa.ts';
import { logSigner, OTHER, OWNER, sha256 } from '../../test/samples.ts';
import { folderStore } from '../store/folder-store.ts';
import type { CatalogSigner } from './keys.ts';
import { type PublishImageRequest, publishImage } from './publish-image.ts';
import { verifyCatalog } from './verify.ts';

const ports = testPorts();
const gate = keySigner(readPrivateKey(newKey('ec-p256')), ports);
const stranger = keySigner(readPrivateKey(newKey('ec-p256')), ports);
let work: string;
let signer: CatalogSigner;
let count = 0;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'publish-'));
  signer = { log: logSigner(), openpgp: await readOpenPgpKey((await newOpenPgpKey()).secret) };
});
afterAll(() => rm(work, { recursive: true, force: true }));

interface Approved {
  readonly folder: string;
  readonly summary: string;
}

/** An image folder with its statements signed, and an approval that rests on those in `approves`. */
async function approved(
  options: SampleOptions = {},
  how: { approves?: readonly string[]; by?: Signer } = {},
): Promise<Approved> {
  const folder = path.join(work, `image-${++count}`);
  const { statements, sha256: disk } = await writeSample(folder, options);
  const approves = how.approves ?? Object.keys(statements);
  const inputs: { uri: string; sha256: string }[] = [];
  await mkdir(path.join(folder, 'signatures'));
  for (const [name, statement] of Object.entries(statements)) {
    const bundle = await signStatementBundle(how.by ?? gate, Buffer.from(stableJson(statement)));
    const file = `signatures/${name}.intoto.sigstore.json`;
    await writeFile(path.join(folder, file), bundle);
    if (approves.includes(name)) {
      inputs.push({ uri: file, sha256: sha256(bundle) });
    }
  }
  const summary = verificationSummary({
    disk: { name: 'disk.qcow2', sha256: disk },
    resourceUri: 'pkg:generic/debian-13@20261124',
    policy: { uri: '.image-policy.yml', sha256: sha256('policy') },
    inputs,
    timeVerified: new Date().toISOString(),
    hasProvenance: true,
  });
  return { folder, summary: await signStatementBundle(gate, Buffer.from(stableJson(summary))) };
}

const newCatalog = (): string => path.join(work, `place-${++count}`, 'catalog');

function publish(catalog: string, image: Approved, change: Partial<PublishImageRequest> = {}) {
  const request: PublishImageRequest = {
    store: folderStore(catalog, { exec: createExec({}) }),
    signer,
    folder: image.folder,
    summary: image.summary,
    keys: [gate.publicKey],
    class: undefined,
    family: undefined,
    schedule: {},
    reason: undefined,
    actor: OWNER,
    run: 'local',
    dryRun: false,
    ...change,
  };
  return publishImage(request, ports);
}

const recordOf = async (catalog: string) =>
  JSON.parse(await readFile(path.join(catalog, 'versions/debian-13/20261124.json'), 'utf8'));
const problemsOf = async (catalog: string) =>
  (
    await verifyCatalog(
      await folderStore(catalog, { exec: createExec({}) }).snapshot(),
      { log: signer.log.verifier, openpgp: signer.openpgp.publicKey },
      { disks: true, now: new Date() },
    )
  ).problems;

describe('what is believed of an image', () => {
  it('is what signed statements say that its approval rests on', async () => {
    const catalog = newCatalog();
    await publish(catalog, await approved());
    expect(await recordOf(catalog)).toMatchObject({
      state: 'available',
      score: 97.3,
      cases: { passed: 2, warned: 0, failed: 0, skipped: 1, notRun: 2 },
    });
    expect(await problemsOf(catalog)).toEqual([]);
  });

  it.each<[string, () => Promise<Approved>]>([
    ['statements that the approval does not rest on', () => approved({}, { approves: ['20-build'] })],
    ['statements that somebody else signed', () => approved({}, { by: stranger })],
    [
      'statements about another disk',
      () =>
        approved({
          change: (_name, statement) => ({
            ...statement,
            subject: [{ name: 'disk.qcow2', digest: { sha256: 'e'.repeat(64) } }],
          }),
        }),
    ],
    [
      'statements about this disk and another',
      () =>
        approved({
          change: (_name, statement) => ({
            ...statement,
            subject: [...statement.subject, { name: 'other', digest: { sha256: 'e'.repeat(64) } }],
          }),
        }),
    ],
  ])('is nothing of %s', async (_name, make) => {
    const catalog = newCatalog();
    await publish(catalog, await make());
    const record = await recordOf(catalog);
    expect(record.state).toBe('available');
    expect([record.score, record.cases]).toEqual([undefined, undefined]);
  });
});

describe('a third party’s image', () => {
  it('stays a draft until both of the platform’s audits have passed, whoever brings them', async () => {
    const catalog = newCatalog();
    const bare = await approved({ class: 'catalog', without: ['30-harden', '40-fvt'] });
    const first = await publish(catalog, bare);
    expect(first.notes).toEqual([
      expect.stringContaining('harden result about exactly this disk is missing'),
      expect.stringContaining('run-fvt result about exactly this disk is missing'),
    ]);
    expect((await recordOf(catalog)).state).toBe('draft');

    const half = await approved({ class: 'catalog', without: ['40-fvt'] });
    expect((await publish(catalog, half)).notes).toEqual([expect.stringContaining('run-fvt')]);
    const failed = await approved({ class: 'catalog', failedTests: ['check_ssh'] });
    expect((await publish(catalog, failed)).notes).toEqual([expect.stringContaining('run-fvt')]);
    const unapproved = await approved({ class: 'catalog' }, { approves: ['30-harden'] });
    expect((await publish(catalog, unapproved)).notes).toEqual([expect.stringContaining('run-fvt')]);
    expect((await recordOf(catalog)).state).toBe('draft');

    const whole = await approved({ class: 'catalog' });
    const last = await publish(catalog, whole, { actor: OTHER });
    expect(last.entries.map(({ type, to }) => [type, to])).toEqual([['publish', 'available']]);
    // The draft's owner stays, and what was lacking is there now.
    expect(await recordOf(catalog)).toMatchObject({ state: 'available', owner: OWNER, score: 97.3 });
    expect(await problemsOf(catalog)).toEqual([]);
  });
});

describe('publishing', () => {
  it('is refused for another class than the image has', async () => {
    const image = await approved({ class: 'custom' });
    await expect(publish(newCatalog(), image, { class: 'stock' })).rejects.toThrow(
      expect.objectContaining({ code: 'class-mismatch' }),
    );
  });

  it('is refused when the disk is not what was approved, and leaves nothing behind', async () => {
    const catalog = newCatalog();
    const image = await approved();
    await writeFile(path.join(image.folder, 'disk.qcow2'), 'the hardened dish\n');
    for (const dryRun of [false, true]) {
      await expect(publish(catalog, image, { dryRun })).rejects.toThrow(
        expect.objectContaining({ code: 'disk-changed' }),
      );
    }
    const left = await readdir(path.dirname(catalog)).catch(() => []);
    expect(left.filter((name) => !name.startsWith('.catalog.'))).toEqual([]);
  });

  it('as a dry run tells what would be, and writes nothing at all', async () => {
    const catalog = newCatalog();
    const outcome = await publish(catalog, await approved(), { dryRun: true });
    expect(outcome.entries.map(({ to }) => to)).toEqual(['draft', 'available']);
    expect(outcome.checkpoint).toBe('');
    const left = await readdir(path.dirname(catalog)).catch(() => []);
    expect(left.filter((name) => !name.endsWith('.lock') && !name.endsWith('.writers'))).toEqual([]);
  });

  it('takes SBOMs, signatures and the approval along, and no link, hidden or unknown file', async () => {
    const catalog = newCatalog();
    const image = await approved();
    const put = (name: string): string => path.join(image.folder, name);
    await symlink('/etc/shadow', put('signatures/shadow'));
    await writeFile(put('signatures/.hidden'), 'x');
    await writeFile(put('notes.txt'), 'x');
    await link(put('sbom.spdx.json'), put('sbom.cdx.json'));
    await publish(catalog, image);
    const { attachments } = (await recordOf(catalog)) as { attachments: { name: string; sha256: string }[] };
    expect(attachments.map(({ name }) => name)).toEqual([
      'sbom.cdx.json',
      'sbom.spdx.json',
      ...['10-media', '20-build', '30-harden', '40-fvt'].map(
        (name) => `signatures/${name}.intoto.sigstore.json`,
      ),
      'vsa.intoto.sigstore.json',
    ]);
    for (const { name, sha256: digest } of attachments) {
      const data = await readFile(path.join(catalog, 'images/debian-13/20261124', name));
      expect(createHash('sha256').update(data).digest('hex')).toBe(digest);
    }
  });

  it('refuses what is too large to be a signature', async () => {
    const image = await approved();
    const handle = await open(path.join(image.folder, 'signatures/huge'), 'w');
    await handle.truncate(64 * 1024 * 1024 + 1);
    await handle.close();
    await expect(publish(newCatalog(), image)).rejects.toThrow(
      expect.objectContaining({ code: 'file-too-large' }),
    );
  });
});
