import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { licenceText, packageFolders } from './licences.ts';

const root = path.resolve(import.meta.dirname, '..');

describe('licences of a bundle', () => {
  it('finds packages in all modules, joined and nested ones too', () => {
    const folder = (name: string) => `/x/node_modules/${name}`;
    const stats = {
      modules: [
        { identifier: `${folder('a')}/lib/index.js` },
        {
          identifier: `loader!${folder('@s/b')}/index.js|0123`,
          modules: [{ identifier: `${folder('c/node_modules/d')}/i.js`, orphan: true }],
        },
        { identifier: '/x/build/packages/ours/src/index.js' },
        { identifier: `${folder('left-out')}/index.js`, orphan: true },
      ],
    };
    expect(packageFolders(stats).toSorted()).toEqual([
      folder('@s/b'),
      folder('a'),
      folder('c/node_modules/d'),
    ]);
  });

  it('writes name, version, licence and its text, sorted', async () => {
    const text = await licenceText(['zod', 'yaml'].map((name) => path.join(root, 'node_modules', name)));
    expect(text).toMatch(/^yaml \d[\s\S]*\nISC\n[\s\S]*Permission[\s\S]*\nzod \d[\s\S]*\nMIT\n/);
  });
});
