import { describe, expect, it } from '@jest/globals';
import { parse as parseYaml } from 'yaml';
import { defineAction } from './definition.ts';
import { flag, text } from './inputs.ts';
import { actionMetadata, readmeTables } from './metadata.ts';

const definition = defineAction({
  name: 'sample',
  title: 'Sample: "quoted"',
  description: 'a # b: c',
  branding: { icon: 'disc', color: 'blue' },
  inputs: {
    source: text({ description: 'URL or path: {a | b}', required: true }),
    cache: flag({ description: 'Keep it', default: 'true' }),
  },
  outputs: { path: 'Where | it lies' },
});

describe('actionMetadata', () => {
  it('is YAML that says what the definition says', () => {
    expect(parseYaml(actionMetadata(definition))).toEqual({
      name: 'Sample: "quoted"',
      description: 'a # b: c',
      author: 'golden-image-actions',
      branding: { icon: 'disc', color: 'blue' },
      inputs: {
        source: { description: 'URL or path: {a | b}', required: true },
        cache: { description: 'Keep it', required: false, default: 'true' },
      },
      outputs: { path: { description: 'Where | it lies' } },
      runs: { using: 'node24', main: '../../dist/sample/index.js' },
    });
  });
});

describe('readmeTables', () => {
  it('shows form and default and escapes the column mark', () => {
    const { inputs, outputs } = readmeTables(definition);
    expect(inputs.split('\n')).toHaveLength(4);
    expect(inputs).toContain('| `source` | URL or path: {a \\| b} | text | **required** |');
    expect(inputs).toContain('| `cache` | Keep it | `true` or `false` | `true` |');
    expect(outputs).toContain('| `path` | Where \\| it lies |');
  });
});
