import { stableJson } from '@golden-image/evidence';
import { type Catalog, sortedVersions, versionKey } from '../state/catalog.ts';
import { effectiveStates } from '../state/effective.ts';
import { usableSuccessor } from '../state/guards.ts';
import type { VersionRecord } from '../state/record.ts';

/**
 * `status/<image>.json`: what instances and their owners ask of an image. One version a key, each with a `message` for
 * people, so that a login message needs no more than this file. States are those of the last change; the dates let a
 * reader compute the effective state at any time.
 */
export function statusFiles(catalog: Catalog): Map<string, string> {
  const now = new Date(catalog.entries.at(-1)?.time ?? 0);
  const { states } = effectiveStates(catalog, now);
  const groups = Map.groupBy(
    sortedVersions(catalog).filter(({ state }) => state !== 'draft'),
    ({ image }) => image,
  );
  return new Map(
    [...groups].map(([image, records]) => {
      const latest = records.findLast((record) => states.get(versionKey(record)) === 'available');
      const versions = Object.fromEntries(
        records.map((record) => {
          const successor = usableSuccessor(catalog, states, record) ?? newer(record, latest);
          return [
            record.version,
            {
              message: statusMessage(record, successor),
              reason: record.reason ?? null,
              schedule: record.schedule,
              securityUpdates: record.freshness?.securityUpdates ?? null,
              checkedAt: record.freshness?.checkedAt ?? null,
              sha256: record.disk.sha256,
              state: record.state,
              successor: successor ? versionKey(successor) : null,
            },
          ];
        }),
      );
      const value = {
        image,
        latest: latest?.version ?? null,
        schemaVersion: 1,
        updated: now.toISOString(),
        versions,
      };
      return [`status/${image}.json`, stableJson(value)];
    }),
  );
}

function newer(record: VersionRecord, latest: VersionRecord | undefined): VersionRecord | undefined {
  return latest && (latest.publishedIndex ?? 0) > (record.publishedIndex ?? 0) ? latest : undefined;
}

/** `12 security updates; successor debian-13 20261201`; empty when there is nothing to say. */
export function statusMessage(record: VersionRecord, successor: VersionRecord | undefined): string {
  const count = record.freshness?.securityUpdates ?? 0;
  const state = {
    draft: '',
    available: '',
    deprecated: 'this image is deprecated',
    obsolete: 'this image is obsolete',
    revoked: `this image was revoked${record.reason ? ` (${record.reason})` : ''}: replace it now`,
    deleted: 'this image is deleted',
  }[record.state];
  return [
    state,
    count > 0 ? `${count} security update${count === 1 ? '' : 's'}` : '',
    successor ? `successor ${successor.image} ${successor.version}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}
