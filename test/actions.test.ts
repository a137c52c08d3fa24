/** What every action keeps, whatever it does: metadata from its definition, and a bundle that starts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ActionDefinition, actionMetadata, readmeTables } from '@golden-image/action-kit';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'actions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = readdirSync(path.join(root, 'actions')).sort();

describe.each(names)('%s', (name) => {
  const home = path.join(root, 'actions', name);
  const metadata = readFileSync(path.join(home, 'action.yml'), 'utf8');
  const parsed = parse(metadata) as {
    runs: { using: string; main: string };
    inputs: Record<string, { description: string; required: boolean; default?: string }>;
    outputs: Record<string, { description: string }>;
  };

  it('has an action.yml and README tables that follow from its definition', async () => {
    const { definition } = (await import(path.join(home, 'src/definition.ts'))) as {
      definition: ActionDefinition;
    };
    expect(metadata).toBe(actionMetadata(definition));
    const readme = readFileSync(path.join(home, 'README.md'), 'utf8');
    const tables = readmeTables(definition);
    expect(readme).toContain(tables.inputs);
    expect(readme).toContain(tables.outputs);
  });

  it('describes every input and output', () => {
    const all = [...Object.entries(parsed.inputs), ...Object.entries(parsed.outputs)];
    expect(all.filter(([, { description }]) => description.length < 8).map(([key]) => key)).toEqual([]);
  });

  it('shows in its README how to use it', () => {
    const readme = readFileSync(path.join(home, 'README.md'), 'utf8');
    expect(readme).toContain(`uses: `);
    expect(readme).toContain(`actions/${name}@`);
  });

  it('runs on Node 24 from a bundle that is there', () => {
    expect(parsed.runs.using).toBe('node24');
    expect(existsSync(path.resolve(home, parsed.runs.main))).toBe(true);
  });

  it('has a bundle that names a malformed input and writes no output', () => {
    const output = path.join(folder, `${name}.output`);
    writeFileSync(output, '');
    const env: Record<string, string> = { PATH: process.env.PATH ?? '', GITHUB_OUTPUT: output };
    const flags = Object.keys(parsed.inputs).filter((key) => parsed.inputs[key]?.default === 'true');
    const broken = flags.at(-1) ?? '';
    env[`INPUT_${broken.toUpperCase()}`] = '::error::not a flag';
    const { status, stdout } = spawnSync(process.execPath, [path.resolve(home, parsed.runs.main)], {
      env,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    const annotations = stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toContain(`${broken} is `);
    expect(readFileSync(output, 'utf8')).toBe('');
  });
});
