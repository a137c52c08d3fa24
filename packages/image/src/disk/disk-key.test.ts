import { describe, expect, it } from '@jest/globals';
import type { LoadedDefinition } from '../definition/read.ts';
import type { SystemTraits } from '../family/family.ts';
import { diskKey } from './disk-key.ts';

const FILE = { path: '/etc/issue', mode: '0644', owner: 'root', group: 'root', content: Buffer.from('one') };
const LOADED = {
  sha256: 'a',
  definition: { name: 'x', version: '1' },
  files: [FILE],
  mirrorKey: undefined,
} as unknown as LoadedDefinition;
const TRAITS = {
  clean: 'rm x',
  renewInitrd: 'make',
  initrdInputs: /^\/etc\/a/,
  files: [],
} as unknown as SystemTraits;
const FACTS = { loaded: LOADED, traits: TRAITS, seed: 'seed', hostPackages: { mtools: '4' } };

describe('diskKey', () => {
  it('is the same for the same facts', () => {
    const copy = { ...FILE, content: new Uint8Array(Buffer.from('one')) };
    expect(diskKey({ ...FACTS, loaded: { ...LOADED, files: [copy] } })).toBe(diskKey(FACTS));
    expect(diskKey(FACTS)).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    [
      'the content of a placed file',
      { loaded: { ...LOADED, files: [{ ...FILE, content: Buffer.from('two') }] } },
    ],
    ['its mode', { loaded: { ...LOADED, files: [{ ...FILE, mode: '0600' }] } }],
    [
      'the version that was asked for',
      { loaded: { ...LOADED, definition: { ...LOADED.definition, version: '2' } } },
    ],
    ['the key of a mirror', { loaded: { ...LOADED, mirrorKey: Buffer.from('key') } }],
    ["the family's scripts", { traits: { ...TRAITS, clean: 'rm y' } }],
    ['what renews the initrd', { traits: { ...TRAITS, initrdInputs: /^\/etc\/b/ } }],
    ['the root tree', { seed: 'other' }],
    ["the host's tools", { hostPackages: { mtools: '5' } }],
  ])('changes with %s', (_what, change) => {
    expect(diskKey({ ...FACTS, ...change })).not.toBe(diskKey(FACTS));
  });
});
