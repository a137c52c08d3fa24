import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestFile, stableJson } from '@golden-image/evidence';
import { confined, type Ports, publishAtomically, UserError } from '@golden-image/host';
import { type ImageDescriptor, writeDescriptor, writeEvidence } from '@golden-image/image-folder';
import { type LoadedDefinition, readDefinition } from './definition/read.ts';
import { assembleDisk } from './disk/assemble.ts';
import { planLayout } from './disk/layout.ts';
import { explainFailure, usablePath } from './failures.ts';
import { hostFacts } from './host-facts.ts';
import { derivedUuid } from './ids.ts';
import { provenance } from './provenance.ts';
import { installedComponents } from './sbom/components.ts';
import { cyclonedxDocument } from './sbom/cyclonedx.ts';
import { type SbomContext, spdxDocument } from './sbom/spdx.ts';
import { resolvePackages } from './source/apt.ts';
import { deb822Sources, defaultSources, withMirror } from './source/apt-sources.ts';
import { type VerifiedMedium, verifyMedium } from './source/medium.ts';
import { mediumSource, newestPackage, repositorySource } from './source/open-source.ts';
import type { ResolvedPackage } from './source/packages.ts';
import { neededPackages } from './tree/base-packages.ts';
import { buildTree } from './tree/build-tree.ts';
import { cachedTree, treeKey } from './tree/cache.ts';
import { ENGINE_VERSION } from './version.ts';

const DISK = 'disk.qcow2';
/** Debian's archive keys on the host; a package of every Debian and Ubuntu. */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

export interface BuildRequest {
  /** Path of `image.yml`. */
  readonly definition: string;
  /** Path of the ISO and of its statement; needed when the definition's source is `medium`. */
  readonly medium?: string | undefined;
  readonly mediumStatement?: string | undefined;
  /** The image folder to make; an existing one is replaced. */
  readonly output: string;
  /** Where root trees are kept between builds; undefined: nowhere. */
  readonly cacheFolder?: string | undefined;
  /** In seconds; default: when the newest package was made. */
  readonly sourceDateEpoch?: number | undefined;
  /** Who vouches for the statement: an URI. */
  readonly builderId: string;
}

export interface BuildResult {
  readonly folder: string;
  readonly disk: string;
  readonly descriptor: ImageDescriptor;
  readonly sbom: string;
  readonly statement: string;
  readonly packageCount: number;
  readonly cacheHit: boolean;
  readonly epoch: number;
  readonly medium: VerifiedMedium | undefined;
  /** Wall time of each step in seconds. */
  readonly seconds: Readonly<Record<string, number>>;
}

type BuildPorts = Pick<Ports, 'exec' | 'log' | 'clock' | 'signal'>;

/**
 * Builds an image folder: disk, descriptor, SBOM in two formats, evidence. Needs root. The folder appears whole or not
 * at all.
 *
 * @throws UserError for everything that the definition, the medium or the host is to blame for
 */
export async function buildImage(request: BuildRequest, ports: BuildPorts): Promise<BuildResult> {
  const loaded = await readDefinition(request.definition);
  // The partitions are checked before anything else is done.
  planLayout(loaded.definition, '');
  const output = usablePath(request.output);
  const cacheFolder = request.cacheFolder === undefined ? undefined : usablePath(request.cacheFolder);
  if (cacheFolder !== undefined) {
    await mkdir(cacheFolder, { recursive: true, mode: 0o700 });
  }
  const timer = stopwatch(ports);
  try {
    const built = await publishAtomically(output, async (partial) => {
      const scratch = path.join(partial, 'scratch');
      await mkdir(scratch, { recursive: true });
      const result = await buildInto(partial, scratch, loaded, { ...request, cacheFolder }, ports, timer);
      await rm(scratch, { recursive: true, force: true });
      return result;
    });
    return {
      ...built,
      folder: output,
      disk: path.join(output, DISK),
      sbom: path.join(output, 'sbom.spdx.json'),
      statement: path.join(output, 'evidence/20-build.json'),
      seconds: timer.seconds,
    };
  } catch (error) {
    throw explainFailure(error);
  }
}

async function buildInto(
  folder: string,
  scratch: string,
  loaded: LoadedDefinition,
  request: BuildRequest,
  ports: BuildPorts,
  timer: Stopwatch,
) {
  const startedOn = ports.clock.now();
  const { definition, suite } = loaded;
  const { architecture } = definition;
  const medium = await timer.step('verify the medium', () => openMedium(loaded, request, ports));
  const aptSources = withMirror(
    await timer.step('sources', () => defaultSources(suite, architecture, scratch, ports)),
    definition.mirror,
  );
  const wanted = wantedPackages(loaded);
  const { source, packages } = await timer.step('choose packages', async () => {
    const source = medium
      ? await mediumSource(medium, loaded, scratch, ports)
      : await repositorySource(aptSources, loaded, KEYRING, request.cacheFolder, scratch, ports);
    return {
      source,
      packages: await resolvePackages(source.apt, { add: wanted, remove: definition.packages.remove }),
    };
  });
  ports.log.info(`${packages.length} packages, ${(sum(packages) / 1e6).toFixed(0)} MB`);
  const locales = definition.locale.startsWith('C.') ? [] : [`${definition.locale} UTF-8`];
  const key = treeKey({ suite, architecture, packages, wanted, locales, epoch: request.sourceDateEpoch });
  const tree = await timer.step('root tree', () =>
    cachedTree(key, request.cacheFolder, scratch, async (root) => {
      await source.fetch(packages);
      const { archives } = source.apt;
      const epoch = request.sourceDateEpoch ?? (await newestPackage(archives, packages));
      await mkdir(path.dirname(root), { recursive: true });
      await buildTree(
        root,
        { suite, architecture, packages, archives, wanted, epoch, scratch, locales },
        ports,
      );
      return epoch;
    }),
  );
  const { epoch } = tree;
  const seed = `${loaded.sha256} ${key} ${epoch}`;
  const layout = planLayout(definition, seed);
  const raw = await timer.step('disk', () =>
    assembleDisk(
      { tree: tree.root, loaded, layout, aptSources: deb822Sources(aptSources), seed, epoch, scratch },
      ports,
    ),
  );
  const disk = path.join(folder, DISK);
  const sha256 = await timer.step('qcow2', () => convert(raw, disk, ports));
  const { size } = await stat(disk);
  const components = await timer.step('SBOM', async () => {
    const found = await installedComponents(tree.root, packages, definition);
    const context: SbomContext = {
      ...definition,
      created: new Date(epoch * 1000),
      uuid: derivedUuid(seed, 'sbom'),
      tool: { name: 'golden-image-build-image', version: ENGINE_VERSION },
    };
    await writeFile(path.join(folder, 'sbom.spdx.json'), stableJson(spdxDocument(context, found)));
    await writeFile(path.join(folder, 'sbom.cdx.json'), stableJson(cyclonedxDocument(context, found)));
    return found;
  });
  const descriptor: ImageDescriptor = {
    schemaVersion: 1,
    name: definition.name,
    version: definition.version,
    class: definition.class,
    distribution: definition.distribution,
    release: definition.release,
    architecture,
    firmware: definition.firmware === 'both' ? ['bios', 'uefi'] : [definition.firmware],
    disk: { file: DISK, format: 'qcow2', size, virtualSize: layout.size, sha256 },
  };
  await writeDescriptor(folder, descriptor);
  await mkdir(path.join(folder, 'evidence'), { recursive: true });
  if (medium && request.mediumStatement) {
    // Byte for byte: a signature of the statement stays valid.
    await copyFile(request.mediumStatement, path.join(folder, 'evidence/10-media.json'));
  }
  const byproducts = await Promise.all(
    ['sbom.spdx.json', 'sbom.cdx.json'].map(async (name) => ({
      name,
      digest: (await digestFile(path.join(folder, name), ['sha256'])).hex,
    })),
  );
  const statement = provenance({
    disk: { name: DISK, sha256 },
    loaded,
    medium,
    packages,
    epoch,
    repositories: aptSources.map((source) => source.uri),
    builder: { id: request.builderId, version: ENGINE_VERSION },
    host: await hostFacts(ports),
    cacheHit: tree.hit,
    startedOn,
    finishedOn: ports.clock.now(),
    byproducts,
  });
  await writeEvidence(folder, '20-build', statement);
  return { descriptor, packageCount: components.length, cacheHit: tree.hit, epoch, medium };
}

async function openMedium(
  { definition }: LoadedDefinition,
  request: BuildRequest,
  ports: BuildPorts,
): Promise<VerifiedMedium | undefined> {
  if (definition.source !== 'medium') {
    return undefined;
  }
  if (request.medium === undefined || request.mediumStatement === undefined) {
    throw new UserError('The definition builds from a medium, and none was passed', {
      code: 'medium-missing',
      fix: 'Pass the outputs of verify-iso as medium and medium-statement.',
    });
  }
  return verifyMedium(request.medium, request.mediumStatement, ports);
}

/** The names that apt is asked for: what the system needs and what the definition adds. */
function wantedPackages({ definition }: LoadedDefinition): readonly string[] {
  const names = [...neededPackages(definition).map(({ name }) => name), ...definition.packages.add];
  return [...new Set(names)].sort();
}

/** The raw disk as qcow2, compressed; written in order, so that the same disk gives the same bytes. */
async function convert(raw: string, disk: string, ports: BuildPorts): Promise<string> {
  // Confined, so that it ends with this process even when that is killed.
  await ports.exec(
    confined({
      command: 'qemu-img',
      args: [
        'convert',
        '-f',
        'raw',
        '-O',
        'qcow2',
        '-c',
        '-o',
        'compression_type=zstd',
        '-m',
        '8',
        raw,
        disk,
      ],
    }),
  );
  return (await digestFile(disk, ['sha256'], { signal: ports.signal })).hex.sha256;
}

function sum(packages: readonly ResolvedPackage[]): number {
  return packages.reduce((total, { size }) => total + size, 0);
}

interface Stopwatch {
  readonly seconds: Record<string, number>;
  readonly step: <T>(title: string, body: () => Promise<T>) => Promise<T>;
}

function stopwatch({ clock, log }: BuildPorts): Stopwatch {
  const seconds: Record<string, number> = {};
  return {
    seconds,
    step: async (title, body) => {
      const start = clock.monotonic();
      const result = await body();
      seconds[title] = (clock.monotonic() - start) / 1000;
      log.info(`${title}: ${seconds[title].toFixed(1)} s`);
      return result;
    },
  };
}
