import { createReadStream, createWriteStream } from 'node:fs';
import { chown, link, lstat, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Statement, stableJson } from '@golden-image/evidence';
import { publishAtomically } from '@golden-image/host';
import { type ImageDescriptor, writeDescriptor } from '@golden-image/image-folder';
import type { HardeningRecordFile } from './history/record.ts';
import type { Scan } from './scap/scanner.ts';
import type { Target } from './target.ts';

/** What is written beside the disk. */
export interface Documents {
  readonly html: string;
  readonly sarif: Record<string, unknown>;
  /** For programs, and the next run. */
  readonly record: HardeningRecordFile;
  readonly before: Scan;
  readonly after: Scan;
  readonly statement: Statement | undefined;
}

/** Paths of what was written. */
export interface Published {
  readonly html: string;
  readonly sarif: string;
  readonly arf: string;
  readonly json: string;
  readonly statement: string | undefined;
}

/**
 * Writes the result. An image folder is made anew beside the old one (what did not change as hard links) and takes its
 * place by a rename: disk, descriptor, evidence and reports change together or not at all. Of a bare disk, the reports
 * are written first and the disk is then replaced by a rename.
 *
 * @param writeDisk writes the changed disk to a path; undefined when it did not change
 */
export async function publish(
  target: Target,
  documents: Documents,
  changed:
    | {
        readonly write: (file: string) => Promise<{ readonly sha256: string; readonly size: number }>;
      }
    | undefined,
): Promise<Published> {
  const { folder } = target;
  if (!folder) {
    const home = `${target.disk}.hardening`;
    await publishAtomically(home, async (partial) => {
      await mkdir(partial, { recursive: true });
      await writeDocuments(partial, documents);
    });
    if (changed) {
      await publishAtomically(target.disk, (partial) => changed.write(partial));
    }
    return paths(home, documents);
  }
  await publishAtomically(folder.folder, async (partial) => {
    await linkTree(folder.folder, partial, new Set(changed ? [folder.descriptor.disk.file] : []));
    if (changed) {
      const { sha256, size } = await changed.write(path.join(partial, folder.descriptor.disk.file));
      const descriptor: ImageDescriptor = {
        ...folder.descriptor,
        disk: { ...folder.descriptor.disk, sha256, size },
      };
      await rm(path.join(partial, 'image.json'));
      await writeDescriptor(partial, descriptor);
    }
    await writeDocuments(partial, documents);
    await takeOwner(folder.folder, partial);
  });
  return paths(folder.folder, documents);
}

function paths(home: string, documents: Documents): Published {
  const reports = path.join(home, 'reports');
  return {
    html: path.join(reports, 'harden.html'),
    sarif: path.join(reports, 'harden.sarif'),
    json: path.join(reports, 'harden.json'),
    arf: path.join(reports, 'harden-arf.xml.gz'),
    statement: documents.statement ? path.join(home, 'evidence', '30-harden.json') : undefined,
  };
}

/** New files take the place of links: an older folder's content is never written through one. */
async function writeDocuments(home: string, documents: Documents): Promise<void> {
  const reports = path.join(home, 'reports');
  await mkdir(reports, { recursive: true });
  const write = (file: string, text: string): Promise<void> => replaceFile(path.join(home, file), text);
  await write('reports/harden.html', documents.html);
  await write('reports/harden.sarif', stableJson(documents.sarif));
  await write('reports/harden.json', stableJson(documents.record));
  if (documents.after.arfFile !== undefined) {
    await compress(documents.after.arfFile, path.join(reports, 'harden-arf.xml.gz'));
  }
  await compress(documents.before.resultsFile, path.join(reports, 'harden-before-xccdf.xml.gz'));
  await compress(documents.after.resultsFile, path.join(reports, 'harden-after-xccdf.xml.gz'));
  if (documents.statement) {
    await mkdir(path.join(home, 'evidence'), { recursive: true });
    await write('evidence/30-harden.json', stableJson(documents.statement));
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text, { flag: 'wx' });
}

async function compress(source: string, target: string): Promise<void> {
  await rm(target, { force: true });
  await pipeline(
    createReadStream(source),
    createGzip({ level: 6 }),
    createWriteStream(target, { flags: 'wx' }),
  );
}

/** The same folders with the same files as hard links; symbolic links and special files are not ours and stay out. */
async function linkTree(from: string, to: string, leaveOut: ReadonlySet<string>): Promise<void> {
  const { mode } = await stat(from);
  await mkdir(to, { recursive: true, mode });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      await linkTree(source, target, new Set());
    } else if (entry.isFile() && !leaveOut.has(entry.name)) {
      await link(source, target);
    }
  }
}

/** We may be root for the sake of the mounts: the folder's owner stays the owner of what is in it. */
async function takeOwner(model: string, folder: string): Promise<void> {
  const { uid, gid } = await stat(model);
  const visit = async (file: string): Promise<void> => {
    const stats = await lstat(file);
    if (stats.uid !== uid || stats.gid !== gid) {
      await chown(file, uid, gid);
    }
    if (stats.isDirectory()) {
      for (const name of await readdir(file)) {
        await visit(path.join(file, name));
      }
    }
  };
  await visit(folder);
}
