import { mkdir, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { withWorkingCopy } from '@golden-image/disk';
import {
  createStatement,
  digestFile,
  EXPORT_BUILD_TYPE,
  predicateTypes,
  type Statement,
} from '@golden-image/evidence';
import { publishAtomically, UserError, withTemporaryFolder } from '@golden-image/host';
import { readImageFolder, writeEvidence } from '@golden-image/image-folder';
import { ENGINE_VERSION } from '../version.ts';
import type { ExportFormat, ExportPorts } from './format.ts';
import { EXPORT_TOOLS, FORMATS } from './formats.ts';

export interface ExportRequest {
  /** The image folder. */
  readonly image: string;
  readonly formats: readonly ExportFormat[];
  /** In seconds: the time stamps inside the exported files; default: 1. */
  readonly epoch?: number | undefined;
  /** Who vouches for the statement: an URI. */
  readonly builderId: string;
}

/** One exported file. */
export interface ExportedFile {
  readonly format: ExportFormat;
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface ExportResult {
  readonly files: readonly ExportedFile[];
  readonly statement: string;
  /** The disk that all of them hold. */
  readonly disk: { readonly name: string; readonly sha256: string };
}

/**
 * Writes the image's disk in other formats to `exports/` of its folder, compares the content of each with the disk,
 * and states what they were made from (`evidence/50-export.json`). Files of an earlier export are replaced together.
 *
 * @throws UserError `disk-changed`, `export-differs`, those of opening a disk
 */
export async function exportImage(request: ExportRequest, ports: ExportPorts): Promise<ExportResult> {
  await ports.tools.ensure(EXPORT_TOOLS);
  const startedOn = ports.clock.now();
  const { descriptor, disk, folder } = await readImageFolder(request.image);
  const { hex } = await digestFile(disk, ['sha256'], {
    signal: ports.signal,
    onBytes: (done) =>
      ports.log.progress({ label: 'Hash the disk', done, total: descriptor.disk.size, unit: 'bytes' }),
  });
  if (hex.sha256 !== descriptor.disk.sha256) {
    throw new UserError(`The disk ${disk} is not the one that image.json names`, {
      code: 'disk-changed',
      fix: 'Pass the folder as the last action left it.',
    });
  }
  const target = path.join(folder, 'exports');
  const files = await publishAtomically(target, async (partial) => {
    await mkdir(partial, { recursive: true });
    return withWorkingCopy(disk, ports, async (copy) => {
      const made: Omit<ExportedFile, 'file'>[] = [];
      for (const format of [...new Set(request.formats)]) {
        ports.log.info(`Export ${format}`);
        const file = path.join(partial, nameOf(descriptor, format));
        // An earlier format may have padded it.
        await truncate(copy.file, copy.virtualSize);
        const input = {
          descriptor,
          raw: copy.file,
          virtualSize: copy.virtualSize,
          epoch: request.epoch ?? 1,
        };
        await withTemporaryFolder(
          'export',
          async (scratch) => {
            await FORMATS[format].make({ ...input, scratch }, file, ports);
            await compare(format, file, copy.file, scratch, ports);
          },
          copy.folder,
        );
        const digest = await digestFile(file, ['sha256'], { signal: ports.signal });
        made.push({ format, size: (await stat(file)).size, sha256: digest.hex.sha256 });
      }
      return made;
    });
  });
  const named = files.map((file) => ({ ...file, file: path.join(target, nameOf(descriptor, file.format)) }));
  const source = { name: descriptor.disk.file, sha256: descriptor.disk.sha256 };
  const statement = await writeEvidence(
    folder,
    '50-export',
    exportStatement(named, source, { ...request, startedOn, finishedOn: ports.clock.now() }),
  );
  return { files: named, statement, disk: source };
}

function nameOf(
  { name, version }: { readonly name: string; readonly version: string },
  format: ExportFormat,
): string {
  return `${name}-${version}.${FORMATS[format].extension}`;
}

/** Reads the exported file back: a guest must find the same bytes in it. */
async function compare(
  format: ExportFormat,
  file: string,
  raw: string,
  scratch: string,
  ports: ExportPorts,
): Promise<void> {
  const [opened, driver] = await FORMATS[format].open(file, scratch, ports);
  const { code, stdout } = await ports.exec({
    command: 'qemu-img',
    args: ['compare', '-f', 'raw', '-F', driver, '--', raw, opened],
    okCodes: [0, 1],
  });
  if (code !== 0) {
    throw new UserError(`The ${format} file does not hold what the disk holds`, {
      code: 'export-differs',
      fix: 'Report this with the version of qemu-img; the disk itself is as it was.',
      detail: stdout,
    });
  }
  await rm(path.join(scratch, 'unpacked'), { recursive: true, force: true });
}

function exportStatement(
  files: readonly ExportedFile[],
  disk: { readonly name: string; readonly sha256: string },
  facts: { readonly builderId: string; readonly startedOn: Date; readonly finishedOn: Date },
): Statement {
  const subjects = files.map(({ file, sha256 }) => ({
    name: `exports/${path.basename(file)}`,
    digest: { sha256 },
  }));
  const [first] = subjects;
  if (!first) {
    throw new UserError('No format was named', { code: 'no-format', fix: 'Name formats to export.' });
  }
  const statement = createStatement({
    subject: first,
    predicateType: predicateTypes.provenance,
    predicate: {
      buildDefinition: {
        buildType: EXPORT_BUILD_TYPE,
        externalParameters: { formats: files.map(({ format }) => format) },
        internalParameters: {},
        resolvedDependencies: [{ name: 'input', uri: disk.name, digest: { sha256: disk.sha256 } }],
      },
      runDetails: {
        builder: { id: facts.builderId, version: { 'build-image': ENGINE_VERSION } },
        metadata: { startedOn: facts.startedOn.toISOString(), finishedOn: facts.finishedOn.toISOString() },
      },
    },
  });
  return { ...statement, subject: subjects };
}
