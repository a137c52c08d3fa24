import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { applyWaivers, parseWaivers, readWaivers } from './waivers.ts';

const waiver = (more = '') => `waivers:
  - rule: xccdf_org.ssgproject.content_rule_grub2_password
    scope: debian-13
    owner: team
    reason: The console belongs to the cloud.
    expires: 2027-01-31
${more}`;
const image = { name: 'web', distribution: 'debian', release: '13' };

describe('waivers', () => {
  it('hold through their last day, for their scope', () => {
    const waivers = parseWaivers(waiver(), 'w');
    const on = (day: string, where = image) => applyWaivers(waivers, where, new Date(day));
    expect([...on('2027-01-31T23:59:00Z').valid.keys()]).toEqual(['grub2_password']);
    expect(on('2027-02-01T00:00:00Z')).toMatchObject({ expired: [{ rule: 'grub2_password' }] });
    expect(on('2027-02-01T00:00:00Z').valid.size).toBe(0);
    expect(on('2026-01-01T00:00:00Z', { ...image, release: '12' })).toEqual({
      valid: new Map(),
      expired: [],
    });
  });

  it.each([
    ['*', true],
    ['debian', true],
    ['debian-13', true],
    ['web', true],
    ['13', false],
    ['debian-12', false],
    ['webs', false],
  ])('of the scope %s hold for the image: %s', (scope, holds) => {
    const waivers = parseWaivers(waiver().replace('scope: debian-13', `scope: '${scope}'`), 'w');
    const { valid, expired } = applyWaivers(waivers, image, new Date('2026-01-01'));
    expect([valid.size, expired.length]).toEqual([holds ? 1 : 0, 0]);
    expect(applyWaivers(waivers, image, new Date('2028-01-01')).expired).toHaveLength(holds ? 1 : 0);
  });

  it.each([
    ['a missing field', waiver().replace(/ {4}owner.*\n/, ''), /waivers\.0\.owner/],
    ['an unknown field', waiver('    until: later\n'), /until/],
    ['a reason of one word', waiver().replace(/reason: .*/, 'reason: no'), /say why/],
    ['a date that is none', waiver().replace('2027-01-31', '2027-02-30'), /expires/],
    ['the same waiver twice', waiver(waiver().split('\n').slice(1).join('\n')), /twice/],
    ['aliases', waiver().replace('debian-13', '&s debian-13').replace('team', '*s'), /not valid/],
    ['something else', '- x', /not valid/],
    ['broken YAML', 'waivers: [', /not valid/],
  ])('refuse %s', (_name, text, message) => {
    expect(() => parseWaivers(text, 'w')).toThrow(message);
  });

  const example = (name: string) => path.resolve(import.meta.dirname, '../../../../examples/debian-13', name);

  it.each([[['waivers.yml', 'waivers-level2.yml']], [['waivers-anssi.yml']]])(
    'of the example are valid: %s',
    async (names) => {
      expect((await readWaivers(names.map(example))).length).toBeGreaterThan(3);
    },
  );

  it('of several files hold together, each rule once for a scope', async () => {
    expect(await readWaivers([])).toEqual([]);
    const [first, second] = [example('waivers.yml'), example('waivers-level2.yml')];
    const each = [...(await readWaivers([first])), ...(await readWaivers([second]))];
    expect(await readWaivers([first, second])).toEqual(each);
    await expect(readWaivers([first, example('waivers-anssi.yml')])).rejects.toThrow(
      /waivers\.yml, .*waivers-anssi\.yml are not valid: \w+ is waived twice for debian-13/,
    );
    await expect(readWaivers([first, example('none.yml')])).rejects.toThrow(/none\.yml .* cannot be read/);
  });
});
