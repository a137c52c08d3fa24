import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { judgeSpdx } from '../../test/sbom-judges.ts';
import type { Component } from './component.ts';
import { spdxDocument } from './spdx.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'spdx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// Generous: the judge is fetched first, and other work may run on the same cores.
const MINUTE = 180_000;

const component = (name: string, more: Partial<Component> = {}): Component => ({
  ...{ name, version: '1:2.0~rc1-1', architecture: 'amd64', description: 'A tool', dependsOn: [] },
  homepage: undefined,
  supplier: { name: 'A. Person', email: 'a@example.org' },
  licence: '(Artistic-2.0 OR GPL-2.0-or-later) AND MIT',
  sha256: 'c'.repeat(64),
  purl: `pkg:deb/debian/${encodeURIComponent(name)}@1`,
  source: { name, version: '2.0-1', purl: `pkg:deb/debian/${encodeURIComponent(name)}@1` },
  ...more,
});

const document = () =>
  spdxDocument(
    {
      ...{ name: 'i', version: '1', distribution: 'debian', release: '13' },
      ...{ created: new Date(0), uuid: '00000000-0000-8000-8000-000000000000' },
      tool: { name: 't', version: '1' },
    },
    [
      component('grub2-x86_64-efi'),
      component('g++', { dependsOn: ['libx'], homepage: 'https://example.org/a?b=c' }),
      // Of packages of a vendor's disk nothing tells the digest.
      component('libx', {
        sha256: undefined,
        licence: 'NOASSERTION',
        supplier: { name: '', email: undefined },
      }),
    ],
  );

function judge(changed: unknown): Promise<void> {
  const file = path.join(folder, 'sbom.spdx.json');
  writeFileSync(file, JSON.stringify(changed));
  return judgeSpdx(file);
}

describe('an SPDX document', () => {
  it("is one for SPDX's own tools, which understand all of it", () => judge(document()), 3 * MINUTE);

  it.each<[string, (text: string) => string, RegExp]>([
    ['an ID with a space', (text) => text.replaceAll('SPDXRef-image', 'SPDXRef image'), /spdx_id must only/],
    ['a licence that is none', (text) => text.replace('GPL-2.0-or-later', 'GPL 2'), /license/i],
    ['a field that is none', (text) => text.replace('"sourceInfo"', '"source"'), /do not understand/],
    ['a version of no SPDX', (text) => text.replace('SPDX-2.3', 'SPDX-2.9'), /SPDX-2\.9/],
    [
      'a relationship to nothing',
      (text) =>
        text.replace(/"relatedSpdxElement":"SPDXRef-package-libx"/, '"relatedSpdxElement":"SPDXRef-x"'),
      /SPDXRef-x/,
    ],
  ])(
    'with %s is none',
    async (_what, change, reason) => {
      await expect(judge(JSON.parse(change(JSON.stringify(document()))))).rejects.toThrow(reason);
    },
    3 * MINUTE,
  );
});
