import path from 'node:path';
import { UserError } from '@golden-image/host';
import { vendorKeyring } from '@golden-image/media';
import type { LoadedDefinition } from '../definition/read.ts';
import { machineOf, type RpmDistribution } from './distributions.ts';
import { writeKeys } from './keys.ts';
import type { RpmRepository } from './package-manager.ts';

/** The addresses of the distribution's own repositories, below the definition's mirror. */
export function distributionUris(
  { definition }: LoadedDefinition,
  { repositories }: RpmDistribution,
): readonly { readonly id: string; readonly uri: string }[] {
  const { mirror } = definition;
  return mirror === undefined
    ? []
    : repositories(definition.release, machineOf(definition)).map(({ id, path: inner }) => ({
        id,
        uri: `${mirror.replace(/\/$/, '')}/${inner}`,
      }));
}

/**
 * The repositories of the network that a build takes packages from: the distribution's, then the definition's further
 * ones. Each package has to be signed by its repository's key; the index too, where the repository signs it.
 *
 * @param folder where the keys are written
 * @throws UserError `mirror-missing`, `repository-unusable`, `invalid-definition`
 */
export async function networkRepositories(
  loaded: LoadedDefinition,
  distribution: RpmDistribution,
  folder: string,
): Promise<readonly RpmRepository[]> {
  const { definition, mirrorKey } = loaded;
  const own = distributionUris(loaded, distribution);
  if (own.length === 0 && definition.source === 'repository') {
    throw new UserError(`The definition names no mirror of ${definition.distribution}`, {
      code: 'mirror-missing',
      fix: 'Name the mirror nearest to you (or the one of your subscription) in `mirror`, or build from the medium.',
    });
  }
  const result: RpmRepository[] = [];
  if (own.length > 0) {
    const keys = await writeKeys(
      mirrorKey ? [mirrorKey] : vendorKeyring(distribution.vendor),
      path.join(folder, 'mirror'),
      'the mirror',
    );
    const signed = distribution.signsMetadata || mirrorKey !== undefined;
    result.push(...own.map(({ id, uri }) => ({ id, uri, keys, signed, onMedium: undefined })));
  }
  for (const [index, { uri, key, signedMetadata }] of loaded.repositories.entries()) {
    const id = `repository-${index + 1}`;
    const keys = await writeKeys([key], path.join(folder, id), `the repository ${uri}`);
    result.push({ id, uri, keys, signed: signedMetadata, onMedium: undefined });
  }
  for (const { uri, signed } of result) {
    if (!signed && !uri.startsWith('https:')) {
      throw new UserError(
        `The index of ${uri} is not signed, and comes over a connection that anybody can change`,
        {
          code: 'repository-unusable',
          fix: 'Use an https address.',
        },
      );
    }
  }
  return result;
}
