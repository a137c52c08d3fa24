import type { AuditEntry } from '../state/entry.ts';

const VERB: Readonly<Record<AuditEntry['type'], string>> = {
  register: 'registered as a draft',
  publish: 'available',
  deprecate: 'deprecated',
  obsolete: 'obsolete',
  revoke: 'revoked',
  restore: 'available again',
  delete: 'deleted',
  schedule: 'has new dates',
  check: 'checked for updates',
};

/** `debian-13 20261124: deprecated`. */
export function entryTitle(entry: AuditEntry): string {
  return `${entry.image} ${entry.version}: ${VERB[entry.type]}`;
}

/** What happened, in sentences for people. */
export function entrySentences(entry: AuditEntry): readonly string[] {
  const { successor, schedule, freshness } = entry;
  const dates = schedule
    ? [
        schedule.deprecateAt ? `Deprecated from ${schedule.deprecateAt}.` : '',
        schedule.obsoleteAt ? `Obsolete from ${schedule.obsoleteAt}.` : '',
        schedule.deleteAt ? `Deleted from ${schedule.deleteAt}.` : '',
      ]
    : [];
  return [
    entry.reason ? `Reason: ${entry.reason}.`.replace(/\.\.$/, '.') : '',
    successor ? `Successor: ${successor.image} ${successor.version}.` : '',
    ...dates,
    freshness
      ? `Rebuild needed: ${freshness.rebuildNeeded}; ${freshness.securityUpdates} security and ${freshness.otherUpdates} other updates.`
      : '',
    ...(freshness?.reasons ?? []).map((reason) => `${reason}.`.replace(/\.\.$/, '.')),
  ].filter((line) => line !== '');
}
