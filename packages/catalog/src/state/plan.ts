import type { Approval } from '@golden-image/policy';
import { applyEntry } from './apply.ts';
import { type Catalog, versionKey } from './catalog.ts';
import { effectiveStates } from './effective.ts';
import type { AuditEntry } from './entry.ts';
import { notThere, refusal } from './guards.ts';
import type { Freshness, Publication, Schedule, VersionRecord, VersionReference } from './record.ts';
import { type EventType, type State, TRANSITIONS } from './states.ts';

/** Who does something, when, in which run. */
export interface Origin {
  readonly actor: string;
  readonly run: string;
  readonly now: Date;
}

/** New entries, and the catalog after them. No entries: everything is as asked for already. */
export interface Plan {
  readonly entries: readonly AuditEntry[];
  readonly catalog: Catalog;
  /** For people: what was not done, and why. */
  readonly notes: readonly string[];
}

/** How far clocks of machines may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;

/**
 * The time of new entries: whole seconds, never before the last entry. A clock that is a little behind takes the last
 * entry's time.
 *
 * @throws UserError `clock-behind` when the difference is more than clocks may differ
 */
export function entryTime(catalog: Catalog, now: Date): string {
  const last = catalog.entries.at(-1)?.time;
  if (last !== undefined && now.getTime() < Date.parse(last)) {
    if (Date.parse(last) - now.getTime() > CLOCK_TOLERANCE) {
      throw refusal(
        `The clock of this machine says ${wholeSeconds(now)}, and the catalog was changed at ${last}, which is later`,
        'clock-behind',
        'Set the clock of this machine. If the one that wrote the last entry was ahead, wait until that time.',
      );
    }
    return last;
  }
  return wholeSeconds(now);
}

/** `2026-11-24T17:00:00Z`. */
export function wholeSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** Appends one entry to a plan. */
export function addEntry(
  plan: Plan,
  type: EventType,
  of: VersionReference & { readonly digest: string },
  origin: Origin,
  more: Partial<AuditEntry> = {},
): Plan {
  const from = plan.catalog.versions.get(versionKey(of))?.state ?? null;
  const { to } = TRANSITIONS[type];
  const entry: AuditEntry = {
    seq: plan.catalog.entries.length,
    time: entryTime(plan.catalog, origin.now),
    type,
    image: of.image,
    version: of.version,
    digest: of.digest,
    from,
    to: to === 'same' ? (from ?? 'draft') : to,
    actor: origin.actor,
    run: origin.run,
    evidence: [],
    ...more,
  };
  return {
    catalog: applyEntry(plan.catalog, entry),
    entries: [...plan.entries, entry],
    notes: plan.notes,
  };
}

export function emptyPlan(catalog: Catalog, notes: readonly string[] = []): Plan {
  return { catalog, entries: [], notes };
}

export interface PublishRequest {
  readonly publication: Publication;
  readonly approval: Approval;
  /** What a third party's image still lacks before it may become available; empty for others. */
  readonly missingAudit: readonly string[];
  readonly schedule: Schedule;
  readonly reason: string | undefined;
}

/** Brings a version into the catalog: as a draft, and on to available where nothing is missing. */
export function planPublish(catalog: Catalog, request: PublishRequest, origin: Origin): Plan {
  const { publication, approval } = request;
  const of = { ...publication, digest: publication.disk.sha256 };
  const known = catalog.versions.get(versionKey(of));
  const more = {
    policyDigest: approval.policyDigest,
    evidence: [...approval.evidence],
    ...(request.reason ? { reason: request.reason } : {}),
  };
  if (known && known.disk.sha256 !== of.digest) {
    throw refusal(
      `${versionKey(of)} is in the catalog with another disk (sha256:${known.disk.sha256})`,
      'already-there',
      'Published versions never change: give the new image a new version.',
    );
  }
  if (known && known.state !== 'draft') {
    if (known.state === 'available') {
      return emptyPlan(catalog, [`${versionKey(of)} is available already`]);
    }
    throw refusal(
      `${versionKey(of)} is ${known.state} and cannot be published again`,
      'transition-refused',
      known.state === 'deprecated' ? 'Use command: restore.' : 'Publish a new version.',
    );
  }
  const draft = known
    ? emptyPlan(catalog)
    : addEntry(emptyPlan(catalog), 'register', of, origin, { ...more, publication });
  if (request.missingAudit.length > 0) {
    return { ...draft, notes: request.missingAudit };
  }
  const { schedule } = request;
  return addEntry(draft, 'publish', of, origin, {
    ...more,
    ...(known ? { publication } : {}),
    ...(Object.keys(schedule).length > 0 ? { schedule } : {}),
  });
}

export interface RetireRequest {
  readonly of: VersionReference;
  readonly to: 'deprecated' | 'obsolete' | 'revoked';
  /** Dates in the future: the state changes then. */
  readonly schedule: Schedule;
  /** The state changes now. */
  readonly immediately: boolean;
  readonly successor: VersionReference | undefined;
  readonly reason: string | undefined;
  readonly retiresFamily: boolean;
}

const EVENT_OF = { deprecated: 'deprecate', obsolete: 'obsolete', revoked: 'revoke' } as const;

/** Deprecates, obsoletes or revokes a version, now or by dates. Idempotent. */
export function planRetire(catalog: Catalog, request: RetireRequest, origin: Origin): Plan {
  const record = recordOf(catalog, request.of);
  const of = { ...request.of, digest: record.disk.sha256 };
  const schedule = { ...record.schedule, ...request.schedule };
  const more: Partial<AuditEntry> = {
    ...(request.reason ? { reason: request.reason } : {}),
    ...(request.successor ? { successor: request.successor } : {}),
    ...(Object.keys(request.schedule).length > 0 ? { schedule } : {}),
    ...(request.retiresFamily ? { retiresFamily: true } : {}),
  };
  if (request.immediately && record.state !== request.to) {
    return addEntry(emptyPlan(catalog), EVENT_OF[request.to], of, origin, more);
  }
  if (nothingNew(record, more)) {
    return emptyPlan(catalog, [`${versionKey(of)} is ${record.state} as asked for already`]);
  }
  return addEntry(emptyPlan(catalog), 'schedule', of, origin, more);
}

function nothingNew(record: VersionRecord, more: Partial<AuditEntry>): boolean {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return (
    (more.reason === undefined || more.reason === record.reason) &&
    (more.successor === undefined || same(more.successor, record.successor)) &&
    (more.schedule === undefined || same(sorted(more.schedule), sorted(record.schedule)))
  );
}

function sorted(dates: Schedule): readonly unknown[] {
  return [dates.deprecateAt, dates.obsoleteAt, dates.deleteAt, dates.retiresFamily];
}

/** Makes a deprecated version available again, by an approval that is younger than its deprecation. */
export function planRestore(
  catalog: Catalog,
  of: VersionReference,
  approval: Approval,
  reason: string | undefined,
  origin: Origin,
): Plan {
  const record = recordOf(catalog, of);
  if (record.state === 'available') {
    return emptyPlan(catalog, [`${versionKey(of)} is available already`]);
  }
  if (Date.parse(approval.timeVerified) < Date.parse(record.stateSince)) {
    throw refusal(
      `The approval of ${versionKey(of)} is of ${approval.timeVerified}, before it became ${record.state} (${record.stateSince})`,
      'approval-too-old',
      'Run gate-approval again: a restoration needs an approval that knows of the deprecation.',
    );
  }
  return addEntry(emptyPlan(catalog), 'restore', { ...of, digest: record.disk.sha256 }, origin, {
    policyDigest: approval.policyDigest,
    evidence: [...approval.evidence],
    ...(reason ? { reason } : {}),
  });
}

const EVENT_TO: Partial<Record<State, EventType>> = {
  deprecated: 'deprecate',
  obsolete: 'obsolete',
  deleted: 'delete',
};

/** Writes down the transitions whose dates have come. Idempotent: a second time there is nothing to do. */
export function planTick(catalog: Catalog, origin: Origin): Plan {
  const now = new Date(entryTime(catalog, origin.now));
  const { states, held } = effectiveStates(catalog, now);
  const notes = held.map(
    (key) =>
      `${key} should be retired by its dates and stays available: it is the last available image of the family ${catalog.versions.get(key)?.family}`,
  );
  const due = [...catalog.versions]
    .filter(([key, record]) => states.get(key) !== record.state)
    // By name: which version of a family stays is settled already.
    .sort(([a], [b]) => (a < b ? -1 : 1));
  let plan = emptyPlan(catalog, notes);
  for (const [key, record] of due) {
    for (const state of pathTo(record.state, states.get(key) ?? record.state)) {
      const type = EVENT_TO[state];
      if (type) {
        const of = { image: record.image, version: record.version, digest: record.disk.sha256 };
        plan = addEntry(plan, type, of, origin);
      }
    }
  }
  return plan;
}

/** Deletion comes only after obsolescence. */
function pathTo(from: State, to: State): readonly State[] {
  return to === 'deleted' && (from === 'available' || from === 'deprecated') ? ['obsolete', 'deleted'] : [to];
}

/** Notes what a check for updates found; nothing new is not noted again. */
export function planCheck(
  catalog: Catalog,
  results: readonly { readonly of: VersionReference; readonly freshness: Freshness }[],
  origin: Origin,
): Plan {
  let plan = emptyPlan(catalog);
  for (const { of, freshness } of results) {
    const record = recordOf(plan.catalog, of);
    if (differs(record.freshness, freshness) && TRANSITIONS.check.from.includes(record.state)) {
      plan = addEntry(plan, 'check', { ...of, digest: record.disk.sha256 }, origin, { freshness });
    }
  }
  return plan;
}

function differs(a: Freshness | undefined, b: Freshness): boolean {
  const content = (value: Freshness): string => JSON.stringify({ ...value, checkedAt: '' });
  return a === undefined || content(a) !== content(b);
}

/** @throws UserError `not-in-catalog` */
export function recordOf(catalog: Catalog, of: VersionReference): VersionRecord {
  const record = catalog.versions.get(versionKey(of));
  if (!record) {
    throw notThere(versionKey(of));
  }
  return record;
}
