import path from 'node:path';
import type { HostTool } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import type { Family, FamilyContext, PackageChange, PackageSet, PackageSystem } from '../family/family.ts';
import { isForeign } from '../foreign-programs.ts';
import { fileDigests } from '../tree/file-digests.ts';
import { remembered } from '../tree/remembered.ts';
import { fetchPackages, newestPackage } from './apt-packages.ts';
import {
  type AptSource,
  deb822Sources,
  defaultSources,
  MIRROR_KEY,
  repositorySources,
  withMirrors,
} from './apt-sources.ts';
import { neededOnDisk, neededPackages } from './base-packages.ts';
import { buildTree, treeFacts } from './build-tree.ts';
import { CHANGE_FACTS, changeTree } from './change-tree.ts';
import { installedComponents } from './components.ts';
import { aptReleaseOf } from './distributions.ts';
import { keepLists, restoreLists } from './kept-lists.ts';
import { extractIndex } from './medium-index.ts';
import { matchPackages } from './packages.ts';
import { choosePackages } from './plan.ts';
import { planUpgrade, privateApt } from './private-apt.ts';
import {
  atSnapshot,
  buildSources,
  networkLines,
  repositoryFacts,
  updateAll,
  writeKeys,
} from './repositories.ts';
import { aptTraits } from './traits.ts';

/** Debian and Ubuntu. */
export const APT: Family = {
  tools: (definition) => [
    { command: 'mmdebstrap', package: 'mmdebstrap' },
    // mmdebstrap asks it.
    ...(isForeign(definition) ? [{ command: 'arch-test', package: 'arch-test' }] : []),
    { command: 'apt-get', package: 'apt' },
    { command: '/usr/share/distro-info/debian.csv', package: 'distro-info-data' },
    ...keyringTools(definition),
  ],
  neededPackages,
  open,
};

/** The archive's keys, unless the definition's own key is all that is needed. */
function keyringTools(definition: Definition): readonly HostTool[] {
  const { keyring, keyringPackage } = aptReleaseOf(definition);
  const needed = keyringPackage !== undefined && definition['mirror-key'] === undefined;
  return needed ? [{ command: keyring, package: keyringPackage }] : [];
}

async function open(context: FamilyContext): Promise<PackageSystem> {
  const { loaded, scratch, cacheFolder, hostPackages, ports } = context;
  const { definition, suite } = loaded;
  const { architecture } = definition;
  // Where mmdebstrap looks up which release is whose.
  const tables = await fileDigests('/usr/share/distro-info', ['debian.csv', 'ubuntu.csv']);
  const { components } = aptReleaseOf(definition);
  const asked = { suite, components, architecture };
  const question = { ...asked, mmdebstrap: hostPackages.mmdebstrap, tables };
  const distributionSources = await remembered('sources', question, cacheFolder, () =>
    defaultSources(asked, scratch, ports),
  );
  const live = withMirrors(
    distributionSources,
    plain(definition.mirror),
    plain(definition['security-mirror']),
  );
  const imageSources =
    deb822Sources(live, loaded.mirrorKey ? MIRROR_KEY : aptReleaseOf(definition).release.keyring) +
    repositorySources(loaded.repositories);
  const build = withMirrors(distributionSources, definition.mirror, definition['security-mirror']);
  return {
    traits: aptTraits(loaded, imageSources),
    repositories: [...live.map(({ uri }) => uri), ...loaded.repositories.map(({ uri }) => uri)],
    choose: (wanted) => choose(context, build, wanted),
    change: (tree) => change(context, build, tree),
    components: (tree, known, complete) => installedComponents(tree, known, complete, definition),
  };
}

/** A mirror that is a snapshot is to build from; the image keeps the distribution's own. */
function plain(mirror: string | undefined): string | undefined {
  return mirror?.includes('@SNAPSHOTID@') ? undefined : mirror;
}

async function choose(
  context: FamilyContext,
  allSources: readonly AptSource[],
  wanted: readonly string[],
): Promise<PackageSet> {
  const { loaded, medium, scratch, cacheFolder, ports } = context;
  const { definition } = loaded;
  const { architecture } = definition;
  const copy = path.join(scratch, 'medium');
  const apt = await privateApt(
    path.join(scratch, 'apt'),
    { architecture, ignoreValidUntil: definition.snapshot !== undefined },
    ports,
  );
  const local = medium ? [await mediumLine(context, copy)] : [];
  const keys = await writeKeys(loaded, path.join(scratch, 'keys'));
  await restoreLists(apt, cacheFolder);
  const sources = await atSnapshot(buildSources(loaded, allSources), loaded, apt, keys);
  const network = networkLines(loaded, sources, keys);
  const online = await updateAll(
    apt,
    {
      local,
      network,
      optional: definition['security-updates'] === 'auto' && loaded.repositories.length === 0,
    },
    (reason) => ports.log.warning(`Built from the medium alone, without later security updates: ${reason}`),
  );
  if (online) {
    await keepLists(apt, cacheFolder);
  }
  const names = ['?essential', 'apt', ...wanted, ...definition.packages.remove.map((name) => `${name}-`)];
  const packages = await choosePackages(apt, names, context);
  const archives = path.join(scratch, 'archives');
  const locales = definition.locale.startsWith('C.') ? [] : [`${definition.locale} UTF-8`];
  const { filesystem } = definition.disk;
  const tree = { architecture, packages, archives, wanted, locales, filesystem, scratch };
  return {
    packages,
    repositories: online ? await repositoryFacts(apt) : [],
    facts: treeFacts(tree),
    fetch: async () => {
      const kept = path.join(cacheFolder ?? scratch, 'packages');
      await fetchPackages(packages, { archives, kept }, medium && { verified: medium, copy }, apt, ports);
      return newestPackage(archives, packages);
    },
    install: (target, epoch) => buildTree(target, { ...tree, epoch }, ports),
  };
}

/** Newer packages, and what the definition adds and removes, planned against the tree's own package database. */
async function change(
  context: FamilyContext,
  allSources: readonly AptSource[],
  tree: string,
): Promise<PackageChange> {
  const { loaded, medium, scratch, cacheFolder, ports } = context;
  const { definition } = loaded;
  const { architecture } = definition;
  const copy = path.join(scratch, 'medium');
  // What the vendor's installer left out may still be on its medium.
  const pool = definition.source === 'installer' ? medium : undefined;
  const local = pool ? [await mediumLine(context, copy)] : [];
  const status = path.join(tree, 'var/lib/dpkg/status');
  const ignoreValidUntil = definition.snapshot !== undefined;
  const apt = await privateApt(path.join(scratch, 'apt'), { architecture, ignoreValidUntil, status }, ports);
  const keys = await writeKeys(loaded, path.join(scratch, 'keys'));
  const sources = await atSnapshot(buildSources(loaded, allSources), loaded, apt, keys);
  const optional =
    pool !== undefined && definition['security-updates'] === 'auto' && loaded.repositories.length === 0;
  await updateAll(apt, { local, network: networkLines(loaded, sources, keys), optional }, (reason) =>
    ports.log.warning(`Installed from the medium alone, without later security updates: ${reason}`),
  );
  const added = [...neededOnDisk(definition).map(({ name }) => name), ...definition.packages.add];
  const names = [...added, ...definition.packages.remove.map((name) => `${name}-`)];
  const plan = await planUpgrade(apt, names);
  const packages = matchPackages(plan.uris, await apt.indexes(), definition);
  const archives = path.join(scratch, 'archives');
  const { filesystem } = definition.disk;
  return {
    packages,
    removed: plan.removed,
    repositories: await repositoryFacts(apt),
    facts: CHANGE_FACTS,
    fetch: async () => {
      const kept = path.join(cacheFolder ?? scratch, 'packages');
      await fetchPackages(packages, { archives, kept }, pool && { verified: pool, copy }, apt, ports);
      return packages.length === 0 ? 0 : newestPackage(archives, packages);
    },
    apply: (target, epoch) =>
      changeTree(target, { packages, archives, removed: plan.removed, filesystem, epoch, scratch }, ports),
  };
}

/** The pool of the verified ISO. A Release on an ISO is not signed: its trust comes from the digest of the whole. */
async function mediumLine({ loaded, medium, ports }: FamilyContext, copy: string): Promise<string> {
  if (!medium) {
    throw new Error('no medium');
  }
  const components = await extractIndex(medium, loaded.suite, loaded.definition.architecture, copy, ports);
  return `deb [trusted=yes] copy:${encodeURI(copy)} ${loaded.suite} ${components.join(' ')}`;
}
