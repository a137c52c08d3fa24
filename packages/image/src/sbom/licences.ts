import { lstat, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Copyright files beyond this size are not read. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_LINKS = 16;

/** Debian's short names (copyright-format 1.0, section 7.1) that SPDX spells otherwise. */
const SPDX: Readonly<Record<string, string>> = {
  'apache-2.0': 'Apache-2.0',
  'artistic-1.0': 'Artistic-1.0',
  'artistic-2.0': 'Artistic-2.0',
  artistic: 'Artistic-1.0-Perl',
  'bsd-2-clause': 'BSD-2-Clause',
  'bsd-3-clause': 'BSD-3-Clause',
  'bsl-1.0': 'BSL-1.0',
  'cc0-1.0': 'CC0-1.0',
  expat: 'MIT',
  mit: 'MIT',
  isc: 'ISC',
  zlib: 'Zlib',
  'psf-2': 'PSF-2.0',
  'python-2.0': 'Python-2.0',
  'mpl-2.0': 'MPL-2.0',
  'mpl-1.1': 'MPL-1.1',
  'gpl-1+': 'GPL-1.0-or-later',
  'gpl-2': 'GPL-2.0-only',
  'gpl-2+': 'GPL-2.0-or-later',
  'gpl-3': 'GPL-3.0-only',
  'gpl-3+': 'GPL-3.0-or-later',
  'lgpl-2': 'LGPL-2.0-only',
  'lgpl-2+': 'LGPL-2.0-or-later',
  'lgpl-2.1': 'LGPL-2.1-only',
  'lgpl-2.1+': 'LGPL-2.1-or-later',
  'lgpl-3': 'LGPL-3.0-only',
  'lgpl-3+': 'LGPL-3.0-or-later',
  'gfdl-1.3+': 'GFDL-1.3-or-later',
  unlicense: 'Unlicense',
};

/**
 * The SPDX expression of a machine-readable copyright file: all licences of its `Files` stanzas, joined by AND.
 * `NOASSERTION` when the file has another format, or one licence has no SPDX identifier that we know: a part would
 * mislead.
 */
export function licenceExpression(copyright: string): string {
  if (!/^Format:\s*\S*copyright-format\/1\.0/im.test(copyright.slice(0, 2000))) {
    return 'NOASSERTION';
  }
  const names = new Set<string>();
  for (const stanza of copyright.split(/\n[ \t]*\n/)) {
    const licence = /^Files:/im.test(stanza) ? /^License:[ \t]*(.+)$/im.exec(stanza)?.[1]?.trim() : undefined;
    if (licence !== undefined) {
      names.add(licence.toLowerCase());
    }
  }
  const parts = [...names].map(expression);
  if (parts.length === 0 || parts.includes(undefined)) {
    return 'NOASSERTION';
  }
  const unique = [...new Set(parts as string[])].sort();
  return unique
    .map((part) => (unique.length > 1 && part.includes(' OR ') ? `(${part})` : part))
    .join(' AND ');
}

/** `GPL-2+ or Expat, and ISC` has no simple reading: only plain alternatives are translated. */
function expression(licence: string): string | undefined {
  const alternatives = licence.split(/\s+or\s+/).map((name) => SPDX[name.trim()]);
  return alternatives.includes(undefined) ? undefined : alternatives.sort().join(' OR ');
}

/** A package's copyright file within the tree; links are followed as if the tree were `/`. */
export async function readCopyright(tree: string, name: string): Promise<string | undefined> {
  const file = await locate(tree, `/usr/share/doc/${name}/copyright`);
  const found = file === undefined ? undefined : await lstat(file).catch(() => undefined);
  return file !== undefined && found?.isFile() && found.size <= MAX_BYTES
    ? readFile(file, 'utf8')
    : undefined;
}

async function locate(tree: string, inner: string): Promise<string | undefined> {
  let rest = inner.split('/').filter(Boolean);
  let current: string[] = [];
  for (let links = 0; rest.length > 0; ) {
    const [part = '', ...others] = rest;
    rest = others;
    if (part === '.' || part === '') {
      continue;
    }
    if (part === '..') {
      current = current.slice(0, -1);
      continue;
    }
    const target = await readlink(path.join(tree, ...current, part)).catch(() => undefined);
    if (target === undefined) {
      current = [...current, part];
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) {
      return undefined;
    }
    if (target.startsWith('/')) {
      current = [];
    }
    rest = [...target.split('/').filter(Boolean), ...rest];
  }
  return path.join(tree, ...current);
}
