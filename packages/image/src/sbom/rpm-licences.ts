import exceptions from 'spdx-exceptions/index.json' with { type: 'json' };
import identifiers from 'spdx-license-ids/index.json' with { type: 'json' };

/** Fedora's short names before 2022, as EL 9 still has them, that SPDX spells otherwise. Source: Fedora's list of licences. */
const LEGACY: Readonly<Record<string, string>> = {
  'ASL 2.0': 'Apache-2.0',
  'ASL 1.1': 'Apache-1.1',
  'Artistic 2.0': 'Artistic-2.0',
  Boost: 'BSL-1.0',
  CC0: 'CC0-1.0',
  'CC-BY': 'CC-BY-3.0',
  'GPL+': 'GPL-1.0-or-later',
  GPLv2: 'GPL-2.0-only',
  'GPLv2+': 'GPL-2.0-or-later',
  GPLv3: 'GPL-3.0-only',
  'GPLv3+': 'GPL-3.0-or-later',
  LGPLv2: 'LGPL-2.0-only',
  'LGPLv2+': 'LGPL-2.0-or-later',
  'LGPLv2.1': 'LGPL-2.1-only',
  'LGPLv2.1+': 'LGPL-2.1-or-later',
  LGPLv3: 'LGPL-3.0-only',
  'LGPLv3+': 'LGPL-3.0-or-later',
  'AGPLv3+': 'AGPL-3.0-or-later',
  'MPLv1.1': 'MPL-1.1',
  'MPLv2.0': 'MPL-2.0',
  OpenLDAP: 'OLDAP-2.8',
  OFL: 'OFL-1.1',
  Python: 'PSF-2.0',
  Vim: 'Vim',
  zlib: 'Zlib',
};

const KNOWN = new Set(identifiers);
const EXCEPTIONS = new Set(exceptions);

/**
 * The SPDX expression of a package's License tag: SPDX already (Fedora, EL 10, SUSE), or Fedora's older short names.
 * `NOASSERTION` when one part is unknown: `BSD` and `MIT` of old meant several licences each; a part would mislead.
 */
export function rpmLicence(tag: string): string {
  const tokens = tag
    .replace(/[()]/g, ' $& ')
    .split(/\s+(and|or|with|AND|OR|WITH)\s+|([()])/)
    .map((token) => token?.trim() ?? '')
    .filter((token) => token !== '');
  const translated = tokens.map((token) => {
    if (/^(and|or|with)$/i.test(token)) {
      return token.toUpperCase();
    }
    if (token === '(' || token === ')') {
      return token;
    }
    return KNOWN.has(token) || EXCEPTIONS.has(token) ? token : LEGACY[token];
  });
  if (translated.length === 0 || translated.includes(undefined)) {
    return 'NOASSERTION';
  }
  return translated.join(' ').replaceAll('( ', '(').replaceAll(' )', ')');
}
