import type { Ports } from '@golden-image/host';
import { UserError } from '@golden-image/host';
import { LOG_FOLDER, logCheckpoint, readLog } from '../log/log-files.ts';
import type { NoteVerifier } from '../log/note.ts';
import { isEarlierPartial } from '../log/tiles.ts';
import { replay } from '../state/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../state/catalog.ts';
import type { AuditEntry } from '../state/entry.ts';
import type { Plan } from '../state/plan.ts';
import type { Content, Snapshot, Store } from '../store/store.ts';
import { imageFolder } from '../streams/streams.ts';
import type { CatalogSigner } from './keys.ts';
import { renderCatalog } from './render.ts';
import { signedFiles } from './signed-files.ts';

/** What came of a command that changes a catalog. */
export interface Outcome {
  readonly catalog: Catalog;
  /** The entries that this run added; none: nothing had to be done. */
  readonly entries: readonly AuditEntry[];
  readonly notes: readonly string[];
  /** The signed checkpoint in force. */
  readonly checkpoint: string;
  /** Generated files that did not say what the log says and were written anew. */
  readonly repaired: readonly string[];
}

export interface UpdateRequest {
  readonly store: Store;
  readonly signer: CatalogSigner;
  /** Called again on the newer catalog when somebody else was faster. */
  readonly plan: (catalog: Catalog) => Promise<Plan> | Plan;
  /** Files that come with the new entries. */
  readonly files?: (plan: Plan) => Promise<ReadonlyMap<string, Content>>;
  readonly dryRun: boolean;
}

/** Attempts of one writer, each on top of what the others wrote; twenty writers at once need far fewer. */
const MAX_ATTEMPTS = 200;

/**
 * Changes a catalog: reads and verifies it, plans, and commits log and catalog together, on top of exactly the state
 * that was read; otherwise again, after a random pause.
 *
 * @throws UserError `log-changed` when the log is not what was signed, `catalog-busy`, and those of the plan
 */
export async function updateCatalog(
  request: UpdateRequest,
  ports: Pick<Ports, 'clock' | 'log' | 'signal'>,
): Promise<Outcome> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const done = await request.store.inTurn(() => attemptUpdate(request, ports));
    if (done) {
      return done;
    }
    const pause = Math.random() * Math.min(2_000, 40 * attempt);
    ports.log.debug(
      `${request.store.name} was changed by another run: trying again in ${Math.round(pause)} ms`,
    );
    await ports.clock.sleep(pause, ports.signal);
  }
  throw new UserError(`${request.store.name} was changed by others ${MAX_ATTEMPTS} times in a row`, {
    code: 'catalog-busy',
    fix: 'Run this again when fewer runs change the catalog.',
  });
}

/** Undefined when somebody else was faster. */
async function attemptUpdate(
  request: UpdateRequest,
  ports: Pick<Ports, 'clock' | 'log'>,
): Promise<Outcome | undefined> {
  const before = await request.store.snapshot();
  const { catalog, note } = await readCatalog(before, request.signer.log.verifier);
  const plan = await request.plan(catalog);
  const unchanged = {
    catalog,
    entries: plan.entries,
    notes: plan.notes,
    checkpoint: note ?? '',
    repaired: [],
  };
  if (plan.entries.length === 0) {
    return unchanged;
  }
  return request.dryRun
    ? { ...unchanged, catalog: plan.catalog }
    : attemptCommit(request, before, catalog, plan, ports);
}

async function attemptCommit(
  request: UpdateRequest,
  before: Snapshot,
  catalog: Catalog,
  plan: Plan,
  ports: Pick<Ports, 'clock' | 'log'>,
): Promise<Outcome | undefined> {
  const { signer, store } = request;
  const origin = signer.log.verifier.name;
  const rendered = renderCatalog(plan.catalog, origin);
  const now = ports.clock.now();
  const checkpoint = logCheckpoint(plan.catalog.entries, signer.log);
  const files = new Map<string, Content>([
    ...rendered,
    ...(await signedFiles(rendered, before, signer, now)),
    [`${LOG_FOLDER}/checkpoint`, Buffer.from(checkpoint)],
    ...((await request.files?.(plan)) ?? []),
  ]);
  const repaired = await foreignChanges(before, renderCatalog(catalog, origin));
  const write = new Map<string, Content>();
  for (const [path, content] of files) {
    if ('file' in content || !(await before.matches(path, content))) {
      write.set(path, content);
    }
  }
  const remove = await outdated(before, plan.catalog);
  const [first] = plan.entries;
  const more = plan.entries.length > 1 ? ` and ${plan.entries.length - 1} more` : '';
  const message = `${first?.type} ${first?.image} ${first?.version}${more}`;
  const done = await store.commit(before.revision, { write, remove, message });
  if (repaired.length > 0 && done) {
    ports.log.warning(
      `Written anew from the log, because they did not say what it says: ${repaired.join(', ')}`,
    );
  }
  return done
    ? { catalog: plan.catalog, entries: plan.entries, notes: plan.notes, checkpoint, repaired }
    : undefined;
}

/** Generated files of the state before that somebody else changed or removed. */
async function foreignChanges(
  before: Snapshot,
  expected: ReadonlyMap<string, Buffer>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [path, data] of before.revision ? expected : []) {
    if (!(await before.matches(path, data))) {
      found.push(path);
    }
  }
  return found.sort();
}

/** Partial tiles whose full ones are there, and files of versions that these have no longer. */
async function outdated(before: Snapshot, catalog: Catalog): Promise<readonly string[]> {
  const size = catalog.entries.length;
  const folders = new Map([...catalog.versions.values()].map((record) => [imageFolder(record), record]));
  const isForeign = (path: string): boolean => {
    const [, folder = '', name = ''] = /^(images\/[^/]+\/[^/]+)\/(.+)$/.exec(path) ?? [];
    const record = folders.get(folder);
    const own = record ? [record.disk.file, ...record.attachments.map((file) => file.name)] : [];
    return record !== undefined && (record.state === 'deleted' || !own.includes(name));
  };
  return (await before.list()).filter(
    (path) =>
      isForeign(path) ||
      (path.startsWith(`${LOG_FOLDER}/`) && isReplaced(path.slice(LOG_FOLDER.length + 1), size)),
  );
}

/** A partial tile may go when the full one is there: 256 hashes of its level. */
function isReplaced(path: string, size: number): boolean {
  const full = path.replace(/\.p\/\d+$/, '.p/255');
  return full !== path && isEarlierPartial(full, size);
}

/** The catalog of a snapshot, from its log, verified with the key that signs it. */
export async function readCatalog(
  snapshot: Snapshot,
  log: NoteVerifier,
): Promise<{ readonly catalog: Catalog; readonly note: string | undefined }> {
  if (snapshot.revision === undefined || !(await snapshot.read(`${LOG_FOLDER}/checkpoint`))) {
    const found = await snapshot.list();
    if (found.some((path) => path.startsWith('versions/') || path.startsWith(`${LOG_FOLDER}/`))) {
      throw new UserError('The catalog has images and no checkpoint of its audit log', {
        code: 'log-changed',
        fix: 'Do not publish on top of it: bring back the last good state from a copy or the history of its branch.',
      });
    }
    return { catalog: EMPTY_CATALOG, note: undefined };
  }
  const { entries, note } = await readLog((path) => snapshot.read(path), log);
  return { catalog: replay(entries), note };
}
