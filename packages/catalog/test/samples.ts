import { createHash, generateKeyPairSync } from 'node:crypto';
import type { LogSigner } from '../src/log/log-files.ts';
import { noteVerifier } from '../src/log/note.ts';
import { type Catalog, EMPTY_CATALOG } from '../src/state/catalog.ts';
import { type Origin, planPublish, planRetire } from '../src/state/plan.ts';
import type { Publication, Schedule, VersionReference } from '../src/state/record.ts';

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

export const OWNER = 'actor-00000000000000aa';
export const OTHER = 'actor-00000000000000bb';

export function origin(now: string, actor: string = OWNER): Origin {
  return { actor, run: 'https://example.org/runs/1', now: new Date(now) };
}

/** What is published of a version, with a disk of its own. */
export function publication(image: string, version: string, more: Partial<Publication> = {}): Publication {
  return {
    image,
    version,
    class: 'stock',
    family: image,
    distribution: 'debian',
    release: '13',
    architecture: 'amd64',
    firmware: ['bios', 'uefi'],
    disk: {
      file: 'disk.qcow2',
      format: 'qcow2',
      size: 1000,
      virtualSize: 1_073_741_824,
      sha256: sha256(`${image} ${version}`),
    },
    owner: OWNER,
    score: 97.3,
    cases: { passed: 21, warned: 0, failed: 0, skipped: 1, notRun: 6 },
    attachments: [],
    ...more,
  };
}

export const approval = (timeVerified = '2026-11-01T00:00:00Z') => ({
  policyDigest: sha256('policy'),
  evidence: [sha256('evidence')],
  timeVerified,
});

/** A catalog with one more version that is available. */
export function published(
  catalog: Catalog,
  image: string,
  version: string,
  now: string,
  more: Partial<Publication> & { readonly schedule?: Schedule } = {},
): Catalog {
  const { schedule = {}, ...facts } = more;
  const request = {
    publication: publication(image, version, facts),
    approval: approval(),
    missingAudit: [],
    schedule,
    reason: undefined,
  };
  return planPublish(catalog, request, origin(now)).catalog;
}

/** Three versions of one image, a day apart. */
export function threeVersions(): Catalog {
  return ['20261101', '20261102', '20261103'].reduce(
    (catalog, version) => published(catalog, 'debian-13', version, `2026-11-${version.slice(6)}T10:00:00Z`),
    EMPTY_CATALOG,
  );
}

export function retire(
  catalog: Catalog,
  of: VersionReference,
  to: 'deprecated' | 'obsolete' | 'revoked',
  now: string,
  more: {
    schedule?: Schedule;
    successor?: VersionReference;
    actor?: string;
    retiresFamily?: boolean;
    immediately?: boolean;
  } = {},
) {
  const request = {
    of,
    to,
    schedule: more.schedule ?? {},
    immediately: more.immediately ?? true,
    successor: more.successor,
    reason: 'a test',
    retiresFamily: more.retiresFamily ?? false,
  };
  return planRetire(catalog, request, origin(now, more.actor));
}

export function logSigner(name = 'example.org/images'): LogSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { verifier: noteVerifier(name, publicKey), privateKey };
}
