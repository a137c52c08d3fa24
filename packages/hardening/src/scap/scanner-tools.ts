import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { fetchDebianPackages } from '../content/debian-packages.ts';
import { SCANNER } from '../content/table.ts';

/** An unpacked OpenSCAP with its own C library: it runs on any Linux of this architecture. */
export interface ScannerTools {
  readonly folder: string;
  readonly version: string;
  /** The dynamic loader and the libraries, relative to `folder`. */
  readonly loader: string;
  readonly libraries: string;
}

/**
 * OpenSCAP from Debian, fetched and verified by apt (or from the cache), never installed.
 *
 * @throws UserError `content-unavailable`
 */
export async function obtainScanner(
  ports: Pick<Ports, 'exec' | 'log' | 'tools' | 'clock'>,
): Promise<ScannerTools> {
  const { folder, versions } = await fetchDebianPackages(
    { suite: SCANNER.suite, packages: SCANNER.packages, prepare: ({ folder: unpacked }) => prune(unpacked) },
    ports,
  );
  const version = versions[SCANNER.packages[0]] ?? 'unknown';
  return { folder, version, ...(await findLoader(folder)) };
}

/** The dynamic loader of the tools' own C library, so that nothing of the image's libraries is mixed in. */
async function findLoader(folder: string): Promise<{ readonly loader: string; readonly libraries: string }> {
  const known = [
    { loader: 'usr/lib64/ld-linux-x86-64.so.2', libraries: 'usr/lib/x86_64-linux-gnu' },
    { loader: 'usr/lib/ld-linux-aarch64.so.1', libraries: 'usr/lib/aarch64-linux-gnu' },
  ];
  for (const candidate of known) {
    const there = await access(path.join(folder, candidate.loader)).then(
      () => true,
      () => false,
    );
    if (there) {
      return candidate;
    }
  }
  throw new UserError('The scanner’s packages hold no dynamic loader that is known', {
    code: 'content-unavailable',
    fix: 'Run on an amd64 or arm64 machine; remove the cache folder of golden-image-actions and try again.',
  });
}

/** What oscap never reads makes the tree three times as large and scans slower. */
async function prune(folder: string): Promise<void> {
  const unneeded = [
    'usr/share/doc',
    'usr/share/locale',
    'usr/share/man',
    'usr/share/perl',
    'usr/share/zoneinfo',
  ];
  for (const name of [...unneeded, 'usr/share/i18n', 'usr/share/common-licenses', 'var', 'etc']) {
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
}
