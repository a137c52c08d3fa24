import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import {
  type HostTool,
  type Ports,
  publishAtomically,
  ToolError,
  UserError,
  withTemporaryFolder,
} from '@golden-image/host';
import { DEBIAN_ARCHIVE_KEYS } from './archive-key.ts';

export const CONTENT_TOOLS: readonly HostTool[] = [
  { command: 'mmdebstrap', package: 'mmdebstrap' },
  { command: 'gpg', package: 'gnupg' },
];

/** Debian packages, unpacked but not installed. */
export interface UnpackedPackages {
  readonly folder: string;
  /** Package name to version. */
  readonly versions: Readonly<Record<string, string>>;
}

interface Request {
  readonly suite: string;
  readonly packages: readonly string[];
  /** Called with the unpacked tree before it is kept: prune what is not needed, refuse what does not fit. */
  readonly prepare: (unpacked: UnpackedPackages) => Promise<void>;
  readonly cache?: string;
}

/** The user's cache folder, as the XDG base directory specification has it. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'golden-image-actions', 'hardening');
}

/** After this a cached tree is fetched again, in milliseconds: a week. */
const FRESH = 7 * 24 * 3600 * 1000;

/**
 * Packages of a Debian suite with all they depend on, downloaded and verified by apt, with a configuration and a state
 * of its own (mmdebstrap's), from mmdebstrap's default mirror; unpacked, never installed. Kept in the user's cache.
 *
 * @throws UserError `content-unavailable`
 */
export async function fetchDebianPackages(
  request: Request,
  ports: Pick<Ports, 'exec' | 'log' | 'tools' | 'clock'>,
): Promise<UnpackedPackages> {
  const key = createHash('sha256')
    .update(JSON.stringify([request.suite, request.packages, 1]))
    .digest('hex')
    .slice(0, 16);
  const folder = path.join(request.cache ?? cacheFolder(), `${request.suite}-${request.packages[0]}-${key}`);
  const cached = await readManifest(folder);
  if (cached && ports.clock.now().getTime() - Date.parse(cached.fetchedOn) < FRESH) {
    return { folder, versions: cached.versions };
  }
  await ports.tools.ensure(CONTENT_TOOLS);
  ports.log.info(`Fetching ${request.packages.join(', ')} from Debian ${request.suite}`);
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  const versions = await publishAtomically(folder, async (partial) => {
    await unpack(request, partial, ports);
    const found = await versionsIn(partial, request.packages);
    await request.prepare({ folder: partial, versions: found });
    for (const leftover of ['dev', 'tmp', 'etc/apt', 'var/cache', 'var/lib/apt']) {
      await rm(path.join(partial, leftover), { recursive: true, force: true });
    }
    await chmod(partial, 0o700);
    const manifest: Manifest = { versions: found, fetchedOn: ports.clock.now().toISOString() };
    await writeFile(path.join(partial, MANIFEST), JSON.stringify(manifest));
    return found;
  });
  return { folder, versions };
}

const MANIFEST = '.golden-image.json';

interface Manifest {
  readonly versions: Readonly<Record<string, string>>;
  readonly fetchedOn: string;
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}

async function unpack(request: Request, target: string, ports: Pick<Ports, 'exec' | 'log'>): Promise<void> {
  await withTemporaryFolder('archive-keys', async (keys) => {
    const keyring = path.join(keys, 'debian-archive.asc');
    await writeFile(keyring, DEBIAN_ARCHIVE_KEYS);
    // apt's download user reads it.
    await chmod(keys, 0o755);
    const run = (extra: readonly string[]) =>
      ports.exec({
        command: 'mmdebstrap',
        args: [
          '--mode=root',
          '--variant=extract',
          '--format=directory',
          '--skip=cleanup/apt',
          `--keyring=${keyring}`,
          `--include=${request.packages.join(',')}`,
          ...extra,
          request.suite,
          target,
        ],
        // Where a killed mmdebstrap leaves its GnuPG home.
        env: { ...process.env, TMPDIR: keys },
        timeoutMs: 600_000,
      });
    try {
      await run([]);
    } catch (cause) {
      await rm(target, { recursive: true, force: true });
      if (!(cause instanceof ToolError) || !/is expired/.test(cause.detail ?? '')) {
        throw unavailable(request, cause);
      }
      // A stale mirror cannot bring other contents than Debian signed once, only old ones: the minimum version decides.
      ports.log.warning(`The package list of Debian ${request.suite} is past its date; its signature holds.`);
      await run(['--aptopt=Acquire::Check-Valid-Until "false"']).catch((again: unknown) => {
        throw unavailable(request, again);
      });
    }
  });
}

/** apt keeps each package as `name_version_architecture.deb`, with a colon written as `%3a`. */
async function versionsIn(
  folder: string,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const files = await readdir(path.join(folder, 'var/cache/apt/archives'));
  return Object.fromEntries(
    names.flatMap((name) => {
      const file = files.find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
      const version = file?.split('_')[1];
      return version === undefined ? [] : [[name, decodeURIComponent(version)]];
    }),
  );
}

function unavailable(request: Request, cause: unknown): UserError {
  return new UserError(`${request.packages[0]} of Debian ${request.suite} could not be fetched`, {
    code: 'content-unavailable',
    fix: 'The host needs a Debian mirror (mmdebstrap’s default); or pass the datastream as the content input.',
    cause,
  });
}
