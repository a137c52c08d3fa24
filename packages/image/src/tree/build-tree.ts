import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, ToolError, UserError } from '@golden-image/host';
import { flatIndex, type ResolvedPackage } from '../source/packages.ts';
import { CLAMP_TIMES, CLEAN_TREE, ENTER_TREE, ESSENTIAL_HOOK, FINISH_TREE } from './scripts.ts';

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
  /** Code name of the release. */
  readonly suite: string;
  readonly architecture: string;
  /** All packages; their files lie in `archives`. */
  readonly packages: readonly ResolvedPackage[];
  readonly archives: string;
  /** Asked for by name: apt keeps them when others become unneeded. */
  readonly wanted: readonly string[];
  /** In seconds: time stamps of the tree are not newer. */
  readonly epoch: number;
  readonly scratch: string;
  /** Lines of /etc/locale.gen; empty: only C.UTF-8. */
  readonly locales: readonly string[];
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
  const { scratch, archives, packages, suite, architecture } = request;
  const stage = path.join(scratch, 'tree-stage');
  await mkdir(path.join(stage, 'log'), { recursive: true });
  await writeFile(path.join(archives, 'Packages'), flatIndex(packages));
  await symlink(archives, path.join(stage, 'archives'));
  await writeFile(path.join(stage, 'extended_states'), extendedStates(request));
  const hook = await script(path.join(stage, 'essential-hook'), ESSENTIAL_HOOK);
  const setup = await script(path.join(stage, 'setup-hook'), setupHook(request.locales));
  await writeFile(path.join(stage, 'finish'), `${FINISH_TREE}${CLEAN_TREE}${CLAMP_TIMES}`);
  const enter = await script(path.join(stage, 'enter'), ENTER_TREE);
  const env = environment(request.epoch);
  let unpacked = 0;
  const onLine = (line: string): void => {
    ports.log.debug(line);
    if (/^(Unpacking|Setting up) /.test(line)) {
      unpacked += 1;
      ports.log.progress({
        label: 'Packages unpacked and set up',
        done: unpacked,
        total: 2 * packages.length,
        unit: 'packages',
      });
    }
  };
  // The repository needs no signature: the medium's digest, or apt's own check while downloading, vouched for it.
  const source = `deb [trusted=yes] copy:${encodeURI(archives)} ./`;
  await ports
    .exec(
      confined({
        command: 'mmdebstrap',
        args: [
          '--mode=root',
          '--variant=apt',
          '--format=directory',
          '--verbose',
          `--architectures=${architecture}`,
          '--aptopt=APT::Install-Recommends "false"',
          '--aptopt=Acquire::Languages "none"',
          ...DPKG_EXCLUDES.map((option) => `--dpkgopt=${option}`),
          '--dpkgopt=force-unsafe-io',
          `--setup-hook=${setup}`,
          `--essential-hook=${hook}`,
          `--include=${request.wanted.join(',')}`,
          suite,
          target,
          source,
        ],
        // Where a killed mmdebstrap leaves its GnuPG home.
        env: { ...env, TMPDIR: stage },
        onLine,
      }),
    )
    .catch((error: unknown) => {
      throw installFailed(error);
    });
  await ports.exec(
    confined({
      command: 'sh',
      args: [enter, target, stage, 'finish'],
      env,
      onLine: (line) => ports.log.debug(line),
    }),
  );
}

/** apt's memory of what nobody asked for by name, so that `autoremove` works in the image (apt_pkg, extended_states). */
function extendedStates({ packages, wanted, architecture }: TreeRequest): string {
  const asked = new Set(['apt', ...wanted]);
  return packages
    .filter(({ name, stanza }) => !asked.has(name) && stanza.get('essential') !== 'yes')
    .map(({ name }) => `Package: ${name}\nArchitecture: ${architecture}\nAuto-Installed: 1\n\n`)
    .join('');
}

/** `$1` is the tree, still empty but for apt's and dpkg's folders. */
function setupHook(locales: readonly string[]): string {
  const lines = locales.map((line) => `echo '${line}' >> "$1/etc/locale.gen"\n`);
  return `#!/bin/sh\nset -eu\nmkdir -p "$1/etc"\n${lines.join('')}`;
}

/** The whole environment of the programs that build: nothing of the runner's gets into the image. */
export function environment(epoch: number): Readonly<Record<string, string>> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    SOURCE_DATE_EPOCH: String(epoch),
    DEBIAN_FRONTEND: 'noninteractive',
    DEBCONF_NONINTERACTIVE_SEEN: 'true',
  };
}

async function script(file: string, text: string): Promise<string> {
  await writeFile(file, text, { mode: 0o755 });
  return file;
}

function installFailed(error: unknown): unknown {
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
