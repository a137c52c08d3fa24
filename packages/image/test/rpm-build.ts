import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestKey } from './local-mirror.ts';

const run = promisify(execFile);
const EPOCH = '1700000000';

/** A package to build from files that lie in a folder of its own. */
export interface RpmContent {
  readonly name: string;
  readonly version?: string;
  readonly summary?: string;
  readonly licence?: string;
  readonly requires?: readonly string[];
  readonly provides?: readonly string[];
  /** Shell text that runs when the package was installed. */
  readonly post?: string;
  /** The folder with its files. */
  readonly root: string;
}

/**
 * Builds packages with one run of rpmbuild, as one source package's: each content's files, without documentation.
 * Directories belong to the package that brings nothing else in them, as rpm makes the missing ones itself.
 */
export async function buildRpms(
  source: string,
  contents: readonly RpmContent[],
  target: string,
  work: string,
): Promise<void> {
  const sections: string[] = [];
  for (const content of contents) {
    sections.push(await section(content, work));
  }
  const spec = [
    '%global __os_install_post %{nil}',
    '%global debug_package %{nil}',
    '%global _build_id_links none',
    `Name: ${source}`,
    'Version: 1',
    'Release: 1',
    'Summary: Packages of a test',
    'License: MIT',
    'Vendor: Test <test@example.org>',
    'URL: https://example.org/',
    'AutoReqProv: no',
    '%description',
    'Packages of a test.',
    '%install',
    ...contents.map(({ root }) => `cp --archive --remove-destination "${root}/." %{buildroot}/`),
    ...sections,
    '',
  ].join('\n');
  const file = path.join(work, `${source}.spec`);
  await writeFile(file, spec);
  const defines = {
    _topdir: path.join(work, 'top'),
    _rpmdir: target,
    _binary_payload: 'w1.zstdio',
    _buildhost: 'test',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
    // The packages' files are those of a distribution: nothing of the build is looked for in them.
    __check_files: '%{nil}',
  };
  const options = Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  await run('rpmbuild', ['-bb', '--quiet', ...options, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: EPOCH },
    maxBuffer: 1 << 26,
  });
  await rm(path.join(work, 'top'), { recursive: true, force: true });
}

async function section(content: RpmContent, work: string): Promise<string> {
  const { name, root } = content;
  const { stdout } = await run('find', [root, '-mindepth', '1', '-printf', '%y %P\\n'], {
    maxBuffer: 1 << 26,
  });
  const all = stdout.split('\n').filter(Boolean);
  const entries = all.flatMap((line) => {
    const inner = `/${line.slice(2)}`;
    if (!line.startsWith('d ')) {
      return [escaped(inner)];
    }
    const filled = all.some((other) => other.slice(2).startsWith(`${line.slice(2)}/`));
    return filled ? [] : [`%dir ${escaped(inner)}`];
  });
  const list = path.join(work, `${name}.files`);
  await writeFile(list, `%defattr(-,root,root)\n${entries.map((line) => `${line}\n`).join('')}`);
  const requires = content.requires ?? [];
  return [
    `%package -n ${name}`,
    `Summary: ${content.summary ?? `The package ${name}`}`,
    `Version: ${content.version ?? '1'}`,
    `License: ${content.licence ?? 'MIT'}`,
    'AutoReqProv: no',
    ...requires.map((one) => `Requires: ${one}`),
    ...(content.provides ?? []).map((one) => `Provides: ${one}`),
    `%description -n ${name}`,
    `Package ${name} of a test.`,
    ...(content.post === undefined ? [] : [`%post -n ${name}`, content.post]),
    `%files -n ${name} -f ${list}`,
  ].join('\n');
}

/** In quotes: names may have spaces. */
function escaped(name: string): string {
  return `"${name.replaceAll('%', '%%')}"`;
}

/** Signs all packages of a folder. */
export async function signRpms(folder: string, key: TestKey): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.rpm'));
  const defines = { __gpg: '/usr/bin/gpg', _gpg_path: key.home, _gpg_name: 'test@example.org' };
  const options = Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  await run('rpmsign', [...options, '--addsign', ...names.map((name) => path.join(folder, name))], {
    maxBuffer: 1 << 26,
  });
}

/** Writes `repodata` over the packages of a folder, signed when there is a key. */
export async function writeRepodata(folder: string, key: TestKey | undefined): Promise<void> {
  await run('createrepo_c', [
    '--quiet',
    '--no-database',
    '--revision',
    EPOCH,
    '--set-timestamp-to-revision',
    folder,
  ]);
  if (key) {
    const list = path.join(folder, 'repodata/repomd.xml');
    const options = ['--homedir', key.home, '--batch', '--yes', '--armor', '--detach-sign'];
    await run('gpg', [...options, list]);
    await writeFile(`${list}.key`, await readFile(key.file));
  }
}
