import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { extract, type VerifiedMedium } from '../source/verified-medium.ts';
import { parseDeb822 } from './deb822.ts';

/**
 * Copies `dists/` of the ISO and checks that it is of the release.
 *
 * @returns the components of the suite
 * @throws UserError `medium-unreadable`, `medium-release-mismatch`
 */
export async function extractIndex(
  medium: VerifiedMedium,
  suite: string,
  architecture: string,
  target: string,
  ports: Pick<Ports, 'exec'>,
): Promise<readonly string[]> {
  await extract(medium, ['dists'], target, ports);
  const text = await readFile(path.join(target, 'dists', suite, 'Release'), 'utf8').catch(() => '');
  const release = parseDeb822(text)[0];
  const found = release?.get('codename') ?? 'none';
  if (found !== suite || !release?.get('architectures')?.split(/\s+/).includes(architecture)) {
    throw new UserError(
      `The medium ${medium.name} has no packages of ${suite} for ${architecture} (found: ${found}, ${release?.get('architectures') ?? 'no architecture'})`,
      { code: 'medium-release-mismatch', fix: 'Take the medium of the release that the definition names.' },
    );
  }
  return (release.get('components') ?? 'main').split(/\s+/).filter((name) => /^[a-z0-9.-]+$/.test(name));
}
