import { statementSchema } from '@golden-image/evidence';
import { type InstalledPackage, packagesOfSpdx } from '../freshness/installed.ts';
import type { VersionRecord } from '../state/record.ts';
import type { Snapshot } from '../store/store.ts';
import { imageFolder } from '../streams/streams.ts';

export type CaseResult = 'passed' | 'warned' | 'failed' | 'skipped' | 'not run';

/** What the files of a version tell beyond its record. */
export interface ImageData {
  readonly packages: readonly InstalledPackage[];
  /** By name of the case. */
  readonly cases: ReadonlyMap<string, CaseResult>;
}

/** Reads a version's SBOM and functional result; what is missing is empty. Their digests were checked before. */
export async function imageData(record: VersionRecord, snapshot: Snapshot): Promise<ImageData> {
  const read = async (name: string): Promise<string> =>
    (await snapshot.read(`${imageFolder(record)}/${name}`))?.toString('utf8') ?? '';
  return {
    packages: packagesOfSpdx(await read('sbom.spdx.json')) ?? [],
    cases: caseResults(await read('signatures/40-fvt.intoto.sigstore.json')),
  };
}

function caseResults(bundle: string): ReadonlyMap<string, CaseResult> {
  const results = new Map<string, CaseResult>();
  try {
    const { dsseEnvelope } = JSON.parse(bundle) as { dsseEnvelope: { payload: string } };
    const text = Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8');
    const { predicate } = statementSchema.parse(JSON.parse(text));
    const fields = {
      notRun: 'not run',
      skipped: 'skipped',
      passedTests: 'passed',
      warnedTests: 'warned',
      failedTests: 'failed',
    } as const;
    for (const [field, result] of Object.entries(fields)) {
      for (const name of names(predicate[field])) {
        results.set(name, result);
      }
    }
  } catch {
    // No functional result came with the image.
  }
  return results;
}

/** A list of names, or names with reasons. */
function names(value: unknown): readonly string[] {
  const list = Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null
      ? Object.keys(value)
      : [];
  return list.filter((name): name is string => typeof name === 'string');
}

export interface Differences {
  readonly added: readonly InstalledPackage[];
  readonly removed: readonly InstalledPackage[];
  readonly changed: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/** What changed from one list of packages to another. */
export function differences(from: readonly InstalledPackage[], to: readonly InstalledPackage[]): Differences {
  const before = new Map(from.map((entry) => [entry.name, entry]));
  const after = new Map(to.map((entry) => [entry.name, entry]));
  return {
    added: to.filter(({ name }) => !before.has(name)),
    removed: from.filter(({ name }) => !after.has(name)),
    changed: to.flatMap(({ name, version }) => {
      const old = before.get(name);
      return old && old.version !== version ? [{ name, from: old.version, to: version }] : [];
    }),
  };
}
