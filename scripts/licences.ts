/**
 * The licences of what a bundle holds, from webpack's own list of its modules. ncc's own option names one chunk's
 * packages only.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A folder of an installed package in a module's identifier, which may name loaders and queries too. */
const PACKAGE_FOLDER = /\/[^!|?"\s]*\/node_modules\/(?:@[^/!|?"\s]+\/)?[^/!|?"\s]+/g;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.(md|txt|mit|apache2?))?$/i;

interface StatsModule {
  readonly identifier?: string;
  /** Read, and in no chunk by itself: left out, or joined into another one that lists it. */
  readonly orphan?: boolean;
  readonly modules?: readonly StatsModule[];
}

/** Folders of the packages whose modules a bundle holds. @param stats webpack's statistics, as ncc's --stats-out writes them */
export function packageFolders(stats: { readonly modules?: readonly StatsModule[] }): readonly string[] {
  const found = new Set<string>();
  const take = ({ identifier = '', modules = [] }: StatsModule): void => {
    for (const [folder] of identifier.matchAll(PACKAGE_FOLDER)) {
      found.add(folder);
    }
    modules.forEach(take);
  };
  (stats.modules ?? []).filter(({ orphan }) => !orphan).forEach(take);
  return [...found];
}

/**
 * One text with the licence of each package, sorted.
 *
 * @throws Error when a package says nothing about its licence
 */
export async function licenceText(folders: readonly string[]): Promise<string> {
  const entries = await Promise.all(folders.map(describe));
  return [...new Set(entries)].sort().join('\n');
}

async function describe(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  ) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  if (!license && texts.length === 0) {
    throw new Error(`${name} ${version} in ${folder} says nothing about its licence`);
  }
  return [`${name} ${version}`, license ?? 'see below', '', ...texts.map((text) => `${text.trim()}\n`)].join(
    '\n',
  );
}
