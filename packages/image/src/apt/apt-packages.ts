import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import type { BuildPorts } from '../context.ts';
import { extract, type VerifiedMedium } from '../source/verified-medium.ts';
import { type DebPackage, newestMember } from './packages.ts';
import type { PrivateApt } from './private-apt.ts';

const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Brings the packages' files into `archives` under their `file` names: from the medium, whose digest was verified, or
 * over the network into `kept`, compared with the digests of the signed index.
 *
 * @param medium with the folder that its index was copied to: apt calls its packages `copy:` URIs there
 */
export async function fetchPackages(
  packages: readonly DebPackage[],
  folders: { readonly archives: string; readonly kept: string },
  medium: { readonly verified: VerifiedMedium; readonly copy: string } | undefined,
  apt: PrivateApt,
  ports: BuildPorts,
): Promise<void> {
  const { archives, kept } = folders;
  await mkdir(archives, { recursive: true });
  const local = packages.filter(({ uri }) => uri.startsWith('copy:'));
  if (medium && local.length > 0) {
    await extract(
      medium.verified,
      local.map(({ filename }) => filename),
      medium.copy,
      ports,
    );
    for (const { filename, file } of local) {
      await rename(path.join(medium.copy, filename), path.join(archives, file));
    }
  }
  const remote = packages.filter(({ uri }) => !uri.startsWith('copy:'));
  if (remote.length > 0) {
    await mkdir(kept, { recursive: true });
  }
  const missing: DebPackage[] = [];
  for (const entry of remote) {
    const file = path.join(kept, entry.file);
    if (!(await isWhole(file, entry))) {
      // apt would try to go on where it ends.
      await rm(file, { force: true });
      missing.push(entry);
    }
  }
  if (missing.length > 0) {
    const exact = missing.map(({ name, architecture, version }) => `${name}:${architecture}=${version}`);
    // apt compares what it fetches with the signed indexes' digests.
    await apt.run(['download', ...exact], { network: true, cwd: kept });
  }
  const now = new Date();
  for (const { file } of remote) {
    const [source, target] = [path.join(kept, file), path.join(archives, file)];
    await utimes(source, now, now);
    await link(source, target).catch(() => copyFile(source, target));
  }
  if (remote.length > 0) {
    await removeUnused(kept, now);
  }
}

/** Packages that no build took for a month. */
async function removeUnused(kept: string, now: Date): Promise<void> {
  for (const name of (await readdir(kept)).filter((entry) => entry.endsWith('.deb'))) {
    const file = path.join(kept, name);
    const used = await stat(file).catch(() => undefined);
    if (used && now.getTime() - used.mtimeMs > KEEP_MS) {
      await rm(file, { force: true });
    }
  }
}

async function isWhole(file: string, { size, sha256 }: DebPackage): Promise<boolean> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes?.length === size && createHash('sha256').update(bytes).digest('hex') === sha256;
}

/** When the newest of the packages was made, in seconds. */
export async function newestPackage(archives: string, packages: readonly DebPackage[]): Promise<number> {
  const heads = await Promise.all(
    packages.map(async ({ file, name }) => {
      const handle = await open(path.join(archives, file), 'r');
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(68), 0, 68, 0);
        if (bytesRead < 68) {
          throw new UserError(`The package ${name} is cut off`, {
            code: 'repository-unusable',
            fix: 'Verify the medium again.',
          });
        }
        return buffer;
      } finally {
        await handle.close();
      }
    }),
  );
  return newestMember(heads);
}
