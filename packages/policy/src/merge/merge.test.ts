import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeFacts, unknownOf, without } from '../../test/change.ts';
import { goodFacts } from '../../test/facts.ts';
import type { Facts } from '../facts/facts.ts';
import { decideOnMerge, replayMerge } from './merge.ts';

const POLICY = 'version: 1\nchanges: [{paths: ["**"], approvals: {teams: [core, other/team]}}]\n';
const facts = changeFacts({ teams: { 'acme/core': ['bob'], 'other/team': [] } });
const report = ({ decision }: { decision: { decision: string } }): string => `# ${decision.decision}\n`;
let work: string;

beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'merge-'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

async function decide(observed: Facts = facts, policyText: string | undefined = POLICY) {
  let asked: readonly string[] = [];
  const reports = { workspace: work, coverage: [], coverageBase: [], sarif: [], sarifBase: [], junit: [] };
  const outcome = await decideOnMerge(
    {
      observe: async (teams) => {
        asked = teams(POLICY);
        return { facts: observed.facts, policyText: policyText === '' ? undefined : policyText };
      },
      repository: 'acme/images',
      policy: '.image-policy.yml',
      reports,
      output: path.join(work, 'out'),
    },
    report,
    testPorts(),
  );
  return { ...outcome, asked };
}

describe('a decision on a merge', () => {
  it('asks for the teams that the policy names, and leaves facts and a report', async () => {
    const { decision, files, asked, replayed } = await decide();
    expect(decision.reasons).toEqual([]);
    expect(asked).toEqual(['acme/core', 'other/team']);
    expect(replayed).toBe(false);
    expect(await readFile(files.report, 'utf8')).toBe('# approved\n');
    const saved = JSON.parse(await readFile(files.facts, 'utf8'));
    expect(saved).toMatchObject({ version: 1, mode: 'merge' });
    expect(saved.facts).toHaveLength(facts.facts.length);
  });

  it('without the policy of the base is a refusal that says why', async () => {
    const { decision, files } = await decide(unknownOf(facts, 'policy', 'contents: read'), '');
    expect(decision.reasons).toEqual([
      'The policy of the base can be read: HTTP 403; the permission contents: read is missing',
    ]);
    expect(await readFile(files.report, 'utf8')).toBe('# refused\n');
    const nothing = await decide(without(without(facts, 'policy'), 'change'), '');
    expect(nothing.decision.reasons).toEqual(['What is to be merged is known: no fact about it (change)']);
  });

  it('refuses what a report of the policy says nothing about', async () => {
    const { decision } = await decide(facts, `${POLICY}quality: {tests: {}}\n`);
    expect(decision.reasons.join()).toMatch(/no report was given in the input junit/);
  });

  it('throws for a policy with mistakes', async () => {
    await expect(decide(facts, 'version: 2\n')).rejects.toMatchObject({ code: 'invalid-policy' });
  });
});

describe('a replay', () => {
  const replay = async (saved: object, policy = POLICY) => {
    await mkdir(path.join(work, 'in'), { recursive: true });
    await writeFile(path.join(work, 'in/facts.json'), JSON.stringify(saved));
    await writeFile(path.join(work, 'in/policy.yml'), policy);
    const files = { facts: path.join(work, 'in/facts.json'), policy: path.join(work, 'in/policy.yml') };
    return replayMerge({ ...files, output: path.join(work, 'out') }, report);
  };

  it('decides the same, and by another policy something else', async () => {
    const first = await decide();
    const again = await replay(first.facts);
    expect(again.decision).toEqual(first.decision);
    expect(again.replayed).toBe(true);
    expect((await replay(first.facts, POLICY.replace('teams', 'min: 2, teams'))).decision.decision).toBe(
      'refused',
    );
  });

  it('is not one of the facts of a release', async () => {
    await expect(replay(goodFacts())).rejects.toMatchObject({ code: 'invalid-facts' });
  });
});
