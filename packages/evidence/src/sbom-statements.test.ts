import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NamedStatement } from './chain.ts';
import { annotationsOf, readAnnotations, releaseStatement } from './release-statement.ts';
import { sbomStatements } from './sbom-statements.ts';
import { createStatement, predicateTypes } from './statement.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const SPDX = '{"spdxVersion":"SPDX-2.3","packages":[]}';
const disk = { name: 'disk.qcow2', digest: { sha256: 'a'.repeat(64) } };
const built = { name: 'disk.qcow2', digest: { sha256: 'b'.repeat(64) } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sbom-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const provenance = (byproducts: unknown): NamedStatement => ({
  name: '20-build',
  statement: createStatement({
    subject: built,
    predicateType: predicateTypes.provenance,
    predicate: { runDetails: { byproducts } },
  }),
});

async function statements(files: Record<string, string>, evidence: readonly NamedStatement[] = []) {
  const digests = new Map();
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text);
    digests.set(name, { sha256: sha256(text), sha512: '', bytes: text.length });
  }
  return sbomStatements(folder, digests, evidence, disk);
}

describe('statements about SBOMs', () => {
  it('have the document as predicate, and the state that it was made with as subject', async () => {
    const byproducts = [{ name: 'sbom.spdx.json', digest: { sha256: sha256(SPDX) } }, 'noise', null];
    const [spdx] = await statements({ 'sbom.spdx.json': SPDX }, [provenance(byproducts)]);
    expect(spdx?.name).toBe('sbom-spdx');
    expect(spdx?.statement).toMatchObject({
      subject: [built],
      predicateType: 'https://spdx.dev/Document/v2.3',
      predicate: JSON.parse(SPDX),
    });
    expect(JSON.parse(spdx?.bytes.toString('utf8') ?? '')).toEqual(spdx?.statement);
  });

  it('are about the disk as it is when no statement names them', async () => {
    const files = { 'sbom.spdx.json': SPDX, 'sbom.cdx.json': '{"bomFormat":"CycloneDX"}' };
    const all = await statements(files, [provenance('nothing')]);
    expect(all.map(({ name, statement }) => [name, statement.subject])).toEqual([
      ['sbom-spdx', [disk]],
      ['sbom-cyclonedx', [disk]],
    ]);
    expect(await statements({})).toEqual([]);
  });

  it('are refused for an SBOM that the build did not make', async () => {
    const byproducts = [{ name: 'sbom.spdx.json', digest: { sha256: 'c'.repeat(64) } }];
    await expect(statements({ 'sbom.spdx.json': SPDX }, [provenance(byproducts)])).rejects.toMatchObject({
      code: 'foreign-sbom',
      message: expect.stringContaining(sha256(SPDX)),
    });
  });

  it.each(['', '[]', 'null', '{}', '{"spdxVersion":"SPDX-3.0"}'])('are refused for %j', async (text) => {
    await expect(statements({ 'sbom.spdx.json': text })).rejects.toMatchObject({ code: 'invalid-sbom' });
  });

  it('are refused when the file changes after it was hashed', async () => {
    await statements({ 'sbom.spdx.json': SPDX });
    const digests = new Map([['sbom.spdx.json', { sha256: 'd'.repeat(64), sha512: '', bytes: 1 }]]);
    await expect(sbomStatements(folder, digests, [], disk)).rejects.toMatchObject({ code: 'file-changed' });
  });
});

describe('a release statement', () => {
  it('binds the digest to name and version, with the annotations', () => {
    const annotations = readAnnotations(['ticket=OPS-42', 'org.example/note = a=b, c']);
    const { statement } = releaseStatement(
      { name: 'debian 13', version: '1' },
      { name: 'disk.qcow2', sha256: 'a'.repeat(64) },
      annotations,
    );
    expect(statement.predicate).toEqual({ purl: 'pkg:generic/debian%2013@1' });
    expect(annotationsOf(statement)).toEqual({ ticket: 'OPS-42', 'org.example/note': 'a=b, c' });
    expect(annotationsOf({ ...statement, predicateType: predicateTypes.testResult })).toEqual({});
  });

  it.each([[['ticket']], [['=x']], [['a b=c']], [['a=1', 'a=2']], [['__proto__=x', '__proto__=y']]])(
    'refuses annotations %j',
    (lines) => {
      expect(() => readAnnotations(lines)).toThrow(expect.objectContaining({ code: 'invalid-annotation' }));
    },
  );
});
