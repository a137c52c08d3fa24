import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports } from '@golden-image/host';
import type { FileSystemType } from '../disk/layout.ts';
import { CLAMP_TIMES } from '../tree/clamp-times.ts';
import { environment } from '../tree/environment.ts';
import { installFailed, lines } from './build-tree.ts';
import type { DebPackage } from './packages.ts';
import { CHANGE, CLEAN_TREE, FINISH_TREE } from './scripts.ts';

/** Part of the cache's key. */
export const CHANGE_FACTS = [CHANGE, FINISH_TREE, CLEAN_TREE, CLAMP_TIMES] as const;

export interface ChangeRequest {
  /** New or newer packages; their files lie in `archives`. */
  readonly packages: readonly DebPackage[];
  readonly archives: string;
  /** Names to purge. */
  readonly removed: readonly string[];
  readonly filesystem: FileSystemType;
  readonly epoch: number;
  readonly scratch: string;
}

/**
 * Changes the packages of a tree that comes from a vendor's disk, and makes its initrd again.
 *
 * @throws UserError `package-script-failed` naming the package
 */
export async function changeTree(
  tree: string,
  request: ChangeRequest,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<void> {
  const { scratch, archives, packages, removed, epoch } = request;
  const stage = path.join(scratch, 'tree-stage');
  await mkdir(path.join(stage, 'log'), { recursive: true });
  await mkdir(archives, { recursive: true });
  await symlink(archives, path.join(stage, 'archives'));
  const texts: Readonly<Record<string, string>> = {
    all: lines(packages.map(({ file }) => `/mnt/${file}`)),
    removed: lines(removed),
    fstab: `LABEL=root / ${request.filesystem} defaults 0 1\n`,
    change: CHANGE,
    finish: `${FINISH_TREE}${CLEAN_TREE}${CLAMP_TIMES}`,
  };
  await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(path.join(stage, name), text)));
  const onLine = (line: string): void => ports.log.debug(line);
  const args = [path.join(stage, 'change'), tree, stage];
  await ports
    .exec(confined({ command: 'sh', args, env: environment(epoch), onLine }))
    .catch((error: unknown) => {
      throw installFailed(error);
    });
}
