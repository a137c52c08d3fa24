import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseDeb822, type Stanza } from '../src/apt/deb822.ts';
import { relations } from '../src/apt/relations.ts';
import { buildRpms, type RpmContent } from './rpm-build.ts';
import { realPackages } from './small-medium.ts';

const run = promisify(execFile);

/** Real packages whose files take part under the name that a family's engine asks for. */
const RENAMED: Readonly<Record<string, string>> = {
  passwd: 'shadow-utils',
  'grub2-common': 'grub2-tools',
  'grub-pc-bin': 'grub2-pc-modules',
};
/** What only dpkg's world needs. */
const LEFT_OUT =
  /^(apt|libapt-pkg|dpkg|debconf|debian-archive-keyring|base-passwd|init-system-helpers|sqv|python3|libpython|shim|mokutil|grub-efi-amd64-(signed|bin)|libsemanage|debianutils)/;

const PASSWD = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n';
const GROUP = 'root:x:0:\ntty:x:5:\nutmp:x:43:\nshadow:x:42:\nnobody:x:65534:\n';
const SHADOW = 'root:*:19000:0:99999:7:::\n';

/** Packages of a userland. */
export interface Userland {
  /** Under which it is kept in the user's cache. */
  readonly name: string;
  /** Debian packages, a set of `realPackages`. */
  readonly packages: () => Promise<string>;
  /** Names that the family's engine asks for, by Debian's. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Changes a package's files, under its new name, before they are packed. */
  readonly change?: (name: string, root: string) => Promise<void>;
}

const SMALL: Userland = { name: 'rpm-userland-2', packages: () => realPackages(), renamed: RENAMED };

/**
 * A folder with a userland as RPM packages: Debian's own files, repackaged, without Debian's scripts. Built once and
 * kept in the user's cache, not signed.
 */
export async function rpmUserland(userland: Userland = SMALL): Promise<string> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'golden-image-tests');
  const kept = path.join(cache, userland.name);
  if (await stat(kept).catch(() => undefined)) {
    return kept;
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, '.rpm-'));
  try {
    await buildRpms('userland', await contents(userland, work), path.join(work, 'rpms'), work);
    // Another worker may have been faster; its packages are the same.
    await rename(path.join(work, 'rpms'), kept).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') {
        throw error;
      }
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return kept;
}

async function contents(userland: Userland, work: string): Promise<readonly RpmContent[]> {
  const pool = await userland.packages();
  const rpmName = (stanza: Stanza): string => renamed(stanza, userland);
  const files = (await readdir(pool)).filter(
    (name) =>
      name.endsWith('.deb') && (!LEFT_OUT.test(name) || (name.split('_')[0] ?? '') in userland.renamed),
  );
  const debs = await Promise.all(
    files.map(async (file) => {
      const { stdout } = await run('dpkg-deb', ['--field', path.join(pool, file)]);
      return { file, stanza: parseDeb822(stdout)[0] ?? new Map<string, string>() };
    }),
  );
  const owners = new Map<string, string>();
  for (const { stanza } of debs) {
    for (const name of [stanza.get('package') ?? '', ...relations(stanza.get('provides'))]) {
      owners.set(name, rpmName(stanza));
    }
  }
  const real = await Promise.all(
    debs.map(({ file, stanza }) =>
      converted({ pool, file, stanza, name: rpmName(stanza) }, owners, work, userland.change),
    ),
  );
  return [await accounts(work), ...real];
}

async function converted(
  deb: { readonly pool: string; readonly file: string; readonly stanza: Stanza; readonly name: string },
  owners: ReadonlyMap<string, string>,
  work: string,
  change: Userland['change'],
): Promise<RpmContent> {
  const { pool, file, stanza, name } = deb;
  const root = path.join(work, 'roots', name);
  await mkdir(root, { recursive: true });
  await run('dpkg-deb', ['--extract', path.join(pool, file), root]);
  for (const folder of ['doc', 'man', 'info', 'lintian', 'bug', 'locale']) {
    await rm(path.join(root, 'usr/share', folder), { recursive: true, force: true });
  }
  const needed = [...relations(stanza.get('pre-depends')), ...relations(stanza.get('depends'))]
    .map((one) => owners.get(one))
    .filter((one): one is string => one !== undefined && one !== name);
  const first = name === 'base-files' ? ['setup'] : ['base-files'];
  // The family's own release package has it.
  for (const file of ['etc/os-release', 'usr/lib/os-release']) {
    await rm(path.join(root, file), { force: true });
  }
  if (name === 'dash') {
    await run('ln', ['-sf', 'dash', path.join(root, 'usr/bin/sh')]);
  }
  await change?.(name, root);
  return {
    name,
    version: (stanza.get('version') ?? '1').replace(/^\d+:/, '').replace(/[^A-Za-z0-9.+~]/g, '.'),
    summary: (stanza.get('description') ?? name).split('\n')[0] ?? name,
    requires: [...new Set([...first, ...needed])],
    ...(name === 'dash' ? { provides: ['/bin/sh'] } : {}),
    root,
  };
}

function renamed(stanza: Stanza, { renamed: names }: Userland): string {
  const name = stanza.get('package') ?? '';
  // Debian's kernel has its version in the name of its package.
  const kind = /^linux-image-\d/.test(name) ? 'linux-image' : name;
  return { ...RENAMED, ...names }[kind] ?? name;
}

/** As the family's `setup`: the accounts, which Debian's scripts make. */
async function accounts(work: string): Promise<RpmContent> {
  const root = path.join(work, 'roots/setup');
  await mkdir(path.join(root, 'etc'), { recursive: true });
  await writeFile(path.join(root, 'etc/passwd'), PASSWD);
  await writeFile(path.join(root, 'etc/group'), GROUP);
  await writeFile(path.join(root, 'etc/shadow'), SHADOW, { mode: 0o600 });
  await writeFile(path.join(root, 'etc/gshadow'), '', { mode: 0o600 });
  return { name: 'setup', root };
}

/** Builds packages from texts: path and content of each file, executable. */
export async function standInRpms(
  target: string,
  folder: string,
  all: Readonly<
    Record<
      string,
      Partial<Omit<RpmContent, 'name' | 'root'>> & { readonly files?: Readonly<Record<string, string>> }
    >
  >,
): Promise<void> {
  const work = await mkdtemp(path.join(folder, 'stand-ins-'));
  const packages = await Promise.all(
    Object.entries(all).map(async ([name, { files = {}, ...more }]): Promise<RpmContent> => {
      const root = path.join(work, 'roots', name);
      await mkdir(root, { recursive: true });
      for (const [file, content] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(root, file)), { recursive: true });
        await writeFile(path.join(root, file), content, { mode: 0o755 });
      }
      return { name, root, ...more };
    }),
  );
  await buildRpms(path.basename(work), packages, target, work);
  await rm(work, { recursive: true });
}

/** Copies the userland's packages into a folder. */
export async function copyUserland(target: string, userland: Userland = SMALL): Promise<void> {
  await cp(await rpmUserland(userland), target, { recursive: true });
}
