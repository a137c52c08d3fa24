import { type Catalog, compare, versionKey } from './catalog.ts';
import type { VersionRecord } from './record.ts';
import { laterState, type State } from './states.ts';

/** The states that follow from a catalog and a time alone: any client computes them offline. */
export interface EffectiveStates {
  /** By `versionKey`. */
  readonly states: ReadonlyMap<string, State>;
  /** Versions whose date has come and that stay available, because their family has no other. */
  readonly held: readonly string[];
}

/**
 * What the dates of a record alone say at a time: the later of its state and of its schedule. Drafts have no schedule,
 * and what is revoked can only be deleted.
 */
export function scheduledState(record: VersionRecord, now: Date): State {
  const due = dueDates(record).filter(({ time }) => time <= now.getTime());
  return due.reduce((state, { to }) => laterState(state, to), record.state);
}

/** The dates of a record that can still change its state, in the order of time. */
function dueDates(record: VersionRecord): readonly { readonly time: number; readonly to: State }[] {
  const { deprecateAt, obsoleteAt, deleteAt } = record.schedule;
  if (record.state === 'draft' || record.state === 'deleted') {
    return [];
  }
  const dates = [
    { at: deprecateAt, to: 'deprecated' as const },
    { at: obsoleteAt, to: 'obsolete' as const },
    { at: deleteAt, to: 'deleted' as const },
  ];
  return dates
    .flatMap(({ at, to }) => (at === undefined ? [] : [{ time: Date.parse(at), to }]))
    .filter(({ to }) => laterState(record.state, to) !== record.state);
}

/**
 * The effective state of every version: max(state, schedule(now)), but a family keeps its last available image until it
 * has another one (or the schedule says that the family ends). Dates are taken in the order of time, so that states at
 * a later time follow from those at an earlier one.
 */
export function effectiveStates(catalog: Catalog, now: Date): EffectiveStates {
  const states = new Map([...catalog.versions].map(([key, { state }]) => [key, state]));
  const due = [...catalog.versions.values()]
    .flatMap((record) => dueDates(record).map((date) => ({ ...date, record, key: versionKey(record) })))
    .filter(({ time }) => time <= now.getTime())
    .sort((a, b) => a.time - b.time || compare(a.key, b.key));
  const held = new Set<string>();
  for (const { record, key, to } of due) {
    if (states.get(key) === 'available' && needsLast(record) && isLast(catalog, states, record)) {
      held.add(key);
      continue;
    }
    states.set(key, laterState(states.get(key) ?? record.state, to));
  }
  return { states, held: [...held].sort() };
}

/** Custom images are their owner's to retire; their families may end. */
function needsLast(record: VersionRecord): boolean {
  return record.class !== 'custom' && record.schedule.retiresFamily !== true;
}

function isLast(catalog: Catalog, states: ReadonlyMap<string, State>, record: VersionRecord): boolean {
  return ![...catalog.versions].some(
    ([key, other]) =>
      other.family === record.family && key !== versionKey(record) && states.get(key) === 'available',
  );
}
