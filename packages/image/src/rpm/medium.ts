import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, UserError } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import { extract, type VerifiedMedium } from '../source/verified-medium.ts';
import { machineOf, majorOf } from './distributions.ts';
import { architectureOf, type MediumLayout, parseProducts, parseTreeinfo } from './medium-layout.ts';
import type { RpmRepository } from './package-manager.ts';

/** Keys that vendors put beside the packages, at the top of their media. */
const KEY_FILES = /^(RPM-GPG-KEY-[A-Za-z0-9._-]+|gpg-pubkey-[A-Za-z0-9-]+\.asc)$/;

/** What a verified medium offers to a package manager. */
export interface MediumRepositories {
  readonly repositories: readonly Omit<RpmRepository, 'keys'>[];
  /** Vouched for by the medium's digest. */
  readonly keys: readonly Uint8Array[];
}

/**
 * Copies the indexes of the medium's repositories to `target`; packages follow when they were chosen.
 *
 * @throws UserError `medium-release-mismatch`, `medium-unreadable`
 */
export async function openMedium(
  medium: VerifiedMedium,
  definition: Definition,
  target: string,
  ports: Pick<Ports, 'exec'>,
): Promise<MediumRepositories> {
  await mkdir(target, { recursive: true });
  const top = await listTop(medium, ports);
  const wanted = [
    ...top.filter((name) => name === '.treeinfo' || KEY_FILES.test(name)),
    ...(top.includes('media.1') ? ['media.1'] : []),
  ];
  if (wanted.length > 0) {
    await extract(medium, wanted, target, ports);
  }
  const layout = await layoutOf(target, top);
  checkRelease(medium, layout, definition);
  const repositories = layout.folders.map((folder) => ({
    id: `medium-${folder === '' ? 'top' : folder.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    uri: `file://${path.join(target, folder)}`,
    signed: false,
    onMedium: folder,
  }));
  await extract(
    medium,
    layout.folders.map((folder) => path.posix.join(folder, 'repodata')),
    target,
    ports,
  );
  const keyFiles = (await readdir(target)).filter((name) => KEY_FILES.test(name)).sort();
  const keys = await Promise.all(keyFiles.map((name) => readFile(path.join(target, name))));
  return { repositories, keys };
}

/** Names at the top of the medium. */
async function listTop(medium: VerifiedMedium, { exec }: Pick<Ports, 'exec'>): Promise<readonly string[]> {
  const args = ['-indev', medium.file, '-find', '/', '-maxdepth', '1', '-exec', 'echo', '--'];
  const { stdout } = await exec(confined({ command: 'xorriso', args })).catch((cause: unknown) => {
    throw new UserError(`The medium ${medium.name} cannot be read: it is no ISO 9660 image`, {
      code: 'medium-unreadable',
      fix: 'Pass the installation medium that verify-iso checked.',
      cause,
    });
  });
  return [...stdout.matchAll(/^'\/([^'/]+)'$/gm)].map((match) => match[1] ?? '');
}

/** RHEL's family and Fedora describe their media in `.treeinfo`, SUSE in `media.1/products`. */
async function layoutOf(target: string, top: readonly string[]): Promise<MediumLayout> {
  const read = (name: string) => readFile(path.join(target, name), 'utf8').catch(() => undefined);
  const products = await read('media.1/products');
  const treeinfo = await read('.treeinfo');
  const layout = treeinfo === undefined ? undefined : parseTreeinfo(treeinfo);
  const folders = products === undefined ? [] : parseProducts(products);
  const found = folders.length > 0 ? folders : (layout?.folders ?? []);
  return {
    family: layout?.family,
    version: layout?.version,
    machine: layout?.machine,
    folders: found.length > 0 ? found : top.includes('repodata') ? [''] : [],
  };
}

function checkRelease(
  { name }: VerifiedMedium,
  { version, machine, folders, family }: MediumLayout,
  definition: Definition,
): void {
  const { release } = definition;
  const covers =
    version === undefined || version === release || (!release.includes('.') && majorOf(version) === release);
  const fits = machine === undefined || machine === machineOf(definition);
  if (folders.length === 0 || !covers || !fits) {
    const found = `found: ${[family, version, machine].filter(Boolean).join(' ') || 'no description'}, ${folders.length} repositories`;
    throw new UserError(
      `The medium ${name} has no packages of ${definition.distribution} ${release} for ${architectureOf(definition)} (${found})`,
      {
        code: 'medium-release-mismatch',
        fix: 'Take the full medium (not the boot or net one) of the release that the definition names.',
      },
    );
  }
}
