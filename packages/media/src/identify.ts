import { UserError } from '@golden-image/host';
import { withFileSource } from './block-source.ts';
import { diskImageFormat, type MediumFormat } from './disk-image.ts';
import { type Identity, identifyIso } from './identify-iso.ts';
import { openIso } from './iso-tree.ts';
import { isIso } from './iso-volume.ts';
import { architectureId, distributionMatches, versionMatches } from './names.ts';
import type { MediumRequest } from './verify-request.ts';

/** What a medium is. */
export interface Medium extends Identity {
  readonly format: MediumFormat;
  /** Of an ISO. */
  readonly volumeId?: string;
}

/**
 * Looks into a medium whose bytes are verified already, without mounting it.
 *
 * @throws UserError `invalid-iso`, `truncated-iso`, `unknown-medium`, `unsafe-disk-image`
 */
export async function identifyMedium(file: string): Promise<Medium> {
  return withFileSource(file, async (source) => {
    if (await isIso(source)) {
      const iso = await openIso(source);
      return { format: 'iso', volumeId: iso.volumeId, ...(await identifyIso(iso)) };
    }
    return { format: await diskImageFormat(source), repositories: [] };
  });
}

type Expectations = Pick<MediumRequest, 'expectDistribution' | 'expectVersion' | 'expectArchitecture'>;

/**
 * Compares a medium with what the user expects; what it does not say counts as different.
 *
 * @throws UserError `unexpected-medium`
 */
export function checkExpectations(medium: Medium, expected: Expectations): void {
  const { expectDistribution, expectVersion, expectArchitecture } = expected;
  const rows: readonly (readonly [string, string | undefined, string | undefined, boolean])[] = [
    [
      'distribution',
      expectDistribution,
      medium.distribution,
      both(expectDistribution, medium.distribution, distributionMatches),
    ],
    ['version', expectVersion, medium.version, both(expectVersion, medium.version, versionMatches)],
    [
      'architecture',
      expectArchitecture,
      medium.architecture,
      both(expectArchitecture, medium.architecture, (wanted, found) => architectureId(wanted) === found),
    ],
  ];
  const wrong = rows
    .filter(([, wanted, , fits]) => wanted !== undefined && !fits)
    .map(([what, wanted, found]) => `${what} ${found ?? 'unknown'} instead of ${wanted}`);
  if (wrong.length > 0) {
    throw new UserError(`The medium is authentic, but not the expected one: ${wrong.join(', ')}`, {
      code: 'unexpected-medium',
      fix: 'Correct the source, or the expect-… inputs.',
    });
  }
}

function both(
  wanted: string | undefined,
  found: string | undefined,
  compare: (wanted: string, found: string) => boolean,
): boolean {
  return wanted !== undefined && found !== undefined && compare(wanted, found);
}
