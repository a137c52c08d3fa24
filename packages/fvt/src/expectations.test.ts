import { describe, expect, it } from '@jest/globals';
import { NO_EXPECTATIONS, parseExpectations, readExpectations } from './expectations.ts';

describe('expectations', () => {
  it('has defaults for everything', () => {
    expect(parseExpectations('', 'x')).toEqual(NO_EXPECTATIONS);
    expect(NO_EXPECTATIONS.disk).toEqual({ 'grow-gib': 1, 'minimum-share': 0.88 });
  });

  it.each([
    ['an unknown key', 'kernel-option: {}', /kernel-option/],
    ['an unknown key within', 'disk: {grow: 1}', /disk/],
    ['a duplicate key', 'mail: {}\nmail: {}', /unique/],
    ['a share beyond all', 'disk: {minimum-share: 2}', /disk\.minimum-share/],
    ['a module name that is shell', 'modules: {available: ["x; reboot"]}', /modules\.available\.0/],
    ['a repository that is no address', 'repositories: {allowed: ["file:/srv"]}', /repositories\.allowed\.0/],
    ['no YAML', '{', /not valid/],
  ])('refuses %s', (_what, text, says) => {
    expect(() => parseExpectations(text, 'e.yml')).toThrow(says);
  });

  it('names the file that cannot be read', async () => {
    await expect(readExpectations('/no/such.yml')).rejects.toMatchObject({
      code: 'invalid-expectations',
      message: expect.stringContaining('/no/such.yml'),
    });
  });
});
