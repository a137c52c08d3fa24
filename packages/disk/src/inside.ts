import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';

/** As the kernel limits it. */
const MAX_LINKS = 40;

/**
 * Where a path of the image lies on the host: every symbolic link, also an absolute one, is followed inside `root`,
 * as if root were `/`. The last component may be missing; with `followLast: false` it is not followed.
 *
 * @throws UserError `too-many-links`
 */
export async function pathInside(
  root: string,
  inner: string,
  options: { readonly followLast?: boolean } = {},
): Promise<string> {
  const pending = split(inner);
  let done: string[] = [];
  let links = 0;
  for (let part = pending.shift(); part !== undefined; part = pending.shift()) {
    if (part === '..') {
      done = done.slice(0, -1);
      continue;
    }
    const here = path.join(root, ...done, part);
    const isLast = pending.length === 0;
    const target = isLast && options.followLast === false ? undefined : await linkTarget(here);
    if (target === undefined) {
      done.push(part);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) {
      throw new UserError(`${inner} in the image leads through too many symbolic links`, {
        code: 'too-many-links',
        fix: 'Look at the links of the image: they go round in a circle.',
      });
    }
    if (target.startsWith('/')) {
      done = [];
    }
    pending.unshift(...split(target));
  }
  return path.join(root, ...done);
}

function split(text: string): string[] {
  return text.split('/').filter((part) => part !== '' && part !== '.');
}

async function linkTarget(file: string): Promise<string | undefined> {
  const stats = await lstat(file).catch(() => undefined);
  return stats?.isSymbolicLink() ? readlink(file) : undefined;
}
