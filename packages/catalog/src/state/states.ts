/** The states of a version, in the order in which they follow one another. */
export const STATES = ['draft', 'available', 'deprecated', 'obsolete', 'revoked', 'deleted'] as const;
export type State = (typeof STATES)[number];

/** What an entry of the audit log tells of. `schedule` and `check` change no state. */
export const EVENT_TYPES = [
  'register',
  'publish',
  'deprecate',
  'obsolete',
  'revoke',
  'restore',
  'delete',
  'schedule',
  'check',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/**
 * From which states an event leads where. `register` begins a version, so it comes from nothing; a version that is
 * deleted stays in the record for ever.
 */
export const TRANSITIONS: Readonly<Record<EventType, { from: readonly State[]; to: State | 'same' }>> = {
  register: { from: [], to: 'draft' },
  publish: { from: ['draft'], to: 'available' },
  deprecate: { from: ['available'], to: 'deprecated' },
  obsolete: { from: ['available', 'deprecated'], to: 'obsolete' },
  revoke: { from: ['draft', 'available', 'deprecated', 'obsolete'], to: 'revoked' },
  restore: { from: ['deprecated'], to: 'available' },
  delete: { from: ['draft', 'obsolete', 'revoked'], to: 'deleted' },
  schedule: { from: ['available', 'deprecated', 'obsolete', 'revoked'], to: 'same' },
  check: { from: ['available', 'deprecated', 'obsolete'], to: 'same' },
};

/** The later of two states. */
export function laterState(a: State, b: State): State {
  return STATES.indexOf(a) >= STATES.indexOf(b) ? a : b;
}

/** States in which an image may be used; clients' indices list these only. */
export function isListed(state: State): boolean {
  return state === 'available' || state === 'deprecated';
}
