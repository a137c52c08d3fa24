import { UserError } from '@golden-image/host';
import { type Catalog, versionKey } from './catalog.ts';
import { effectiveStates, scheduledState } from './effective.ts';
import type { AuditEntry } from './entry.ts';
import type { Schedule, VersionRecord, VersionReference } from './record.ts';
import { laterState, type State, TRANSITIONS } from './states.ts';

/** A transition that the rules do not allow. Nothing was changed. */
export function refusal(message: string, code: string, fix: string): UserError {
  return new UserError(message, { code, fix });
}

/**
 * Whether an entry may follow on a catalog: planning and replaying ask the same, so that no log can hold what could not
 * have been done. `record` is the version that the entry is about; undefined for `register`.
 *
 * @throws UserError `transition-refused`, `already-there`, `last-available`, `invalid-dates`, `not-the-owner` and those of
 *   `checkSuccessor`
 */
export function checkEntry(catalog: Catalog, entry: AuditEntry, record: VersionRecord | undefined): void {
  const name = versionKey(entry);
  const rule = TRANSITIONS[entry.type];
  if (entry.type === 'register') {
    if (record) {
      throw refusal(
        `${name} is in the catalog already`,
        'already-there',
        'Published versions never change: give the new image a new version.',
      );
    }
    return;
  }
  if (!record) {
    throw notThere(name);
  }
  if (!rule.from.includes(record.state)) {
    throw refusal(
      `${name} is ${record.state} and cannot be ${PAST[entry.type]}`,
      'transition-refused',
      `Only a version that is ${rule.from.join(' or ')} can be ${PAST[entry.type]}.`,
    );
  }
  checkOwner(entry, record);
  const dates = entry.schedule ?? record.schedule;
  if (entry.schedule) {
    checkDates(dates, record.publishedAt ?? entry.time);
  }
  if (entry.successor) {
    checkSuccessor(catalog, entry, entry.successor);
  }
  const leaves = record.state === 'available' && entry.to !== 'available' && entry.type !== 'revoke';
  const retires = entry.retiresFamily === true || dates.retiresFamily === true || record.class === 'custom';
  if (leaves && !retires && otherAvailable(catalog, record, new Date(entry.time)).length === 0) {
    throw refusal(
      `${name} is the last available image of the family ${record.family}`,
      'last-available',
      'Publish its successor first; or set retire-family: true to end the family; or revoke it, if it must not be used.',
    );
  }
}

const PAST: Readonly<Record<AuditEntry['type'], string>> = {
  register: 'registered',
  publish: 'published',
  deprecate: 'deprecated',
  obsolete: 'made obsolete',
  revoke: 'revoked',
  restore: 'restored',
  delete: 'deleted',
  schedule: 'given dates',
  check: 'checked',
};

export function notThere(name: string): UserError {
  return refusal(
    `${name} is not in the catalog`,
    'not-in-catalog',
    'Check the inputs image and version; the catalog’s site lists what there is.',
  );
}

/** A custom image is its owner's to retire. Revoking stays possible for all: it is the emergency brake. */
function checkOwner(entry: AuditEntry, record: VersionRecord): void {
  const retiring = ['deprecate', 'obsolete', 'restore', 'schedule'].includes(entry.type);
  const scheduled = scheduledState(record, new Date(entry.time));
  const bySchedule = entry.to !== record.state && laterState(entry.to, scheduled) === scheduled;
  if (record.class === 'custom' && retiring && !bySchedule && entry.actor !== record.owner) {
    throw refusal(
      `${versionKey(record)} is a custom image: only who published it (${record.owner}) may retire it, not ${entry.actor}`,
      'not-the-owner',
      'Ask its owner to run this. If the image is dangerous, revoke it.',
    );
  }
}

/** Versions that a family would have left, at a time. */
function otherAvailable(catalog: Catalog, record: VersionRecord, now: Date): readonly VersionRecord[] {
  const { states } = effectiveStates(catalog, now);
  return [...catalog.versions.values()].filter(
    (other) =>
      other.family === record.family &&
      versionKey(other) !== versionKey(record) &&
      other.state === 'available' &&
      states.get(versionKey(other)) === 'available',
  );
}

function checkDates(dates: Schedule, publishedAt: string): void {
  const order = [
    ['it was published', publishedAt],
    ['deprecate-at', dates.deprecateAt],
    ['obsolete-at', dates.obsoleteAt],
    ['delete-at', dates.deleteAt],
  ].filter((entry): entry is [string, string] => entry[1] !== undefined);
  for (const [index, [name, time]] of order.entries()) {
    const before = order[index - 1];
    if (before && Date.parse(time) <= Date.parse(before[1])) {
      throw refusal(
        `${name} (${time}) is not after ${before[0]} (${before[1]})`,
        'invalid-dates',
        'Deprecation comes before obsolescence, and that before deletion; each after the publication.',
      );
    }
  }
}

/**
 * A successor exists, is available, is another version, and leads nowhere back.
 *
 * @throws UserError `invalid-successor`
 */
export function checkSuccessor(
  catalog: Catalog,
  of: VersionReference & { time: string },
  successor: VersionReference,
): void {
  const name = versionKey(successor);
  const problem = (text: string): UserError =>
    refusal(
      `The successor ${name} ${text}`,
      'invalid-successor',
      'Name an available version, as <image>/<version>.',
    );
  const record = catalog.versions.get(name);
  if (!record) {
    throw problem('is not in the catalog');
  }
  const trail = successorTrail(catalog, successor);
  if (trail.includes(versionKey(of))) {
    throw problem(`leads back to ${versionKey(of)}: ${[versionKey(of), ...trail].join(' → ')}`);
  }
  const state = effectiveStates(catalog, new Date(of.time)).states.get(name) ?? record.state;
  if (laterState(record.state, state) !== 'available') {
    throw problem(`is ${laterState(record.state, state)}, not available`);
  }
}

/** A version and its successors in turn; ends where there is none, or before one that was seen. */
export function successorTrail(catalog: Catalog, from: VersionReference): readonly string[] {
  const trail: string[] = [];
  for (let next: VersionReference | undefined = from; next && !trail.includes(versionKey(next)); ) {
    trail.push(versionKey(next));
    next = catalog.versions.get(versionKey(next))?.successor;
  }
  return trail;
}

/** The first successor in turn that can be used at all; undefined when there is none. */
export function usableSuccessor(
  catalog: Catalog,
  states: ReadonlyMap<string, State>,
  record: VersionRecord,
): VersionRecord | undefined {
  const [, ...following] = successorTrail(catalog, record);
  const found = following.find((key) => states.get(key) === 'available');
  return found === undefined ? undefined : catalog.versions.get(found);
}
