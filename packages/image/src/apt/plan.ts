import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FamilyContext } from '../family/family.ts';
import { fileDigests } from '../tree/file-digests.ts';
import { remembered } from '../tree/remembered.ts';
import { type DebPackage, matchPackages } from './packages.ts';
import { type PrivateApt, planInstall } from './private-apt.ts';

/**
 * The packages that apt chooses for `install` with these arguments. Signed indexes that did not change, asked the same
 * by the same apt, are not asked again.
 *
 * @throws UserError `package-not-found`, `packages-conflict`, `cache-not-private`
 */
export async function choosePackages(
  apt: PrivateApt,
  names: readonly string[],
  { loaded, scratch, cacheFolder, hostPackages }: FamilyContext,
): Promise<readonly DebPackage[]> {
  const { distribution, release } = loaded.definition;
  const sources = await readFile(path.join(apt.folder, 'etc/sources.list'), 'utf8');
  const facts = {
    names,
    distribution,
    release,
    // Keys and lists lie in a folder of this build.
    sources: sources.replaceAll(scratch, ''),
    configuration: (await readFile(path.join(apt.folder, 'apt.conf'), 'utf8')).replaceAll(scratch, ''),
    releases: await releaseDigests(apt),
    apt: hostPackages.apt ?? '',
  };
  // A medium's index lies in a folder of this build, and nothing signs it.
  const kept = /^deb .*\bcopy:/m.test(sources) ? undefined : cacheFolder;
  const answer = await remembered('plan', facts, kept, async () => {
    const chosen = matchPackages(await planInstall(apt, names), await apt.indexes(), loaded.definition);
    return chosen.map((entry) => ({ ...entry, stanza: [...entry.stanza] }));
  });
  return answer.map((entry) => ({ ...entry, stanza: new Map(entry.stanza) }));
}

/** The signed files that pin all indexes by digest. */
async function releaseDigests(apt: PrivateApt): Promise<Readonly<Record<string, string>>> {
  const lists = path.join(apt.folder, 'lists');
  return fileDigests(lists, (await readdir(lists)).filter((name) => name.endsWith('Release')).sort());
}
