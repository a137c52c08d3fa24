import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RootSession } from '@golden-image/disk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRule } from '../test/outcome.ts';
import type { AppliedFix } from './fix/apply.ts';
import { chooseFixes } from './iterate.ts';
import type { RuleOutcome } from './scap/results.ts';
import type { Scan, Scanner } from './scap/scanner.ts';

const NAMES = ['only-ours', 'second', 'first', 'accepted', 'dangerous', 'ours', 'without'];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'choose-fixes-'));
  const parts = ['first', 'second', 'accepted', 'dangerous', 'ours'].map(
    (name, index) => `# BEGIN fix (${index + 1} / 5) for 'xccdf_org.ssgproject.content_rule_${name}'
(>&2 echo "Remediating rule"); (
echo content ${name}
) # END fix for 'xccdf_org.ssgproject.content_rule_${name}'
`,
  );
  writeFileSync(path.join(folder, 'fix.sh'), parts.join('\n'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function choose(
  outcome: RuleOutcome = 'fail',
  earlier: readonly AppliedFix[] = [],
): Promise<readonly string[]> {
  const scanner = { generateFix: async () => path.join(folder, 'fix.sh') } as unknown as Scanner;
  const own = {
    preparations: [],
    fixes: {
      'only-ours': { reason: '', script: 'echo only ours' },
      ours: { reason: '', script: 'echo project ours' },
      dangerous: { reason: '', script: 'x' },
    },
    neverFixed: { dangerous: 'It locks everybody out.' },
  };
  const open = NAMES.map((name) => aRule(name, outcome));
  const options = { waived: new Set(['accepted']), own };
  const fixes = await chooseFixes({} as RootSession, scanner, {} as Scan, open, options, earlier);
  return fixes.map(({ script }) => script);
}

describe('the choice of fixes', () => {
  it('takes the content’s order, our own fix before its, and leaves out what is waived or never fixed', async () => {
    expect(await choose()).toEqual([
      'echo content first',
      'echo content second',
      'echo project ours',
      'echo only ours',
    ]);
  });

  it('tries twice at most, not after a failure, and once what only a running system can judge', async () => {
    const tried = (rule: string, ...status: number[]): AppliedFix[] =>
      status.map((code) => ({ rule, origin: 'content', status: code }));
    const once = tried('first', 0);
    expect(await choose('fail', once)).toContain('echo content first');
    expect(await choose('error', once)).not.toContain('echo content first');
    expect(await choose('fail', tried('first', 0, 0))).not.toContain('echo content first');
    expect(await choose('fail', tried('first', 1))).not.toContain('echo content first');
  });
});
