import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readBaselineSettings } from './settings.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baseline-'));
});
afterAll(() => rm(folder, { recursive: true }));
const read = (text: string) => {
  const file = path.join(folder, 'baseline.yml');
  writeFileSync(file, text);
  return readBaselineSettings(file);
};
const rule = (more: string) => `rules:
  - id: own-banner
    title: Our banner
    reason: The law asks us to say whose system it is.
    severity: low
${more}`;

describe('a project’s baseline file', () => {
  it('adds rules and allowlists', async () => {
    const text = rule('    check: { file: /etc/issue, line: Ours }\n    fix: echo Ours > /etc/issue\n');
    expect(await read(`${text}allowed-suid: [/opt/tool]\n`)).toEqual({
      'required-kernel-options': [],
      'allowed-suid': ['/opt/tool'],
      rules: [expect.objectContaining({ id: 'own-banner', check: { file: '/etc/issue', line: 'Ours' } })],
    });
    expect((await read('')).rules).toEqual([]);
  });

  it.each([
    ['an unknown key', 'allowed-sudi: []', /allowed-sudi/],
    ['a rule without a check', rule(''), /check/],
    ['two checks in one', rule('    check: { file: /x, line: a, absent: true }\n'), /exactly one/],
    ['a path that is none', rule('    check: { file: x, absent: true }\n'), /from \//],
    [
      'an id that breaks reports',
      rule('    check: { file: /x, absent: true }\n').replace('own-banner', '"a b"'),
      /id/,
    ],
    ['aliases', 'a: &a [1]\nrules: *a', /not valid/],
    ['broken YAML', 'rules: [', /not valid/],
  ])('is refused for %s', async (_name, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('is refused when it is not there', async () => {
    await expect(readBaselineSettings(path.join(folder, 'none'))).rejects.toMatchObject({
      code: 'invalid-baseline',
    });
  });
});
