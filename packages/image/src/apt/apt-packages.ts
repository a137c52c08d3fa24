import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import type { BuildPorts } from '../context.ts';
import { extract, type VerifiedMedium } from '../source/verified-medium.ts';
import { type DebPackage, newestMember } from './packages.ts';
import type { PrivateApt } from './private-apt.ts';

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
    if (!(await isWhole(path.join(kept, entry.file), entry))) {
      missing.push(entry);
    }
  }
  if (missing.length > 0) {
    const exact = missing.map(({ name, architecture, version }) => `${name}:${architecture}=${version}`);
    // apt compares what it fetches with the signed indexes' digests.
    await apt.run(['download', ...exact], { network: true, cwd: kept });
  }
  for (const { file } of remote) {
    const target = path.join(archives, file);
    await link(path.join(kept, file), target).catch(() => copyFile(path.join(kept, file), target));
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
