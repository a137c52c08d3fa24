import { predicateTypes } from './statement.ts';

/** Statements that sign-image makes itself: they are in their bundles only, not in `evidence/`. */
export const madeBySigning = {
  spdx: 'sbom-spdx',
  cyclonedx: 'sbom-cyclonedx',
  release: 'release',
} as const;

/** What a statement with one of our names must be: a test result cannot pass for a provenance by its name. */
const EXPECTED: Readonly<Record<string, string>> = {
  '10-media': predicateTypes.medium,
  '20-build': predicateTypes.provenance,
  '30-harden': predicateTypes.testResult,
  '40-fvt': predicateTypes.testResult,
  '50-export': predicateTypes.provenance,
  [madeBySigning.spdx]: predicateTypes.spdx,
  [madeBySigning.cyclonedx]: predicateTypes.cyclonedx,
  [madeBySigning.release]: predicateTypes.release,
};

/** The predicate type that a statement of this name must have; undefined for names that are not ours. */
export function expectedPredicateType(name: string): string | undefined {
  return Object.hasOwn(EXPECTED, name) ? EXPECTED[name] : undefined;
}
