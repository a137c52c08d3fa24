import { copyFile, mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import type { LoadedDefinition } from '../definition/read.ts';
import { type PrivateApt, privateApt } from './apt.ts';
import type { AptSource } from './apt-sources.ts';
import { extract, extractIndex, type VerifiedMedium } from './medium.ts';
import { newestMember, type ResolvedPackage } from './packages.ts';

/** Where packages come from: an apt that sees them, and a way to get their files. */
export interface PackageSource {
  readonly apt: PrivateApt;
  /** Brings the files of these packages into `apt.archives`, under their `file` names. */
  readonly fetch: (packages: readonly ResolvedPackage[]) => Promise<void>;
}

/** The pool of a verified ISO; no network. */
export async function mediumSource(
  medium: VerifiedMedium,
  loaded: LoadedDefinition,
  scratch: string,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<PackageSource> {
  const copy = path.join(scratch, 'medium');
  const { architecture } = loaded.definition;
  const components = await extractIndex(medium, loaded.suite, architecture, copy, ports);
  // The digest of the whole ISO was verified: that is what the trust comes from, a Release on an ISO is not signed.
  const sources = [`deb [trusted=yes] copy:${encodeURI(copy)} ${loaded.suite} ${components.join(' ')}`];
  const archives = path.join(scratch, 'archives');
  const apt = await privateApt(
    path.join(scratch, 'apt'),
    { architecture, sources, network: false, archives },
    ports,
  );
  return {
    apt,
    fetch: async (packages) => {
      await extract(
        medium,
        packages.map(({ filename }) => filename),
        copy,
        ports,
      );
      for (const { filename, file } of packages) {
        await rename(path.join(copy, filename), path.join(archives, file));
      }
    },
  };
}

/** The distribution's signed repositories; apt checks signatures with the distribution's key ring. */
export async function repositorySource(
  aptSources: readonly AptSource[],
  loaded: LoadedDefinition,
  keyring: string,
  cacheFolder: string | undefined,
  scratch: string,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<PackageSource> {
  const { architecture } = loaded.definition;
  const sources = aptSources.map(
    ({ uri, suite, components }) => `deb [signed-by=${keyring}] ${uri} ${suite} ${components.join(' ')}`,
  );
  const archives = path.join(scratch, 'archives');
  const kept = path.join(cacheFolder ?? scratch, 'packages');
  const apt = await privateApt(
    path.join(scratch, 'apt'),
    { architecture, sources, network: true, archives: kept },
    ports,
  );
  return {
    apt: { ...apt, archives },
    fetch: async (packages) => {
      await mkdir(archives, { recursive: true });
      const exact = packages.map(
        ({ name, version, architecture: own }) => `${name}:${own === 'all' ? architecture : own}=${version}`,
      );
      // apt compares what it keeps and what it fetches with the signed indexes' digests.
      await apt.run(['install', '--download-only', '--no-install-recommends', ...exact]);
      for (const { file } of packages) {
        await copyFile(path.join(kept, file), path.join(archives, file));
      }
    },
  };
}

/** When the newest of the packages was made, in seconds. */
export async function newestPackage(archives: string, packages: readonly ResolvedPackage[]): Promise<number> {
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
