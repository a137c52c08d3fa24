/**
 * What the benchmark `catalog` measures: `make FOLDER N` makes a catalog of N versions, `publish FOLDER` adds one,
 * `verify FOLDER` replays its log and compares.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type CatalogSigner,
  folderStore,
  noteVerifier,
  updateCatalog,
  verifyCatalog,
} from '@golden-image/catalog';
import { readOpenPgpKey, readPrivateKey } from '@golden-image/evidence';
import { createExec, silentLog, systemClock } from '@golden-image/host';
import { replay } from '../../packages/catalog/src/state/apply.ts';
import { EMPTY_CATALOG } from '../../packages/catalog/src/state/catalog.ts';
import type { AuditEntry } from '../../packages/catalog/src/state/entry.ts';
import { planPublish } from '../../packages/catalog/src/state/plan.ts';
import { approval, origin, publication } from '../../packages/catalog/test/samples.ts';
import { newKey, newOpenPgpKey } from '../../packages/evidence/test/keys.ts';

const [command = '', folder = '', count = '1'] = process.argv.slice(2);
const { signal } = new AbortController();
const ports = { exec: createExec({ signal }), clock: systemClock, log: silentLog, signal };
const keysFile = `${folder}-keys.json`;

/** Images of a hundred versions each. */
const nameOf = (index: number): [string, string] => [`image-${Math.floor(index / 100)}`, `v${index % 100}`];
const request = (image: string, version: string) => ({
  publication: publication(image, version),
  approval: approval(),
  missingAudit: [],
  schedule: {},
  reason: undefined,
});

/** The entries of many publications, made from one each: planning them one after another is another benchmark. */
function entriesOf(versions: number): AuditEntry[] {
  return Array.from({ length: versions }, (_unused, index) =>
    planPublish(EMPTY_CATALOG, request(...nameOf(index)), origin('2026-11-01T00:00:00Z')).entries.map(
      (entry) => ({
        ...entry,
        seq: entry.seq + 2 * index,
      }),
    ),
  ).flat();
}

async function signer(): Promise<CatalogSigner> {
  const { log, openpgp } = JSON.parse(await readFile(keysFile, 'utf8')) as { log: string; openpgp: string };
  const key = readPrivateKey(log);
  return {
    log: { verifier: noteVerifier('example.org/images', key.publicKey.key), privateKey: key.key },
    openpgp: await readOpenPgpKey(openpgp),
  };
}

const store = folderStore(path.resolve(folder), ports);
if (command === 'make') {
  await writeFile(
    keysFile,
    JSON.stringify({ log: newKey('ed25519'), openpgp: (await newOpenPgpKey()).secret }),
  );
  const entries = entriesOf(Number(count));
  const plan = () => ({ catalog: replay(entries), entries, notes: [] });
  await updateCatalog({ store, signer: await signer(), dryRun: false, plan }, ports);
} else if (command === 'publish') {
  const plan = (catalog: typeof EMPTY_CATALOG) =>
    planPublish(catalog, request('image-new', `v${catalog.entries.length}`), {
      ...origin('2026-11-01T00:00:00Z'),
      now: new Date(),
    });
  const { entries } = await updateCatalog({ store, signer: await signer(), dryRun: false, plan }, ports);
  if (entries.length !== 2) {
    throw new Error('nothing was published');
  }
} else {
  const { log, openpgp } = await signer();
  const { problems } = await verifyCatalog(
    await store.snapshot(),
    { log: log.verifier, openpgp: openpgp.publicKey },
    { disks: false, now: new Date() },
  );
  if (problems.length > 0) {
    throw new Error(problems.slice(0, 3).join('; '));
  }
}
