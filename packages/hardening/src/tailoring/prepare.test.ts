import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDatastream } from '../content/datastream.ts';
import { chooseProfile, type ProfileRequest } from './prepare.ts';
import { readTailoring } from './user-tailoring.ts';
import { parseVariables } from './variables.ts';

const PREFIX = 'xccdf_org.ssgproject.content_';
const select = (rule: string, selected = true) =>
  `<select idref="${PREFIX}rule_${rule}" selected="${selected}"/>`;
const refine = (value: string, selector: string) =>
  `<refine-value idref="${PREFIX}value_${value}" selector="${selector}"/>`;
const profile = (name: string, ...parts: string[]) =>
  `<Profile id="${PREFIX}profile_${name}"><title>The ${name}</title>${parts.join('')}</Profile>`;
const DATASTREAM = `<c><Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2">
${profile('one', select('a'), select('b', false), refine('time', '5_minutes'))}
${profile('two', select('a'), select('b'), select('c'), refine('time', '9_minutes'), refine('size', 'large'))}
<Value id="${PREFIX}value_time"/><Value id="${PREFIX}value_size"/></Benchmark></c>`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'prepare-'));
  writeFileSync(path.join(folder, 'ds.xml'), DATASTREAM);
});
afterAll(() => rm(folder, { recursive: true }));

const content = () => ({ file: path.join(folder, 'ds.xml'), sha256: 'a'.repeat(64), origin: 'the content' });
const choose = (request: Partial<ProfileRequest>, image = { distribution: 'other', release: '1' }) =>
  chooseProfile({ profiles: ['one'], content: 'given', ...request }, image, content(), folder);

describe('the profile to evaluate', () => {
  it('is the content’s own when nothing is added', async () => {
    expect(await choose({})).toEqual({ id: `${PREFIX}profile_one`, names: ['one'], tailoring: undefined });
  });

  it('stands for several: the first one named counts where they differ', async () => {
    const chosen = await choose({ profiles: ['one', 'two', 'one'] });
    expect(chosen.names).toEqual(['one', 'two']);
    expect(chosen.id).toBe(`${PREFIX}profile_one_and_two_image`);
    const text = readFileSync(chosen.tailoring?.file ?? '', 'utf8');
    expect([...text.matchAll(/rule_(\w+)" selected="(\w+)"/g)].map(([, rule, on]) => [rule, on])).toEqual([
      ['b', 'true'],
      ['c', 'true'],
    ]);
    expect(text).toContain('value_size" selector="large"');
    expect(text).not.toContain('value_time');
  });

  it('sets variables, which count before any profile', async () => {
    const chosen = await choose({ profiles: ['one', 'two'], variables: new Map([['size', '<7>']]) });
    const text = readFileSync(chosen.tailoring?.file ?? '', 'utf8');
    expect(text).toContain('value_size">&lt;7&gt;</xccdf:set-value>');
    expect(text).not.toContain('selector="large"');
  });

  it('adds variables to the user’s tailoring, whatever prefix it has', async () => {
    const file = path.join(folder, 'own.xml');
    writeFileSync(
      file,
      `<x:Tailoring xmlns:x="http://checklists.nist.gov/xccdf/1.2"><x:Profile id="mine" extends="${PREFIX}profile_one"><x:title>t</x:title></x:Profile></x:Tailoring>`,
    );
    const chosen = await choose({ tailoring: file, variables: new Map([['time', '3']]) });
    expect(chosen.id).toBe('mine');
    expect(readFileSync(chosen.tailoring?.file ?? '', 'utf8')).toContain(
      `<x:title>t</x:title><x:set-value idref="${PREFIX}value_time">3</x:set-value>\n</x:Profile>`,
    );
    const again = path.join(folder, 'again.xml');
    writeFileSync(again, readFileSync(chosen.tailoring?.file ?? ''));
    const twice = [{ id: 'time', value: '4', reason: '' }];
    await expect(readTailoring(again, 'one', twice)).rejects.toThrow(/sets time/);
    await expect(choose({ tailoring: file, profiles: ['one', 'two'] })).rejects.toThrow(/several/);
  });

  it('takes the release’s tailoring, unless it is to be plain', async () => {
    const image = { distribution: 'debian', release: '13' };
    const profiles = ['cis_level1_server'];
    const chosen = await choose({ profiles, content: undefined }, image);
    expect(chosen.tailoring?.name).toContain('debian 13');
    expect((await choose({ profiles, content: undefined, plain: true }, image)).tailoring).toBeUndefined();
  });

  it('is refused when it is not there, with those that are', async () => {
    await expect(choose({ profiles: ['none'] })).rejects.toMatchObject({
      code: 'unknown-profile',
      fix: 'Choose from one, two.',
    });
    const image = { distribution: 'debian', release: '13' };
    await expect(choose({ profiles: ['stig'], content: undefined }, image)).rejects.toMatchObject({
      code: 'unknown-profile',
      fix: expect.stringContaining('anssi_bp28_high'),
    });
    await expect(choose({ variables: new Map([['tmie', '3']]) })).rejects.toMatchObject({
      code: 'unknown-variable',
      fix: 'It has size, time.',
    });
  });
});

describe('a datastream', () => {
  it.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['no end', DATASTREAM.slice(0, 300)],
    ['no XML', 'x'],
  ])('with %s is refused', async (_name, text) => {
    const file = path.join(folder, 'bad.xml');
    writeFileSync(file, text);
    await expect(readDatastream(file)).rejects.toMatchObject({ code: 'scan-failed' });
  });
});

describe('variables', () => {
  it('are one a line, each once', () => {
    expect([...parseVariables('# c\n var_a = 1=2 \n\nvar_b=')]).toEqual([
      ['var_a', '1=2'],
      ['var_b', ''],
    ]);
    for (const text of ['a', '=1', 'a=1\na=2', '1a=2']) {
      expect(() => parseVariables(text)).toThrow(/have the line/);
    }
  });
});
