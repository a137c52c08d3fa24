import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, ToolError, UserError } from '@golden-image/host';
import type { FileSystemType } from '../disk/layout.ts';
import { CLAMP_TIMES } from '../tree/clamp-times.ts';
import { environment } from '../tree/environment.ts';
import type { DebPackage } from './packages.ts';
import { withDependencies } from './relations.ts';
import { BOOTSTRAP, CLEAN_TREE, FINISH_TREE } from './scripts.ts';

/** Documentation stays out, now and at later upgrades of the image; licences stay in. */
export const DPKG_EXCLUDES = [
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/lintian/*',
  'path-exclude=/usr/share/linda/*',
  'path-exclude=/usr/share/groff/*',
] as const;

export interface TreeRequest {
  readonly architecture: string;
  /** All packages; their files lie in `archives`. */
  readonly packages: readonly DebPackage[];
  readonly archives: string;
  /** Asked for by name: apt keeps them when others become unneeded. */
  readonly wanted: readonly string[];
  /** In seconds: time stamps of the tree are not newer. */
  readonly epoch: number;
  readonly scratch: string;
  /** Lines of /etc/locale.gen; empty: only C.UTF-8. */
  readonly locales: readonly string[];
  /** Of root: the initrd gets what checks it. */
  readonly filesystem: FileSystemType;
}

/** What beside the packages decides how the tree comes out: part of the cache's key. */
export function treeFacts(
  request: Omit<TreeRequest, 'epoch' | 'scratch' | 'packages' | 'archives'>,
): unknown {
  const { architecture, wanted, locales, filesystem } = request;
  const scripts = [BOOTSTRAP, FINISH_TREE, CLEAN_TREE, CLAMP_TIMES, ...DPKG_EXCLUDES];
  return { architecture, wanted: [...wanted].sort(), locales, filesystem, scripts };
}

/**
 * Makes a root tree at `target` from exactly these packages, without network, in namespaces of its own.
 *
 * @throws UserError `package-script-failed` naming the package
 */
export async function buildTree(
  target: string,
  request: TreeRequest,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<void> {
  const { scratch, archives, packages, epoch } = request;
  const stage = path.join(scratch, 'tree-stage');
  await mkdir(path.join(stage, 'log'), { recursive: true });
  await mkdir(target, { recursive: true, mode: 0o755 });
  await symlink(archives, path.join(stage, 'archives'));
  const first = withDependencies(
    packages,
    packages.filter(({ stanza }) => stanza.get('essential') === 'yes').map(({ name }) => name),
  );
  const isFirst = new Set(first.map(({ name }) => name));
  const files = (list: readonly DebPackage[]): string => lines(list.map(({ file }) => file));
  const texts: Readonly<Record<string, string>> = {
    first: files(first),
    others: files(packages.filter(({ name }) => !isFirst.has(name))),
    essential: lines(first.map(({ name }) => name)),
    'usr-links': lines(usrLinks(request.architecture)),
    'dpkg.cfg': lines(DPKG_EXCLUDES),
    'locale.gen': lines(request.locales),
    extended_states: extendedStates(request),
    fstab: `LABEL=root / ${request.filesystem} defaults 0 1\n`,
    bootstrap: BOOTSTRAP,
    finish: `${FINISH_TREE}${CLEAN_TREE}${CLAMP_TIMES}`,
  };
  await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(path.join(stage, name), text)));
  let done = 0;
  const onLine = (line: string): void => {
    ports.log.debug(line);
    if (/^(Unpacking|Setting up) /.test(line)) {
      done += 1;
      ports.log.progress({
        label: 'Packages unpacked and set up',
        done,
        total: 2 * packages.length,
        unit: 'packages',
      });
    }
  };
  const args = [path.join(stage, 'bootstrap'), target, stage];
  await ports
    .exec(confined({ command: 'sh', args, env: environment(epoch), onLine }))
    .catch((error: unknown) => {
      throw installFailed(error);
    });
}

/** The folders of the root that a system with a merged /usr has as links. */
function usrLinks(architecture: string): readonly string[] {
  return ['bin', 'sbin', 'lib', ...(architecture === 'amd64' ? ['lib64'] : [])];
}

/** A text file with a line for each. */
export function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

/** apt's memory of what nobody asked for by name, so that `autoremove` works in the image (apt_pkg, extended_states). */
function extendedStates({ packages, wanted, architecture }: TreeRequest): string {
  const asked = new Set(['apt', ...wanted]);
  return packages
    .filter(({ name, stanza }) => !asked.has(name) && stanza.get('essential') !== 'yes')
    .map(({ name }) => `Package: ${name}\nArchitecture: ${architecture}\nAuto-Installed: 1\n\n`)
    .join('');
}

/** Names the package whose script or files made dpkg fail. */
export function installFailed(error: unknown): unknown {
  if (!(error instanceof ToolError)) {
    return error;
  }
  const detail = error.detail ?? '';
  if (/No space left on device/i.test(detail)) {
    return error;
  }
  const culprit =
    /dpkg: error processing (?:package|archive) (\S+)/.exec(detail)?.[1] ??
    /^ ([a-z0-9][a-z0-9+.-]+)$/m.exec(
      detail.split('Errors were encountered while processing:')[1] ?? '',
    )?.[1];
  if (!culprit) {
    return error;
  }
  const name = /([^/_]+)_[^/]*\.deb$/.exec(culprit)?.[1] ?? culprit;
  return new UserError(`The package ${name} could not be installed: its script failed or its files clash`, {
    code: 'package-script-failed',
    fix: 'See the details; leave the package out, or take a medium with a version of it that installs.',
    detail,
    cause: error,
  });
}
