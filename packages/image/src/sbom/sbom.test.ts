import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { cyclonedxFaults } from '../../test/sbom-judges.ts';
import { installedComponents } from '../apt/components.ts';
import { parseDeb822, sourceOf } from '../apt/deb822.ts';
import type { ResolvedPackage } from '../family/family.ts';
import { cyclonedxDocument } from './cyclonedx.ts';
import { licenceExpression, readCopyright } from './licences.ts';
import { debPurl } from './purl.ts';
import { spdxDocument } from './spdx.ts';

const tree = mkdtempSync(path.join(tmpdir(), 'sbom-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

const DEP5 = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n';
const STATUS = `Package: app
Status: install ok installed
Architecture: amd64
Maintainer: "A. Person" <a@example.org>
Version: 1:2.0-1+b1
Source: app-src (2.0-1)
Depends: libx (>= 1), mail-agent | nothing
Description: An app
Homepage: https://example.org/app

Package: libx
Status: install ok installed
Architecture: all
Maintainer: Team <t@example.org>
Version: 1.0
Provides: mail-agent
Description: A library

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1
`;

const resolved = parseDeb822(STATUS)
  .slice(0, 2)
  .map((stanza) => ({
    name: stanza.get('package'),
    version: stanza.get('version'),
    sha256: 'c'.repeat(64),
    source: sourceOf(stanza),
  })) as unknown as ResolvedPackage[];

function prepare(): void {
  for (const folder of ['var/lib/dpkg', 'usr/share/doc/libx', 'usr/share/doc/app']) {
    mkdirSync(path.join(tree, folder), { recursive: true });
  }
  writeFileSync(path.join(tree, 'var/lib/dpkg/status'), STATUS);
  writeFileSync(path.join(tree, 'usr/share/doc/libx/copyright'), `${DEP5}\nFiles: *\nLicense: GPL-2+\n`);
  rmSync(path.join(tree, 'usr/share/doc/app/copyright'), { force: true });
  symlinkSync('/usr/share/doc/libx/copyright', path.join(tree, 'usr/share/doc/app/copyright'));
}

describe('installedComponents', () => {
  it('lists what is installed, with its source, supplier, licence and dependencies', async () => {
    prepare();
    const found = await installedComponents(tree, resolved, true, { distribution: 'debian', release: '13' });
    expect(found.map(({ name }) => name)).toEqual(['app', 'libx']);
    expect(found[0]).toMatchObject({
      purl: 'pkg:deb/debian/app@1:2.0-1%2Bb1?arch=amd64&distro=debian-13',
      source: { name: 'app-src', version: '2.0-1' },
      supplier: { name: 'A. Person', email: 'a@example.org' },
      licence: 'GPL-2.0-or-later',
      dependsOn: ['libx'],
    });
  });

  it('refuses a tree that has something else than what was resolved', async () => {
    prepare();
    const other = { distribution: 'debian', release: '13' };
    await expect(installedComponents(tree, resolved.slice(1), true, other)).rejects.toThrow(/unexpected app/);
    const more = [...resolved, { ...resolved[0], name: 'lost' } as ResolvedPackage];
    await expect(installedComponents(tree, more, true, other)).rejects.toThrow(/missing lost/);
    const older = resolved.map((entry) => ({ ...entry, version: '0' }));
    await expect(installedComponents(tree, older, true, other)).rejects.toThrow(/unexpected app libx/);
  });
});

const CONTEXT = {
  ...{ name: 'i', version: '1', distribution: 'debian', release: '13' },
  created: new Date(0),
  uuid: '00000000-0000-8000-8000-000000000000',
  tool: { name: 't', version: '1' },
};

describe('documents', () => {
  it('are the same for the same packages and refer only to what they hold', async () => {
    prepare();
    const found = await installedComponents(tree, resolved, true, { distribution: 'debian', release: '13' });
    const spdx = spdxDocument(CONTEXT, found) as {
      packages: { SPDXID: string }[];
      relationships: { spdxElementId: string; relatedSpdxElement: string }[];
    };
    const ids = new Set(['SPDXRef-DOCUMENT', ...spdx.packages.map(({ SPDXID }) => SPDXID)]);
    expect(spdx.relationships.every((r) => ids.has(r.spdxElementId) && ids.has(r.relatedSpdxElement))).toBe(
      true,
    );
    expect(JSON.stringify(spdx)).toContain('"created":"1970-01-01T00:00:00Z"');
    const cdx = cyclonedxDocument(CONTEXT, found) as {
      components: { 'bom-ref': string; licenses?: unknown }[];
      dependencies: { dependsOn: string[] }[];
    };
    const refs = new Set(cdx.components.map((component) => component['bom-ref']));
    expect(cdx.dependencies.every(({ dependsOn }) => dependsOn.every((ref) => refs.has(ref)))).toBe(true);
    expect(cdx.components[0]?.licenses).toEqual([{ expression: 'GPL-2.0-or-later' }]);
  });

  it('tell packages apart whose names have letters that an SPDX ID may not have', async () => {
    prepare();
    const found = await installedComponents(tree, resolved, true, { distribution: 'debian', release: '13' });
    const named = ['a+', 'a_', 'a-', 'a~'].flatMap((name) =>
      found.slice(0, 1).map((one) => ({ ...one, name })),
    );
    const { packages } = spdxDocument(CONTEXT, named) as { packages: { SPDXID: string }[] };
    const ids = packages.map(({ SPDXID }) => SPDXID);
    expect(new Set(ids).size).toBe(5);
    expect(ids.every((id) => /^SPDXRef-[A-Za-z0-9.-]+$/.test(id))).toBe(true);
  });

  it("are valid by CycloneDX's own schema", async () => {
    prepare();
    const found = await installedComponents(tree, resolved, true, { distribution: 'debian', release: '13' });
    // Of packages of a vendor's disk nothing tells the digest.
    const unknown = found.map((component) => ({ ...component, sha256: undefined }));
    for (const components of [found, unknown]) {
      const document = cyclonedxDocument(CONTEXT, components);
      expect(await cyclonedxFaults(JSON.stringify(document))).toBeNull();
      const wrong = { ...document, components: [{ type: 'no such type', name: 'x' }] };
      expect(await cyclonedxFaults(JSON.stringify(wrong))).not.toBeNull();
    }
  });
});

describe('licenceExpression', () => {
  it.each([
    [
      `${DEP5}\nFiles: *\nLicense: Expat\n\nFiles: b\nLicense: GPL-2+ or Artistic-2.0\n`,
      '(Artistic-2.0 OR GPL-2.0-or-later) AND MIT',
    ],
    [`${DEP5}\nFiles: *\nLicense: Expat\n\nFiles: b\nLicense: strange\n`, 'NOASSERTION'],
    ['This package is free software.', 'NOASSERTION'],
    [`${DEP5}\nLicense: Expat\n text\n`, 'NOASSERTION'],
  ])('%#', (text, expected) => {
    expect(licenceExpression(text)).toBe(expected);
  });
});

describe('readCopyright', () => {
  it('never leaves the tree', async () => {
    prepare();
    const link = path.join(tree, 'usr/share/doc/app/copyright');
    for (const target of ['../../../../../../../../etc/passwd', '/etc/passwd', link, '.']) {
      rmSync(link, { force: true });
      symlinkSync(target, link);
      expect(await readCopyright(tree, 'app')).toBeUndefined();
    }
  });
});

describe('debPurl', () => {
  it('encodes as the specification says', () => {
    expect(
      debPurl({
        distribution: 'debian',
        release: '13',
        name: 'g++',
        version: '4:14~rc1',
        architecture: 'amd64',
      }),
    ).toBe('pkg:deb/debian/g%2B%2B@4:14~rc1?arch=amd64&distro=debian-13');
  });
});
