import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResourceDescriptor } from '@golden-image/evidence';
import { UserError } from '@golden-image/host';
import { vendorKeyring } from '@golden-image/media';
import type { Family, FamilyContext, PackageChange, PackageSet, PackageSystem } from '../family/family.ts';
import { bringPackages } from './archives.ts';
import { buildTree, changeTree, treeFacts } from './build-tree.ts';
import { rpmComponents } from './components.ts';
import { installedPackages } from './database.ts';
import { type RpmDistribution, rpmDistribution } from './distributions.ts';
import { writeKeys } from './keys.ts';
import { openMedium } from './medium.ts';
import type { PackageManager, Plan, PlanRequest, RpmRepository } from './package-manager.ts';
import { distributionUris, networkRepositories } from './repositories.ts';
import { rpmTraits } from './traits.ts';

/** The distributions with RPM packages that share a package manager. */
export function rpmFamily(name: 'dnf' | 'zypper', manager: PackageManager): Family {
  return {
    tools: () => manager.tools,
    neededPackages: manager.neededPackages,
    open: async (context) => open(context, name, manager),
  };
}

async function open(
  context: FamilyContext,
  name: 'dnf' | 'zypper',
  manager: PackageManager,
): Promise<PackageSystem> {
  const { loaded, scratch, ports } = context;
  const { definition } = loaded;
  const distribution = rpmDistribution(definition.distribution);
  if (!distribution) {
    throw new Error(`${definition.distribution} has no RPM packages`);
  }
  const { folder: database } = distribution.database(definition.release);
  const own = distributionUris({ ...loaded, definition: { ...definition, mirror: undefined } }, distribution);
  return {
    traits: rpmTraits(loaded, distribution, name),
    repositories: [...own, ...loaded.repositories].map(({ uri }) => uri),
    choose: (wanted) => choose(context, distribution, manager, wanted),
    change: (tree) => change(context, distribution, manager, tree),
    components: async (tree, known, complete) =>
      rpmComponents(await installedPackages(tree, database, scratch, ports), known, complete, definition),
  };
}

async function choose(
  context: FamilyContext,
  distribution: RpmDistribution,
  manager: PackageManager,
  wanted: readonly string[],
): Promise<PackageSet> {
  const { loaded, scratch, ports } = context;
  const { definition } = loaded;
  const { request, plan, online } = await planned(
    context,
    distribution,
    manager,
    [...wanted].sort(),
    undefined,
  );
  const { packages } = plan;
  const { folder: database } = distribution.database(definition.release);
  const languages = languagesOf(definition.locale);
  const archives = path.join(scratch, 'archives');
  return {
    packages,
    repositories: online ? await indexFacts(request.repositories, plan) : [],
    facts: { ...treeFacts({ database, languages }), keys: await keyFacts(request.repositories) },
    fetch: async () => {
      await bring(context, request, manager, plan, archives);
      return Math.max(...packages.map(({ built }) => built));
    },
    install: (target, epoch) =>
      buildTree(target, { packages, archives, removed: [], database, languages, epoch, scratch }, ports),
  };
}

async function change(
  context: FamilyContext,
  distribution: RpmDistribution,
  manager: PackageManager,
  tree: string,
): Promise<PackageChange> {
  const { loaded, scratch, ports } = context;
  const { definition } = loaded;
  const { folder: database, backend } = distribution.database(definition.release);
  if (backend !== 'sqlite') {
    throw new UserError(`The packages of an installed ${definition.distribution} cannot be changed yet`, {
      code: 'not-implemented',
      fix: 'Build it from packages: source `medium` or `repository`.',
    });
  }
  const wanted = [...manager.neededOnDisk(definition).map(({ name }) => name), ...definition.packages.add];
  const { request, plan } = await planned(context, distribution, manager, [...new Set(wanted)].sort(), tree);
  const { packages, removed } = plan;
  const languages = languagesOf(definition.locale);
  const archives = path.join(scratch, 'archives');
  return {
    packages,
    removed,
    repositories: await indexFacts(request.repositories, plan),
    facts: { ...treeFacts({ database, languages }), keys: await keyFacts(request.repositories) },
    fetch: async () => {
      await bring(context, request, manager, plan, archives);
      return Math.max(0, ...packages.map(({ built }) => built));
    },
    apply: (target, epoch) =>
      changeTree(target, { packages, archives, removed, database, languages, epoch, scratch }, ports),
  };
}

/** Opens the repositories and lets the package manager choose. */
async function planned(
  context: FamilyContext,
  distribution: RpmDistribution,
  manager: PackageManager,
  install: readonly string[],
  tree: string | undefined,
): Promise<{ readonly request: PlanRequest; readonly plan: Plan; readonly online: boolean }> {
  const { loaded, scratch, ports } = context;
  const { definition } = loaded;
  if (definition.snapshot !== undefined) {
    throw new UserError(`${definition.distribution} has no snapshots that a date names`, {
      code: 'no-snapshots',
      fix: 'Leave `snapshot` out, and name a mirror that is itself a snapshot in `mirror`.',
    });
  }
  const local = await mediumRepositories(context, distribution);
  const updates = definition['security-updates'];
  const useNetwork = local.length === 0 || updates !== 'off' || loaded.repositories.length > 0;
  const network = useNetwork
    ? (await networkRepositories(loaded, distribution, path.join(scratch, 'keys'))).filter(
        ({ id }) => local.length === 0 || updates !== 'off' || id.startsWith('repository-'),
      )
    : [];
  const request: PlanRequest = {
    repositories: [...local, ...network],
    install,
    exclude: definition.packages.remove,
    tree,
    definition,
    database: distribution.database(definition.release).folder,
    folder: scratch,
  };
  try {
    return { request, plan: await manager.plan(request, ports), online: network.length > 0 };
  } catch (error) {
    const optional = local.length > 0 && updates === 'auto' && loaded.repositories.length === 0;
    if (!optional || network.length === 0 || !isUnreachable(error)) {
      throw error;
    }
    ports.log.warning(`Built from the medium alone, without later updates: ${(error as UserError).message}`);
    const alone = { ...request, repositories: local };
    return { request: alone, plan: await manager.plan(alone, ports), online: false };
  }
}

/** Absent is not broken: a wrong signature or a damaged index is never passed over. */
function isUnreachable(error: unknown): boolean {
  const text = error instanceof UserError ? `${error.message}\n${error.detail ?? ''}` : '';
  return (
    /Could not resolve|Couldn't resolve|Couldn't connect|Failed to connect|Connection (timed out|refused)|Network is unreachable|Timeout was reached/i.test(
      text,
    ) && !/GPG|signature|checksum|digest/i.test(text)
  );
}

async function mediumRepositories(
  { loaded, medium, scratch, ports }: FamilyContext,
  distribution: RpmDistribution,
): Promise<readonly RpmRepository[]> {
  const { definition, mirrorKey } = loaded;
  if (!medium || !['medium', 'installer'].includes(definition.source)) {
    return [];
  }
  const opened = await openMedium(medium, definition, path.join(scratch, 'medium'), ports);
  const sources = mirrorKey ? [mirrorKey] : [...vendorKeyring(distribution.vendor), ...opened.keys];
  const keys = await writeKeys(sources, path.join(scratch, 'keys/medium'), 'the medium');
  return opened.repositories.map((repository) => ({ ...repository, keys }));
}

async function bring(
  { medium, scratch, cacheFolder, ports }: FamilyContext,
  request: PlanRequest,
  manager: PackageManager,
  { packages }: Plan,
  archives: string,
): Promise<void> {
  const kept = path.join(cacheFolder ?? scratch, 'packages');
  const folders = { archives, kept, copy: path.join(scratch, 'medium'), scratch };
  await bringPackages(packages, request, manager, medium, folders, ports);
}

/** The signed indexes that were read over the network: address and digest. */
async function indexFacts(
  repositories: readonly RpmRepository[],
  { indexes }: Plan,
): Promise<readonly ResourceDescriptor[]> {
  const remote = repositories.filter(({ onMedium }) => onMedium === undefined);
  return Promise.all(
    remote.map(async ({ id, uri }) => {
      const file = indexes.find((index) => index.id === id)?.file;
      if (file === undefined) {
        throw new Error(`the index of ${id} was not kept`);
      }
      const bytes = await readFile(file);
      const revision = /<revision>([^<]{0,100})<\/revision>/.exec(bytes.toString('utf8'))?.[1] ?? '';
      return {
        name: 'repository',
        uri: `${uri}/repodata/repomd.xml`,
        digest: { sha256: createHash('sha256').update(bytes).digest('hex') },
        annotations: { id, revision },
      };
    }),
  );
}

/** Whose signatures counted: a tree that other keys vouched for is not taken from the cache. */
async function keyFacts(repositories: readonly RpmRepository[]): Promise<unknown> {
  return Promise.all(
    repositories.map(async ({ onMedium, keys }) => {
      const hash = createHash('sha256');
      for (const file of keys) {
        hash.update(await readFile(file));
      }
      return { onMedium: onMedium !== undefined, keys: hash.digest('hex') };
    }),
  );
}

/** What rpm installs of translations. */
function languagesOf(locale: string): string {
  return locale.startsWith('C.') ? 'C' : `${locale.split('_')[0]}:${locale.split('.')[0]}`;
}
