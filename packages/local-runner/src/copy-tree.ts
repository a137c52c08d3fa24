import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, readlink, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Exec } from '@golden-image/host';

/** Larger files (bytes) go through cp, which keeps their holes. */
const LARGE = 1024 * 1024;

/** Copies one file, by a reflink where the file system can, keeping the holes of large ones. */
export async function copyRegular(exec: Exec, from: string, to: string, mode: number): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  await rm(to, { force: true });
  if ((await stat(from)).size > LARGE) {
    await exec({ command: 'cp', args: ['--reflink=auto', '--sparse=auto', '--', from, to] });
  } else {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
  await chmod(to, mode);
}

/** Copies a file with its mode, or a symbolic link as it is. */
export async function copyEntry(exec: Exec, from: string, to: string): Promise<void> {
  const info = await lstat(from);
  if (info.isSymbolicLink()) {
    await mkdir(path.dirname(to), { recursive: true });
    await rm(to, { force: true });
    await symlink(await readlink(from), to);
  } else if (info.isFile()) {
    await copyRegular(exec, from, to, info.mode & 0o777);
  }
}
