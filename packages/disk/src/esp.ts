import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '@golden-image/host';
import { ESP_TOOLS } from './tools.ts';

type EspPorts = Pick<Ports, 'exec' | 'tools'>;

/** An EFI system partition that was opened without the kernel's help, as a folder. */
export interface OpenedEsp {
  /** Writes what changed in the folder back into the partition. */
  readonly save: () => Promise<void>;
}

/**
 * Copies an EFI system partition (FAT) into `folder` with mtools, for kernels without vfat.
 *
 * @param image `<file>@@<offset>`, as mtools names a file system within a file
 * @param mask what vfat's `umask=` option takes away from all permissions
 */
export async function openEsp(
  image: string,
  folder: string,
  mask: number,
  ports: EspPorts,
): Promise<OpenedEsp> {
  await ports.tools.ensure(ESP_TOOLS);
  await mkdir(folder, { recursive: true });
  await mtools('mcopy', image, ['-s', '-n', '-p', '-m', '::/', folder], ports);
  await restrict(folder, 0o777 & ~mask);
  const before = await describeTree(folder);
  return {
    save: async () => {
      const after = await describeTree(folder);
      // Parents come before what is in them, and go after it.
      for (const [name, digest] of after) {
        if (digest === FOLDER && !before.has(name)) {
          await mtools('mmd', image, [`::/${name}`], ports);
        } else if (digest !== FOLDER && before.get(name) !== digest) {
          await mtools('mcopy', image, ['-o', '-m', path.join(folder, name), `::/${name}`], ports);
        }
      }
      for (const [name, digest] of [...before].reverse()) {
        if (!after.has(name)) {
          await mtools(digest === FOLDER ? 'mrd' : 'mdel', image, [`::/${name}`], ports);
        }
      }
    },
  };
}

async function mtools(
  command: string,
  image: string,
  args: readonly string[],
  { exec }: EspPorts,
): Promise<void> {
  // Without the check mtools refuses file systems whose geometry is not a floppy's.
  const env = { ...process.env, MTOOLS_SKIP_CHECK: '1', MTOOLSRC: '/dev/null' };
  await exec({ command, args: ['-i', image, ...args], env, timeoutMs: 120_000 });
}

const FOLDER = 'folder';

/** Relative path to a digest of the content, parents first. */
async function describeTree(folder: string, below = ''): Promise<ReadonlyMap<string, string>> {
  const tree = new Map<string, string>();
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(below, entry.name);
    if (entry.isDirectory()) {
      tree.set(name, FOLDER);
      for (const [inner, digest] of await describeTree(folder, name)) {
        tree.set(inner, digest);
      }
    } else if (entry.isFile()) {
      const data = await readFile(path.join(folder, name));
      tree.set(name, createHash('sha256').update(data).digest('hex'));
    }
  }
  return tree;
}

async function restrict(folder: string, mode: number): Promise<void> {
  await chmod(folder, mode);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    await (entry.isDirectory() ? restrict(file, mode) : chmod(file, mode));
  }
}

/** The mask of an fstab line for vfat; the kernel's default is the mounting process's: 022. */
export function maskOf(options: readonly string[]): number {
  const value = options.map((option) => /^(?:umask|fmask)=([0-7]{1,4})$/.exec(option)?.[1]).findLast(Boolean);
  return value === undefined ? 0o022 : Number.parseInt(value, 8);
}
