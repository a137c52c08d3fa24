/** Catalogs in folders and on branches: real locks, real git, real signatures. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOpenPgpKey } from '@golden-image/evidence';
import { createExec } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newOpenPgpKey } from '../../../evidence/test/keys.ts';
import { approval, logSigner, origin, publication, retire, sha256 } from '../../test/samples.ts';
import { planPublish, planRestore } from '../state/plan.ts';
import { folderStore } from '../store/folder-store.ts';
import { gitStore } from '../store/git-store.ts';
import type { Content, Store } from '../store/store.ts';
import { signedText } from '../streams/streams.ts';
import type { CatalogSigner } from './keys.ts';
import { holds } from './signed-files.ts';
import { updateCatalog } from './update.ts';
import { verifyCatalog } from './verify.ts';

const ports = testPorts();
const exec = createExec({});
const author = { name: 'catalog', email: 'catalog@example.org' };
const SBOM = Buffer.from('{"packages":[]}\n');
let work: string;
let signer: CatalogSigner;
let count = 0;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'catalog-'));
  signer = { log: logSigner(), openpgp: await readOpenPgpKey((await newOpenPgpKey()).secret) };
});
afterAll(() => rm(work, { recursive: true, force: true }));

const place = (): string => path.join(work, `catalog-${++count}`);
function branch(): Store {
  const repository = `${place()}.git`;
  execFileSync('git', ['init', '--quiet', '--bare', repository]);
  return gitStore(repository, 'image-catalog', author, { exec });
}
const keys = () => ({ log: signer.log.verifier, openpgp: signer.openpgp.publicKey });
const verify = async (store: Store) =>
  verifyCatalog(await store.snapshot(), keys(), { disks: store.holdsDisks, now: new Date() });

/** Publishes one version with an SBOM and, in a folder, a disk. */
async function publish(store: Store, image: string, version: string, now: Date = new Date()) {
  const disk = `disk of ${image} ${version}\n`;
  const facts = publication(image, version, {
    disk: { file: 'disk.qcow2', format: 'qcow2', size: disk.length, virtualSize: 1024, sha256: sha256(disk) },
    attachments: [{ name: 'sbom.spdx.json', size: SBOM.length, sha256: sha256(SBOM) }],
  });
  const request = {
    publication: facts,
    approval: approval(),
    missingAudit: [],
    schedule: {},
    reason: undefined,
  };
  const staged = await store.stage?.('disk.qcow2');
  if (staged) {
    await writeFile(staged, disk);
  }
  const files = new Map<string, Content>([[`images/${image}/${version}/sbom.spdx.json`, SBOM]]);
  if (staged) {
    files.set(`images/${image}/${version}/disk.qcow2`, { file: staged });
  }
  return updateCatalog(
    {
      store,
      signer,
      dryRun: false,
      plan: (catalog) => planPublish(catalog, request, { ...origin('2026-11-01T00:00:00Z'), now }),
      files: async () => files,
    },
    ports,
  );
}

describe.each([
  ['a folder', () => folderStore(place(), { exec })],
  ['a branch', branch],
])('%s', (_name, make) => {
  it('holds a catalog that its log leads to, byte for byte', async () => {
    const store = make();
    await publish(store, 'debian-13', '20261101');
    await publish(store, 'debian-13', '20261102');
    const { problems, files, catalog } = await verify(store);
    expect(problems).toEqual([]);
    expect(files).toBeGreaterThan(15);
    expect(catalog.entries).toHaveLength(4);
  });

  it('loses nothing when twenty writers come at once', async () => {
    const store = make();
    const names = Array.from({ length: 20 }, (_, index) => `image-${index}`);
    await Promise.all(names.map((name) => publish(store, name, '1')));
    const { problems, catalog } = await verify(store);
    expect(problems).toEqual([]);
    expect([...catalog.versions.keys()].sort()).toEqual(names.map((name) => `${name}/1`).sort());
    expect(catalog.entries).toHaveLength(40);
  });

  it('lets one of two transitions through that together would empty a family', async () => {
    const store = make();
    await publish(store, 'a', '1');
    await publish(store, 'a', '2');
    const deprecate = (version: string) =>
      updateCatalog(
        {
          store,
          signer,
          dryRun: false,
          plan: (catalog) => retire(catalog, { image: 'a', version }, 'deprecated', new Date().toISOString()),
        },
        ports,
      );
    const results = await Promise.allSettled([deprecate('1'), deprecate('2')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(String(results.find((result) => result.status === 'rejected')?.reason)).toContain(
      'last available image',
    );
    expect((await verify(store)).problems).toEqual([]);
  });

  it('is not changed by a dry run, nor when there is nothing to do', async () => {
    const store = make();
    const none = await store.snapshot();
    expect(none.revision).toBeUndefined();
    await publish(store, 'a', '1');
    const { revision } = await store.snapshot();
    const plan = {
      store,
      signer,
      plan: (catalog: Parameters<typeof retire>[0]) =>
        retire(catalog, { image: 'a', version: '1' }, 'revoked', new Date().toISOString()),
    };
    const dry = await updateCatalog({ ...plan, dryRun: true }, ports);
    expect(dry.entries.map(({ to }) => to)).toEqual(['revoked']);
    await publish(store, 'a', '1');
    expect((await store.snapshot()).revision).toBe(revision);
  });

  it('starts again on top of what somebody else wrote in between', async () => {
    const store = make();
    await publish(store, 'a', '1');
    let plans = 0;
    const outcome = await updateCatalog(
      {
        // Without the courtesy of this machine's writers, as a writer elsewhere.
        store: { ...store, inTurn: (body) => body() },
        signer,
        dryRun: false,
        plan: async (catalog) => {
          plans += 1;
          if (plans === 1) {
            await publish({ ...store, inTurn: (body) => body() }, 'a', '2');
          }
          return retire(
            catalog,
            { image: 'a', version: '1' },
            plans === 1 ? 'revoked' : 'deprecated',
            new Date().toISOString(),
          );
        },
      },
      ports,
    );
    expect(plans).toBe(2);
    expect(outcome.entries.map(({ seq, to }) => [seq, to])).toEqual([[4, 'deprecated']]);
    expect((await verify(store)).problems).toEqual([]);
  });

  it('keeps full tiles and what clients of earlier checkpoints ask for', async () => {
    const store = make();
    await publish(store, 'a', '1');
    const flip = (index: number) =>
      updateCatalog(
        {
          store,
          signer,
          dryRun: false,
          plan: (catalog) =>
            catalog.versions.get('a/1')?.state === 'available'
              ? retire(catalog, { image: 'a', version: '1' }, 'deprecated', new Date().toISOString(), {
                  retiresFamily: true,
                })
              : planRestore(
                  catalog,
                  { image: 'a', version: '1' },
                  approval(new Date(Date.now() + 1000).toISOString()),
                  `again ${index}`,
                  { ...origin('2026-11-01T00:00:00Z'), now: new Date() },
                ),
        },
        ports,
      );
    for (let index = 0; index < 3; index += 1) {
      await flip(index);
    }
    const { problems } = await verify(store);
    expect(problems).toEqual([]);
    const partials = (await (await store.snapshot()).list()).filter((name) => name.startsWith('log/tile/0/'));
    expect(partials).toEqual(['2', '3', '4', '5'].map((width) => `log/tile/0/000.p/${width}`));
  });
});

describe('tampering', () => {
  let good: string;
  beforeAll(async () => {
    good = place();
    const store = folderStore(good, { exec });
    await publish(store, 'debian-13', '1');
    await publish(store, 'debian-13', '2');
  });

  it('with any byte of any file is found', async () => {
    const store = folderStore(good, { exec });
    const names = await (await store.snapshot()).list();
    let flips = 0;
    for (const name of names) {
      const file = path.join(good, name);
      const data = await readFile(file);
      // Bytes all over the file, its first and its last among them.
      const step = Math.max(1, Math.floor(data.length / 3));
      for (let at = 0; at < data.length; at += step) {
        const changed = Buffer.from(data);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await writeFile(file, changed);
        flips += 1;
        const { problems } = await verify(store);
        if (problems.length === 0) {
          throw new Error(`a change of byte ${at} of ${name} was not found`);
        }
      }
      await writeFile(file, data);
    }
    expect(flips).toBeGreaterThan(names.length * 2);
    expect((await verify(store)).problems).toEqual([]);
  });

  it('with any letter of a signature is found, and by text around what is signed', async () => {
    const store = folderStore(good, { exec });
    const name = (await (await store.snapshot()).list()).find((path) => /download\.sjson$/.test(path)) ?? '';
    const signed = await readFile(path.join(good, name));
    const expected = signedText(await readFile(path.join(good, name.replace('.sjson', '.json')), 'utf8'));
    const accepts = (text: string): Promise<boolean> =>
      holds(signer.openpgp.publicKey, text, expected, new Date());
    expect(await accepts(signed.toString('utf8'))).toBe(true);
    const accepted: string[] = [];
    for (let at = signed.indexOf('-----BEGIN PGP SIGNATURE'); at < signed.length; at += 1) {
      // Neighbouring letters of base64, and the other case.
      for (const bit of [1, 2, 32]) {
        const changed = Buffer.from(signed);
        changed[at] = (changed[at] ?? 0) ^ bit;
        if (await accepts(changed.toString('utf8'))) {
          accepted.push(`bit ${bit} of byte ${at}`);
        }
      }
    }
    expect(accepted).toEqual([]);
    const text = signed.toString('utf8');
    for (const around of [`before\n${text}`, `${text}after\n`, `${text}\n`, text.replaceAll('\n', '\r\n')]) {
      expect(await accepts(around)).toBe(false);
    }
  });

  it('by removing or adding a file is found', async () => {
    const store = folderStore(good, { exec });
    const names = await (await store.snapshot()).list();
    // Partial tiles of earlier sizes may go at any time: nobody can know which are missing.
    for (const name of names.filter((entry) => !/\.p\/[0-3]$/.test(entry))) {
      const file = path.join(good, name);
      await rename(file, `${work}/aside`);
      expect((await verify(store)).problems.length).toBeGreaterThan(0);
      await rename(`${work}/aside`, file);
    }
    await writeFile(path.join(good, 'images/debian-13/1/extra'), 'x');
    expect((await verify(store)).problems).toEqual(['images/debian-13/1/extra is not part of the catalog']);
    await rm(path.join(good, 'images/debian-13/1/extra'));
  });

  it('with the log stops every further change', async () => {
    const folder = place();
    await cp(good, folder, { recursive: true });
    const file = path.join(folder, 'log/tile/entries/000.p/4');
    const text = (await readFile(file, 'latin1')).replace('actor-00000000000000aa', 'actor-00000000000000ab');
    await writeFile(file, text, 'latin1');
    const store = folderStore(folder, { exec });
    await expect(publish(store, 'debian-13', '3')).rejects.toThrow(/audit log was changed/);
    await rm(path.join(folder, 'log'), { recursive: true });
    await expect(publish(store, 'debian-13', '3')).rejects.toThrow(/no checkpoint/);
  });

  it('with generated files is put right by the next change, which says so', async () => {
    const folder = place();
    await cp(good, folder, { recursive: true });
    await writeFile(path.join(folder, 'status/debian-13.json'), '{}');
    await writeFile(path.join(folder, 'images/debian-13/1/extra'), 'x');
    const store = folderStore(folder, { exec });
    const { repaired } = await publish(store, 'debian-13', '3');
    expect(repaired).toEqual(['status/debian-13.json']);
    expect((await verify(store)).problems).toEqual([]);
  });
});

describe('a crash between the steps', () => {
  it('before the journal is complete changes nothing; after it, the next run finishes the change', async () => {
    const folder = place();
    const store = folderStore(folder, { exec });
    await publish(store, 'a', '1');
    const before = await readFile(path.join(folder, 'log/checkpoint'), 'utf8');
    const other = place();
    await cp(folder, other, { recursive: true });
    await publish(folderStore(other, { exec }), 'a', '2');
    // What a writer leaves that died while it moved files: a journal, half of it moved.
    const after = await (await folderStore(other, { exec }).snapshot()).list();
    const journal = path.join(work, `.${path.basename(folder)}.journal`);
    const preparing = `${journal}.preparing`;
    await mkdir(preparing, { recursive: true });
    const plan: { write: { path: string; staged: string }[]; remove: string[] } = { write: [], remove: [] };
    for (const [index, name] of after.entries()) {
      await cp(path.join(other, name), path.join(preparing, String(index)));
      plan.write.push({ path: name, staged: String(index) });
    }
    expect((await verify(store)).problems).toEqual([]);
    expect(await readFile(path.join(folder, 'log/checkpoint'), 'utf8')).toBe(before);
    await writeFile(path.join(preparing, 'plan.json'), JSON.stringify(plan));
    await rename(preparing, journal);
    for (const { path: name, staged } of plan.write.slice(0, 5)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await rename(path.join(journal, staged), path.join(folder, name));
    }
    const { problems, catalog } = await verify(store);
    expect(problems).toEqual([]);
    expect(catalog.versions.get('a/2')?.state).toBe('available');
    expect((await readdir(work)).filter((name) => name.startsWith(`.${path.basename(folder)}.j`))).toEqual(
      [],
    );
  });

  it('of another writer is finished before one commits on top of what it read', async () => {
    const folder = place();
    const store = folderStore(folder, { exec });
    const change = (text: string) => ({
      write: new Map<string, Content>([['log/checkpoint', Buffer.from(text)]]),
      remove: [],
      message: text,
    });
    expect(await store.commit(undefined, change('first'))).toBe(true);
    const { revision } = await store.snapshot();
    const journal = path.join(work, `.${path.basename(folder)}.journal`);
    await mkdir(journal);
    await writeFile(path.join(journal, '0'), 'second');
    const plan = { write: [{ path: 'log/checkpoint', staged: '0' }], remove: [] };
    await writeFile(path.join(journal, 'plan.json'), JSON.stringify(plan));
    expect(await store.commit(revision, change('third'))).toBe(false);
    expect(await readFile(path.join(folder, 'log/checkpoint'), 'utf8')).toBe('second');
  });

  it('leaves the old checkpoint until everything else is in its place', async () => {
    const folder = place();
    const store = folderStore(folder, { exec });
    const checkpoint = path.join(folder, 'log/checkpoint');
    const write = (text: string, more: readonly (readonly [string, Content])[] = []) => ({
      write: new Map<string, Content>([['log/checkpoint', Buffer.from(text)], ...more]),
      remove: [],
      message: text,
    });
    await store.commit(undefined, write('old'));
    const { revision } = await store.snapshot();
    await mkdir(path.join(folder, 'taken/by'), { recursive: true });
    const change = write('new', [['taken', Buffer.from('x')]]);
    await expect(store.commit(revision, change)).rejects.toThrow();
    expect(await readFile(checkpoint, 'utf8')).toBe('old');
    await rm(path.join(folder, 'taken'), { recursive: true });
    await store.snapshot();
    expect(await readFile(checkpoint, 'utf8')).toBe('new');
  });
});
