import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RootSession } from '@golden-image/disk';

/** What permissions of files say about the image. */
export interface FilePermissions {
  /** Files that anybody may write, and folders that anybody may write without the sticky bit. */
  readonly worldWritable: readonly string[];
  /** Programs that run as their owner or group, whoever starts them. */
  readonly setId: readonly string[];
}

/** Not part of the image, or made anew at boot. */
const LEFT_OUT = new Set(['/dev', '/proc', '/sys', '/run', '/tmp', '/var/tmp', '/lost+found']);
/** More entries than this is no image of a system, and would take minutes. */
const MAX_ENTRIES = 2_000_000;

/** Looks at every file of the image; links are not followed. */
export async function readPermissions(session: RootSession): Promise<FilePermissions> {
  const root = await session.hostPath('/');
  const worldWritable: string[] = [];
  const setId: string[] = [];
  let entries = 0;
  const visit = async (inner: string): Promise<void> => {
    const found = await readdir(path.join(root, inner), { withFileTypes: true }).catch(() => []);
    entries += found.length;
    const folders: string[] = [];
    await Promise.all(
      found.map(async (entry) => {
        const name = path.join(inner, entry.name);
        if (LEFT_OUT.has(name) || !(entry.isFile() || entry.isDirectory())) {
          return;
        }
        const { mode } = await lstat(path.join(root, name));
        if ((mode & 0o002) !== 0 && (entry.isFile() || (mode & 0o1000) === 0)) {
          worldWritable.push(name);
        }
        if (entry.isFile() && (mode & 0o6000) !== 0) {
          setId.push(name);
        }
        if (entry.isDirectory()) {
          folders.push(name);
        }
      }),
    );
    for (const folder of folders) {
      if (entries < MAX_ENTRIES) {
        await visit(folder);
      }
    }
  };
  await visit('/');
  return { worldWritable: worldWritable.sort(), setId: setId.sort() };
}
