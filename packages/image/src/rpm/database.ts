import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, UserError } from '@golden-image/host';

/** An installed package, as rpm's database describes it. */
export interface InstalledPackage {
  readonly name: string;
  readonly epoch: number;
  readonly version: string;
  readonly release: string;
  readonly architecture: string;
  readonly sourceRpm: string;
  readonly licence: string;
  readonly vendor: string;
  readonly packager: string;
  readonly url: string;
  readonly summary: string;
  readonly requires: readonly string[];
  readonly provides: readonly string[];
  readonly files: readonly string[];
}

/** Control characters that no header has: between fields, between the items of a list, between packages. */
const [FIELD, ITEM, RECORD] = ['\x1f', '\x1e', '\x1d'] as const;
const SCALARS = [
  'NAME',
  'EPOCHNUM',
  'VERSION',
  'RELEASE',
  'ARCH',
  'SOURCERPM',
  'LICENSE',
  'VENDOR',
  'PACKAGER',
  'URL',
  'SUMMARY',
];
const LISTS = ['REQUIRENAME', 'PROVIDENAME', 'FILENAMES'];
const FORMAT = [
  ...SCALARS.map((tag) => `%{${tag}}${FIELD}`),
  ...LISTS.map((tag) => `[%{${tag}}${ITEM}]${FIELD}`),
  RECORD,
].join('');

/**
 * What rpm's database of a tree lists. It is read from a copy: even reading leaves files beside it. A format that the
 * host's rpm does not know (SUSE's ndb) is read by the tree's own rpm.
 *
 * @throws UserError `unreadable-disk` when there is none
 */
export async function installedPackages(
  tree: string,
  database: string,
  scratch: string,
  { exec }: Pick<Ports, 'exec'>,
): Promise<readonly InstalledPackage[]> {
  const source = path.join(tree, database);
  const names = await readdir(source).catch((): string[] => []);
  if (names.length === 0) {
    throw new UserError(`The system has no package database in ${database}`, {
      code: 'unreadable-disk',
      fix: "Correct `distribution` and `release` in the definition, or pass its distribution's image.",
    });
  }
  const copy = path.join(scratch, 'rpm-database');
  await rm(copy, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  await cp(source, copy, { recursive: true });
  const query = ['-qa', '--queryformat', FORMAT];
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const keepBytes = 256 * 1024 * 1024;
  const own = names.includes('Packages.db');
  const args = own
    ? [
        '-c',
        'mount --bind "$1" "$2/mnt" && shift 1 && tree=$1 && shift && exec chroot "$tree" rpm --dbpath /mnt "$@"',
        'sh',
        copy,
        tree,
        ...query,
      ]
    : ['--dbpath', copy, '--define', '_db_backend sqlite', ...query];
  const { stdout } = await exec(confined({ command: own ? 'sh' : 'rpm', args, env, keepBytes }));
  return stdout.split(RECORD).filter(Boolean).map(parseRecord);
}

function parseRecord(record: string): InstalledPackage {
  const fields = record.split(FIELD);
  const text = (tag: string): string => {
    const value = fields[SCALARS.indexOf(tag)] ?? '';
    return value === '(none)' ? '' : value;
  };
  const list = (tag: string): readonly string[] =>
    (fields[SCALARS.length + LISTS.indexOf(tag)] ?? '')
      .split(ITEM)
      .filter((one) => one !== '' && one !== '(none)');
  return {
    name: text('NAME'),
    epoch: Number(text('EPOCHNUM')) || 0,
    version: text('VERSION'),
    release: text('RELEASE'),
    architecture: text('ARCH'),
    sourceRpm: text('SOURCERPM'),
    licence: text('LICENSE'),
    vendor: text('VENDOR'),
    packager: text('PACKAGER'),
    url: text('URL'),
    summary: text('SUMMARY'),
    requires: list('REQUIRENAME'),
    provides: list('PROVIDENAME'),
    files: list('FILENAMES'),
  };
}
