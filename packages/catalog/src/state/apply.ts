import { type Catalog, versionKey } from './catalog.ts';
import { type AuditEntry, auditEntry } from './entry.ts';
import { checkEntry, notThere, refusal } from './guards.ts';
import type { VersionRecord } from './record.ts';
import { TRANSITIONS } from './states.ts';

/**
 * The catalog after one more entry of the log. The only way in which a catalog changes.
 *
 * @throws UserError `invalid-entry`, and those of `checkEntry`
 */
export function applyEntry(catalog: Catalog, entry: AuditEntry): Catalog {
  const key = versionKey(entry);
  const record = catalog.versions.get(key);
  checkForm(catalog, entry, record);
  checkEntry(catalog, entry, record);
  const next = record ? changed(record, entry) : registered(entry);
  return {
    versions: new Map(catalog.versions).set(key, next),
    entries: [...catalog.entries, entry],
  };
}

/** The catalog that a log leads to. */
export function replay(entries: readonly AuditEntry[]): Catalog {
  const catalog = { versions: new Map<string, VersionRecord>(), entries: [] as AuditEntry[] };
  for (const entry of entries) {
    const key = versionKey(entry);
    const record = catalog.versions.get(key);
    checkForm(catalog, entry, record);
    checkEntry(catalog, entry, record);
    catalog.versions.set(key, record ? changed(record, entry) : registered(entry));
    catalog.entries.push(entry);
  }
  return catalog;
}

function checkForm(catalog: Catalog, entry: AuditEntry, record: VersionRecord | undefined): void {
  const parsed = auditEntry.safeParse(entry);
  const wrong = (what: string): Error =>
    refusal(
      `Entry ${entry.seq} of the audit log cannot follow: ${what}`,
      'invalid-entry',
      'The log was made by something else, or changed: compare it with a copy.',
    );
  if (!parsed.success) {
    throw wrong(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  }
  if (entry.seq !== catalog.entries.length) {
    throw wrong(`its number is not ${catalog.entries.length}`);
  }
  const last = catalog.entries.at(-1);
  if (last && entry.time < last.time) {
    throw wrong(`its time ${entry.time} is before that of the entry before it, ${last.time}`);
  }
  if (entry.from !== (record?.state ?? null)) {
    throw wrong(`it starts from ${entry.from}, and the version is ${record?.state ?? 'not there'}`);
  }
  const { to } = TRANSITIONS[entry.type];
  if (entry.to !== (to === 'same' ? entry.from : to)) {
    throw wrong(`${entry.type} does not lead to ${entry.to}`);
  }
  const { publication } = entry;
  const carries = publication !== undefined;
  if (entry.type === 'register' ? !carries : carries && entry.type !== 'publish') {
    throw wrong(
      'what is published must stand in the entry that registers it, and nowhere but there or where it is published',
    );
  }
  if ((entry.type === 'check') !== (entry.freshness !== undefined)) {
    throw wrong('the result of a check must stand in its entry, and only there');
  }
  const disk = record?.disk.sha256 ?? publication?.disk.sha256;
  if (entry.digest !== disk || (publication && publication.disk.sha256 !== disk)) {
    throw wrong(`it is about sha256:${entry.digest}, and the version is sha256:${disk}`);
  }
  if (publication && record && publication.owner !== record.owner) {
    throw wrong('a draft keeps its owner');
  }
  if (publication && versionKey(publication) !== versionKey(entry)) {
    throw wrong(`it registers ${versionKey(publication)} under another name`);
  }
}

function registered(entry: AuditEntry): VersionRecord {
  if (!entry.publication) {
    throw notThere(versionKey(entry));
  }
  return {
    schemaVersion: 1,
    ...entry.publication,
    state: 'draft',
    stateSince: entry.time,
    schedule: {},
    evidence: entry.evidence,
    ...(entry.policyDigest ? { policyDigest: entry.policyDigest } : {}),
    ...(entry.reason ? { reason: entry.reason } : {}),
  };
}

function changed(record: VersionRecord, entry: AuditEntry): VersionRecord {
  const moved = entry.to !== record.state;
  const first = entry.type === 'publish' && record.publishedAt === undefined;
  const { successor: oldSuccessor, reason: oldReason, ...rest } = record;
  const forgets = entry.type === 'restore' || entry.type === 'publish';
  const successor = entry.successor ?? (forgets ? undefined : oldSuccessor);
  const reason = entry.reason ?? (moved ? undefined : oldReason);
  const approves = entry.type === 'publish' || entry.type === 'restore';
  return {
    ...rest,
    // A draft that is published brings the evidence that it lacked before.
    ...entry.publication,
    state: entry.to,
    stateSince: moved ? entry.time : record.stateSince,
    ...(first ? { publishedAt: entry.time, publishedIndex: entry.seq } : {}),
    schedule: entry.schedule ?? (entry.type === 'restore' ? {} : record.schedule),
    ...(successor ? { successor } : {}),
    ...(reason ? { reason } : {}),
    ...(approves && entry.policyDigest ? { policyDigest: entry.policyDigest } : {}),
    evidence: approves ? entry.evidence : record.evidence,
    ...(entry.freshness ? { freshness: entry.freshness } : {}),
  };
}
