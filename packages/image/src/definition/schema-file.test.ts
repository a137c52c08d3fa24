import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { jsonSchema, parseDefinition } from './parse.ts';

describe('image.schema.json', () => {
  it('is what the code checks', () => {
    const file = path.resolve(import.meta.dirname, '../../schema/image.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
  });

  it('accepts the example', () => {
    const file = path.resolve(import.meta.dirname, '../../../../examples/debian-13/image.yml');
    expect(parseDefinition(readFileSync(file, 'utf8'), 'image.yml').distribution).toBe('debian');
  });
});
