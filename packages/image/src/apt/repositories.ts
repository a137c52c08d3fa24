import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResourceDescriptor } from '@golden-image/evidence';
import { UserError } from '@golden-image/host';
import type { LoadedDefinition } from '../definition/read.ts';
import type { Definition } from '../definition/schema.ts';
import { type AptSource, isSecurity } from './apt-sources.ts';
import { parseDeb822 } from './deb822.ts';
import { aptReleaseOf } from './distributions.ts';
import { type PrivateApt, updateIndexes } from './private-apt.ts';

/** What stands before the fields of an InRelease file (RFC 9580, section 7). */
const PGP_HEAD = /^-----BEGIN PGP SIGNED MESSAGE-----\n(Hash:.*\n)?\n/;
/** Stands for the snapshot's time in the address of a mirror, as in the `Snapshots` field of a Release file. */
const SNAPSHOT_ID = '@SNAPSHOTID@';

/**
 * The distribution's repositories that a build takes packages from: all of them, or on top of a medium the security
 * repositories only.
 */
export function buildSources(loaded: LoadedDefinition, sources: readonly AptSource[]): readonly AptSource[] {
  const { definition } = loaded;
  const onMedium = ['medium', 'installer'].includes(definition.source);
  const updates = definition['security-updates'] !== 'off';
  return sources.filter((source) => (isSecurity(source) ? updates : !onMedium));
}

/** Lines of sources.list(5): signatures are always checked. `keys` are the files that `writeKeys` wrote. */
export function networkLines(
  loaded: LoadedDefinition,
  sources: readonly AptSource[],
  keys: RepositoryKeys,
): readonly string[] {
  const own = sources.map(
    ({ uri, suite, components }) => `deb [signed-by=${keys.mirror}] ${uri} ${suite} ${components.join(' ')}`,
  );
  const further = loaded.repositories.map(({ uri, suites, components }, index) =>
    suites.map(
      (suite) => `deb [signed-by=${keys.repositories[index]}] ${uri} ${suite} ${components.join(' ')}`,
    ),
  );
  return [...own, ...further.flat()];
}

/** Files with the keys that sign. */
export interface RepositoryKeys {
  readonly mirror: string;
  readonly repositories: readonly string[];
}

/**
 * Writes the definition's keys where apt reads them: it tells armored ones by the name's end.
 *
 * @throws UserError `unusable-path`, `no-archive-keys`
 */
export async function writeKeys(loaded: LoadedDefinition, folder: string): Promise<RepositoryKeys> {
  const { definition, mirrorKey, repositories } = loaded;
  if (/\s/.test(folder) && (mirrorKey || repositories.length > 0)) {
    throw new UserError(`The path ${JSON.stringify(folder)} cannot be given to apt`, {
      code: 'unusable-path',
      fix: 'Use an output folder whose name has no spaces.',
    });
  }
  await mkdir(folder, { recursive: true });
  const write = async (name: string, content: Uint8Array): Promise<string> => {
    const armored = Buffer.from(content).toString('latin1').includes('-----BEGIN PGP');
    const file = path.join(folder, `${name}.${armored ? 'asc' : 'gpg'}`);
    await writeFile(file, content);
    return file;
  };
  return {
    mirror: mirrorKey ? await write('mirror', mirrorKey) : await hostKeyring(definition),
    repositories: await Promise.all(
      repositories.map(({ key }, index) => write(`repository-${index + 1}`, key)),
    ),
  };
}

/**
 * The archive's keys on the host.
 *
 * @throws UserError `no-archive-keys`
 */
async function hostKeyring(definition: Definition): Promise<string> {
  const { keyring } = aptReleaseOf(definition);
  if (!(await stat(keyring).catch(() => undefined))) {
    throw new UserError(`This host has no keys of ${definition.distribution}'s archive (${keyring})`, {
      code: 'no-archive-keys',
      fix: `Build on ${definition.distribution}, or name its key ring in \`mirror-key\` of the definition.`,
    });
  }
  return keyring;
}

/**
 * Updates from local and network sources. On top of a medium, security repositories that cannot be reached are left
 * out unless the definition requires them.
 *
 * @returns whether the network sources took part
 * @throws UserError `repository-unusable`
 */
export async function updateAll(
  apt: PrivateApt,
  sources: {
    readonly local: readonly string[];
    readonly network: readonly string[];
    readonly optional: boolean;
  },
  onMissing: (reason: string) => void,
): Promise<boolean> {
  const { local, network, optional } = sources;
  await apt.setSources([...local, ...network]);
  try {
    await updateIndexes(apt, network.length > 0);
    return network.length > 0;
  } catch (error) {
    if (!optional || network.length === 0 || local.length === 0 || !isUnreachable(error)) {
      throw error;
    }
    onMissing((error as UserError).message);
    await apt.setSources(local);
    await updateIndexes(apt, false);
    return false;
  }
}

/** Absent is not broken: a wrong signature or a damaged index is never passed over. */
function isUnreachable(error: unknown): boolean {
  const detail = error instanceof UserError ? (error.detail ?? '') : '';
  const faults = detail.split('\n').filter((line) => /^(Err:|E:|W:)/.test(line));
  return (
    /Could not resolve|Temporary failure|Could not connect|Cannot initiate the connection|Network is unreachable|Connection (timed out|refused)|Unable to connect/i.test(
      detail,
    ) && !faults.some((line) => /GPG error|not signed|signature|Hash Sum|expired|invalid/i.test(line))
  );
}

/** The signed indexes that apt read over the network: address, digest, date. */
export async function repositoryFacts(apt: PrivateApt): Promise<readonly ResourceDescriptor[]> {
  const lists = path.join(apt.folder, 'lists');
  const names = (await readdir(lists))
    .filter((name) => name.endsWith('InRelease') && !name.startsWith('_'))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(path.join(lists, name));
      const text = bytes.toString('utf8').replace(PGP_HEAD, '');
      const release = parseDeb822(text)[0];
      return {
        name: 'repository',
        uri: name.replaceAll('_', '/').replaceAll('%5f', '_'),
        digest: { sha256: createHash('sha256').update(bytes).digest('hex') },
        annotations: {
          origin: release?.get('origin') ?? '',
          codename: release?.get('codename') ?? '',
          date: release?.get('date') ?? '',
        },
      };
    }),
  );
}

/**
 * The sources as of a snapshot: a mirror that names `@SNAPSHOTID@`, or else where the distribution's own signed
 * Release file says that its snapshots are.
 *
 * @throws UserError `no-snapshots`
 */
export async function atSnapshot(
  sources: readonly AptSource[],
  loaded: LoadedDefinition,
  apt: PrivateApt,
  keys: RepositoryKeys,
): Promise<readonly AptSource[]> {
  const { snapshot } = loaded.definition;
  if (snapshot === undefined) {
    return sources;
  }
  const fill = (uri: string): string => uri.replaceAll(SNAPSHOT_ID, snapshot);
  if (sources.every(({ uri }) => uri.includes(SNAPSHOT_ID))) {
    return sources.map((source) => ({ ...source, uri: fill(source.uri) }));
  }
  await apt.setSources(networkLines({ ...loaded, repositories: [] }, sources, keys));
  await updateIndexes(apt, true);
  const lists = path.join(apt.folder, 'lists');
  const releases = await Promise.all(
    (await readdir(lists))
      .filter((name) => name.endsWith('InRelease'))
      .map(
        async (name) =>
          parseDeb822((await readFile(path.join(lists, name), 'utf8')).replace(PGP_HEAD, ''))[0],
      ),
  );
  return sources.map((source) => {
    const own = releases.find((release) =>
      [release?.get('codename'), release?.get('suite')].includes(source.suite),
    );
    const template = own?.get('snapshots') ?? '';
    if (!/^https?:\/\/\S+$/.test(template) || !template.includes(SNAPSHOT_ID)) {
      throw new UserError(`The repository of ${source.suite} does not say where its snapshots are`, {
        code: 'no-snapshots',
        fix: `Name a mirror (and security-mirror) with ${SNAPSHOT_ID} in its address, where the time goes.`,
      });
    }
    return { ...source, uri: fill(template) };
  });
}
