/** Every workflow, ours and those of the examples, before GitHub's own language service. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
const folders = ['.github/workflows', 'examples/image-repository/.github/workflows'];
const files = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => path.join(folder, name)),
);

/** What the service finds, by file. */
function lint(names: readonly string[]): Record<string, string[]> {
  const tool = path.join(root, 'test/tools/lint-workflows.mjs');
  return JSON.parse(execFileSync(process.execPath, [tool, ...names], { cwd: root, encoding: 'utf8' }));
}

describe('workflows', () => {
  it('have nothing that GitHub would refuse', () => {
    expect(lint(files)).toEqual(Object.fromEntries(files.map((file) => [file, []])));
  });

  it('would be told of a job that nobody defines, an unknown key and a broken expression', () => {
    const broken = 'test/fixtures/workflows/broken.yml';
    expect(lint([broken])[broken]).toEqual([
      "6: Value 'nobody' is not valid",
      "8: Unexpected value 'stepz'",
      expect.stringContaining('10: The expression is not closed'),
      '5: The workflow must contain at least one job with no dependencies.',
    ]);
  });
});

describe('the examples of callers', () => {
  const callers = files.filter((file) => file.startsWith('examples/'));

  it.each(callers)(
    '%s passes only inputs and secrets that the called workflow has, and all that it requires',
    (file) => {
      const { jobs } = parse(readFileSync(path.join(root, file), 'utf8')) as {
        jobs: Record<string, { uses: string; with?: object; secrets?: object }>;
      };
      for (const { uses, with: inputs = {}, secrets = {} } of Object.values(jobs)) {
        const name = /\/(\.github\/workflows\/[\w-]+\.yml)@/.exec(uses)?.[1] ?? '';
        const called = parse(readFileSync(path.join(root, name), 'utf8')) as {
          on: {
            workflow_call: Record<'inputs' | 'secrets', Record<string, { required?: boolean }> | undefined>;
          };
        };
        for (const [given, declared] of [
          [inputs, called.on.workflow_call.inputs ?? {}],
          [secrets, called.on.workflow_call.secrets ?? {}],
        ] as const) {
          expect(Object.keys(given).filter((key) => !(key in declared))).toEqual([]);
          const required = Object.entries(declared).filter(([, { required: needed }]) => needed);
          expect(required.map(([key]) => key).filter((key) => !(key in given))).toEqual([]);
        }
      }
    },
  );
});
