import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { orderedJobs } from './job-order.ts';
import { loadWorkflows } from './load.ts';
import { Refusals } from './refusal.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'local-runner-load-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let count = 0;

async function load(files: Record<string, string>) {
  count += 1;
  const root = path.join(scratch, String(count));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const refusals = new Refusals();
  const loaded = await loadWorkflows(root, 'me/mine', 'w.yml', refusals);
  let message = '';
  try {
    refusals.check();
  } catch (error) {
    message = (error as Error).message;
  }
  return { ...loaded, message };
}

const job = (text: string): string => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${text}`;
const action = (runs: string): string => `name: x\ndescription: x\nruns:\n${runs}`;

describe('loadWorkflows', () => {
  it('refuses what cannot be run, each with its line, in the order of the file', async () => {
    const { message } = await load({
      'w.yml': job(
        '      - uses: docker://x\n      - run: x\n        shell: cmd\n' +
          '      - uses: actions/cache@v4\n        with: {key: k, path: p, other: x}\n      - uses: ./c\n',
      ),
      'c/action.yml': action(
        '  using: composite\n  steps:\n    - uses: me/mine/pre@v1\n    - uses: ./none\n',
      ),
      'pre/action.yaml': action('  using: node24\n  main: m.js\n  pre: p.js\n'),
    });
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^c\/action\.yml:6: `pre` of an action within a composite/),
      'c/action.yml:7: there is no action.yml in none',
      expect.stringMatching(/^w\.yml:6: `uses: docker:\/\/x`/),
      expect.stringMatching(/^w\.yml:8: the shell "cmd"/),
      expect.stringMatching(/^w\.yml:10: the input `other` of actions\/cache/),
    ]);
  });

  it.each([
    ['on: push\njobs: {a: {uses: ./missing.yml}}\n', 'missing.yml: the workflow file cannot be read'],
    [
      'on: push\njobs: {a: {uses: "x/y/z.yml@v1"}}\n',
      'w.yml:2: the workflow x/y/z.yml@v1 is not in this repository',
    ],
    ['on: push\njobs: {a: {uses: ./other.yml}}\n', 'w.yml:2: other.yml cannot be called'],
    [
      'on: push\njobs: {a: {runs-on: x, strategy: {matrix: {n: [1]}, other: 1}, steps: [{run: x}]}}\n',
      'other',
    ],
    ['a: b: c', 'w.yml:1: '],
    [job('      - run: x\n        background: true\n'), "w.yml:7: Unexpected value 'background'"],
    [job(`      - run: x\n        shell: \${{ env.S }}\n`), 'w.yml:7: '],
  ])('refuses %j', async (text, message) => {
    const loaded = await load({ 'w.yml': text, 'other.yml': job('      - run: x\n') });
    expect(loaded.message).toContain(message);
  });

  it('refuses workflows that call each other without end', async () => {
    const call = 'on: {push: , workflow_call: }\njobs: {a: {uses: ./w.yml}}\n';
    expect((await load({ 'w.yml': call })).message).toContain('more than 10 deep');
  });

  it('puts jobs after those that they need', async () => {
    const one = (needs: string): string => `{needs: [${needs}], runs-on: x, steps: [{run: x}]}`;
    const text = `on: push\njobs:\n  c: ${one('b, a')}\n  b: ${one('a')}\n  a: {runs-on: x, steps: [{run: x}]}\n  d: ${one('a')}\n`;
    const { main, message } = await load({ 'w.yml': text });
    expect(message).toBe('');
    const ids = (only?: string[]) => orderedJobs(main?.jobs ?? [], only).map(({ id }) => id);
    expect(ids()).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(['B'])).toEqual(['a', 'b']);
    expect(() => ids(['e'])).toThrow('There is no job "e"');
  });
});
