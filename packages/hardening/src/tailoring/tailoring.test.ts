import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEBIAN_13 } from './debian13.ts';
import { tailoringXml } from './tailoring.ts';
import { readTailoring } from './user-tailoring.ts';

const CIS = 'xccdf_org.ssgproject.content_profile_cis_level1_server';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tailoring-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the tailoring', () => {
  it('of the example is the one that comes with the release', async () => {
    const example = path.resolve(import.meta.dirname, '../../../../examples/debian-13/tailoring.xml');
    expect(await readFile(example, 'utf8')).toBe(tailoringXml(['cis_level1_server'], DEBIAN_13));
    expect((await readTailoring(example, 'cis_level1_server')).profile).toBe(
      'xccdf_org.ssgproject.content_profile_cis_level1_server_image',
    );
  });

  it('explains each line and escapes what it is given', () => {
    const xml = tailoringXml(['p'], {
      choices: [{ rule: 'r', selected: false, reason: 'a --> <b>' }],
      values: [{ id: 'v', value: '<1>', reason: 'because' }],
    });
    expect(xml).toContain('<!-- a -&gt; &lt;b&gt; -->');
    expect(xml).toContain('content_value_v">&lt;1&gt;</xccdf:set-value>');
    expect(DEBIAN_13.choices.every(({ reason }) => reason.length > 20)).toBe(true);
  });

  it.each([
    ['a document type', '<!DOCTYPE a><a/>', /document type/],
    ['another profile', tailoringXml(['standard'], DEBIAN_13), /no profile that extends/],
    ['no XML', 'x', /cannot be used/],
    [
      'its size',
      `${tailoringXml(['cis_level1_server'], DEBIAN_13)}<!--${'x'.repeat(2 ** 20)}-->`,
      /larger than/,
    ],
    [
      'an empty profile',
      `<Tailoring xmlns="http://checklists.nist.gov/xccdf/1.2"><Profile id="x" extends="${CIS}"/></Tailoring>`,
      /profile is empty/,
    ],
  ])('is refused for %s', async (_name, text, message) => {
    const file = path.join(folder, 't.xml');
    await writeFile(file, text);
    await expect(readTailoring(file, 'cis_level1_server')).rejects.toThrow(message);
  });

  it('may be the profile that is asked for, or one that extends it', async () => {
    const file = path.join(folder, 'own.xml');
    const text = (attributes: string) =>
      `<Tailoring xmlns="http://checklists.nist.gov/xccdf/1.2"><Profile ${attributes}><title>t</title></Profile></Tailoring>`;
    for (const [attributes, id] of [
      [`id="${CIS}"`, CIS],
      [`id="mine" extends="${CIS}"`, 'mine'],
    ] as const) {
      await writeFile(file, text(attributes));
      expect((await readTailoring(file, 'cis_level1_server')).profile).toBe(id);
    }
  });

  it('is refused when it is not there', async () => {
    await expect(readTailoring(path.join(folder, 'none'), 'x')).rejects.toThrow(/cannot be read/);
  });
});
