import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestFile, stableJson } from '@golden-image/evidence';
import { publishAtomically, UserError } from '@golden-image/host';
import { type ImageDescriptor, writeDescriptor, writeEvidence } from '@golden-image/image-folder';
import { type BuildPorts, type Stopwatch, stopwatch } from './context.ts';
import { type LoadedDefinition, readDefinition } from './definition/read.ts';
import type { Definition } from './definition/schema.ts';
import { assembleDisk } from './disk/assemble.ts';
import { diskKey } from './disk/disk-key.ts';
import { keptDisk } from './disk/kept-disk.ts';
import { planLayout } from './disk/layout.ts';
import { writeQcow2 } from './disk/qcow2.ts';
import { exportImage } from './export/export-image.ts';
import { EXPORT_FORMATS } from './export/format.ts';
import { explainFailure, usablePath } from './failures.ts';
import { familyOf } from './family/families.ts';
import type { NeededPackage } from './family/family.ts';
import { checkArchitecture } from './foreign-programs.ts';
import { checkHost, type HostState } from './host-check.ts';
import { hostFacts } from './host-facts.ts';
import { derivedUuid } from './ids.ts';
import { provenance } from './provenance.ts';
import type { Component } from './sbom/component.ts';
import { cyclonedxDocument } from './sbom/cyclonedx.ts';
import { type SbomContext, spdxDocument } from './sbom/spdx.ts';
import type { SourceContext, SourceResult } from './source/image-source.ts';
import { SOURCES } from './source/sources.ts';
import { type VerifiedMedium, verifyMedium } from './source/verified-medium.ts';
import { buildTools } from './tools.ts';
import { ENGINE_VERSION } from './version.ts';
import { explainPackages } from './why/explain.ts';

const DISK = 'disk.qcow2';

export interface BuildRequest {
  /** Path of `image.yml`. */
  readonly definition: string;
  /** Of the image; default: the definition's. */
  readonly version?: string | undefined;
  /** Path of the ISO or disk and of its statement; needed unless the definition's source is `repository`. */
  readonly medium?: string | undefined;
  readonly mediumStatement?: string | undefined;
  /** The image folder to make; an existing one is replaced. */
  readonly output: string;
  /** Where root trees are kept between builds; undefined: nowhere. */
  readonly cacheFolder?: string | undefined;
  /** In seconds; default: when the newest package was made. */
  readonly sourceDateEpoch?: number | undefined;
  /** Build even on a host with pending security updates or past its end of life. */
  readonly allowOutdatedHost: boolean;
  /** Name and version of the runner's image, where there is one. */
  readonly runnerImage?: string | undefined;
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
  /** Whether the root tree came from the cache. */
  readonly cacheHit: boolean;
  /** Whether the whole disk did. */
  readonly diskCacheHit: boolean;
  readonly epoch: number;
  readonly medium: VerifiedMedium | undefined;
  /** Wall time of each step in seconds. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * Builds an image folder: disk, descriptor, SBOM in two formats, evidence. Needs root. The folder appears whole or not
 * at all.
 *
 * @throws UserError for everything that the definition, the medium or the host is to blame for
 */
export async function buildImage(request: BuildRequest, ports: BuildPorts): Promise<BuildResult> {
  const loaded = await readDefinition(request.definition, request.version);
  // The partitions are checked before anything else is done.
  planLayout(loaded.definition, '');
  const output = usablePath(request.output);
  const cacheFolder = request.cacheFolder === undefined ? undefined : usablePath(request.cacheFolder);
  if (cacheFolder !== undefined) {
    await mkdir(cacheFolder, { recursive: true, mode: 0o700 });
  }
  await ports.tools.ensure(buildTools(loaded.definition));
  await mkdir(path.dirname(output), { recursive: true });
  await checkArchitecture(loaded.definition, path.dirname(output), ports);
  const timer = stopwatch(ports);
  // Takes seconds, while packages are chosen: awaited before anything is made of them.
  const host = timer.step('check the host', () => checkHost(request.allowOutdatedHost, cacheFolder, ports));
  host.catch(() => {});
  try {
    const built = await publishAtomically(output, async (partial) => {
      const scratch = path.join(partial, 'scratch');
      await mkdir(scratch, { recursive: true });
      const result = await buildInto(
        partial,
        scratch,
        loaded,
        { ...request, cacheFolder },
        host,
        ports,
        timer,
      );
      await rm(scratch, { recursive: true, force: true });
      const formats = EXPORT_FORMATS.filter(
        (format) => format !== 'qcow2' && loaded.definition.formats.includes(format),
      );
      if (formats.length > 0) {
        const { builderId } = request;
        await timer.step('formats', () =>
          exportImage({ image: partial, formats, epoch: result.epoch, builderId }, ports),
        );
      }
      // Where no program ran any more, nothing has heard of it yet.
      ports.signal.throwIfAborted();
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
  } finally {
    // Nothing of a build outlives it.
    await host.catch(() => {});
  }
}

async function buildInto(
  folder: string,
  scratch: string,
  loaded: LoadedDefinition,
  request: BuildRequest,
  hostCheck: Promise<HostState>,
  ports: BuildPorts,
  timer: Stopwatch,
) {
  const startedOn = ports.clock.now();
  const { definition } = loaded;
  const facts = await hostFacts(ports);
  const medium = await timer.step('verify the medium', () => openMedium(loaded, request, ports));
  const family = familyOf(definition);
  const { cacheFolder } = request;
  const shared = { loaded, medium, scratch, cacheFolder, hostPackages: facts.packages, ports };
  const system = await timer.step('sources', () => family.open(shared));
  const needed = family.neededPackages(definition);
  const wanted = [...new Set([...needed.map(({ name }) => name), ...definition.packages.add])].sort();
  const context: SourceContext = {
    ...shared,
    system,
    wanted,
    timer,
    sourceDateEpoch: request.sourceDateEpoch,
    hostAccepted: () => hostCheck,
  };
  const source = await sourceOf(loaded)(context);
  const { epoch } = source;
  const seed = `${loaded.sha256} ${source.key} ${epoch}`;
  const disk = path.join(folder, DISK);
  const make = async () => {
    const raw = await timer.step('disk', () => diskOf(source, context, seed));
    return timer.step('qcow2', () => writeQcow2(raw, disk, ports));
  };
  const key = diskKey({ loaded, traits: system.traits, seed, hostPackages: facts.packages });
  const { sha256, virtualSize, hit } = await keptDisk(key, cacheFolder, disk, make, ports);
  if (hit) {
    ports.log.info('disk: from the cache');
  }
  const { size } = await stat(disk);
  const components = await timer.step('SBOM', () =>
    system.components(source.root, source.packages, source.complete),
  );
  const byproducts = await writeSboms(folder, components, {
    ...definition,
    created: new Date(epoch * 1000),
    uuid: derivedUuid(seed, 'sbom'),
    tool: { name: 'golden-image-build-image', version: ENGINE_VERSION },
  });
  await mkdir(path.join(folder, 'reports'), { recursive: true });
  const reasons = explainPackages(components, asked(definition, needed), BASE_REASONS[definition.source]);
  await writeFile(path.join(folder, 'reports/packages.json'), stableJson(reasons));
  const descriptor: ImageDescriptor = {
    schemaVersion: 1,
    name: definition.name,
    version: definition.version,
    class: definition.class,
    distribution: definition.distribution,
    release: definition.release,
    architecture: definition.architecture,
    firmware: definition.firmware === 'both' ? ['bios', 'uefi'] : [definition.firmware],
    disk: { file: DISK, format: 'qcow2', size, virtualSize, sha256 },
  };
  await writeDescriptor(folder, descriptor);
  await mkdir(path.join(folder, 'evidence'), { recursive: true });
  if (medium && request.mediumStatement) {
    // Byte for byte: a signature of the statement stays valid.
    await copyFile(request.mediumStatement, path.join(folder, 'evidence/10-media.json'));
  }
  const statement = provenance({
    disk: { name: DISK, sha256 },
    loaded,
    medium,
    packages: source.packages,
    epoch,
    indexes: source.repositories,
    repositories: system.repositories,
    builder: { id: request.builderId, version: ENGINE_VERSION },
    host: {
      ...facts,
      ...(await hostCheck),
      ...(request.runnerImage ? { runnerImage: request.runnerImage } : {}),
    },
    cacheHit: source.cacheHit,
    startedOn,
    finishedOn: ports.clock.now(),
    byproducts,
  });
  await writeEvidence(folder, '20-build', statement);
  const { cacheHit } = source;
  return { descriptor, packageCount: components.length, cacheHit, diskCacheHit: hit, epoch, medium };
}

/** Why packages that nothing asked for are there. */
const BASE_REASONS = {
  medium: 'base system',
  repository: 'base system',
  disk: "on the vendor's disk",
  installer: "installed by the vendor's installer",
} as const;

function asked(definition: Definition, needed: readonly NeededPackage[]) {
  return [
    ...definition.packages.add.map((name) => [name, 'added by the definition'] as const),
    ...needed.map(({ name, why }) => [name, `for a bootable system: ${why}`] as const),
  ];
}

function sourceOf({ definition }: LoadedDefinition) {
  return SOURCES[definition.source];
}

/** The raw disk. */
async function diskOf({ root, epoch }: SourceResult, context: SourceContext, seed: string): Promise<string> {
  const { loaded, scratch, system, ports } = context;
  const layout = planLayout(loaded.definition, seed);
  const { traits } = system;
  return assembleDisk({ tree: root, loaded, traits, layout, seed, epoch, scratch }, ports);
}

async function writeSboms(folder: string, components: readonly Component[], context: SbomContext) {
  const documents = {
    'sbom.spdx.json': spdxDocument(context, components),
    'sbom.cdx.json': cyclonedxDocument(context, components),
  };
  return Promise.all(
    Object.entries(documents).map(async ([name, document]) => {
      const file = path.join(folder, name);
      await writeFile(file, stableJson(document));
      return { name, digest: (await digestFile(file, ['sha256'])).hex };
    }),
  );
}

async function openMedium(
  { definition }: LoadedDefinition,
  request: BuildRequest,
  ports: BuildPorts,
): Promise<VerifiedMedium | undefined> {
  if (definition.source === 'repository') {
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
