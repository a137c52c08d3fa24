import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { planLayout } from '../disk/layout.ts';
import { jsonSchema, parseDefinition } from './parse.ts';

describe('image.schema.json', () => {
  it('is what the code checks', () => {
    const file = path.resolve(import.meta.dirname, '../../schema/image.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
  });

  const examples = path.resolve(import.meta.dirname, '../../../../examples/debian-13');
  const names = readdirSync(examples).filter((name) => /^image(-(?!policy)[a-z-]+)?\.yml$/.test(name));

  it.each(names)('accepts the example %s, whose partitions fit', (name) => {
    const definition = parseDefinition(readFileSync(path.join(examples, name), 'utf8'), name);
    expect(definition.distribution).toBe('debian');
    expect(planLayout(definition, '').size).toBeGreaterThan(0);
  });

  it('looks at all of them', () => {
    expect(names.sort()).toEqual(['image-cis.yml', 'image-from-disk.yml', 'image.yml']);
  });
});
