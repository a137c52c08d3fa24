/** What every workflow of this repository must keep. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy } from '@golden-image/policy';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, '.github/workflows');

interface Step {
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
  readonly run?: string;
}
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Record<
    string,
    { needs?: string | string[]; steps?: Step[]; 'timeout-minutes'?: number; uses?: string }
  >;
}

const workflows = readdirSync(folder)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }))
  .map(({ name, text }) => ({ name, text, workflow: parse(text) as Workflow }));

describe.each(workflows)('$name', ({ text, workflow }) => {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);

  it('gives no permission that a job does not ask for', () => {
    expect(workflow.permissions).toEqual({});
  });

  it('pins third-party actions by full SHA with the version beside it, and names its own by $/, or as they are at the base', () => {
    const foreign = text.match(/uses: (?!\$\/|\.\/base\/actions\/).*/g) ?? [];
    expect(
      foreign.filter((line) => !/^uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
    ).toEqual([]);
  });

  it('leaves no credentials in the checkout', () => {
    const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('limits the time of every job', () => {
    const unlimited = Object.entries(workflow.jobs).filter(([, job]) => !job.uses && !job['timeout-minutes']);
    expect(unlimited.map(([name]) => name)).toEqual([]);
  });

  it('never puts an expression into a script', () => {
    expect(steps.filter((step) => step.run?.includes('${{')).map((step) => step.run)).toEqual([]);
  });
});

describe('the composite actions of the examples', () => {
  const composites = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'action.yml')
    .map((name) => ({
      name,
      action: parse(readFileSync(path.join(root, 'examples', name), 'utf8')) as {
        runs: { using: string; steps: Step[] };
      },
    }));

  it('are there', () => {
    expect(composites.map(({ name }) => name).sort()).toEqual([
      'debian-13/medium/action.yml',
      'signing-keys/action.yml',
    ]);
  });

  it.each(composites)('$name puts no expression into a script', ({ action }) => {
    expect(action.runs.using).toBe('composite');
    expect(action.runs.steps.filter((step) => step.run?.includes('${{'))).toEqual([]);
  });
});

describe('ci.yml', () => {
  it('has a gate that waits for every other job', () => {
    const ci = workflows.find(({ name }) => name === 'ci.yml')?.workflow.jobs ?? {};
    const others = Object.keys(ci).filter((name) => name !== 'gate');
    expect(ci.gate?.needs).toEqual(others);
  });
});

describe('the policy of this repository', () => {
  const policy = parsePolicy(readFileSync(path.join(root, '.image-policy.yml'), 'utf8'), '.image-policy.yml');
  const jobs = workflows.find(({ name }) => name === 'ci.yml')?.workflow.jobs ?? {};

  it('asks for jobs and checks that ci.yml has', () => {
    expect(Object.keys(jobs)).toEqual(expect.arrayContaining([...(policy.quality?.jobs ?? [])]));
    expect(Object.keys(jobs)).toEqual(expect.arrayContaining([...(policy.repository?.checks ?? [])]));
  });

  it('is decided on by the gate of the base, with the reports that it asks for', () => {
    const steps = jobs.gate?.steps ?? [];
    const gate = steps.find((step) => step.uses === './base/actions/gate-approval');
    expect(gate?.with).toMatchObject({
      mode: 'merge',
      coverage: expect.any(String),
      sarif: expect.any(String),
    });
    expect(steps.find((step) => step.with?.path === 'base')?.with?.ref).toContain('base.sha');
  });
});

describe('one version of everything', () => {
  it('uses each third-party action at one SHA', () => {
    const pins = new Map<string, Set<string>>();
    for (const { text } of workflows) {
      for (const [, name = '', sha = ''] of text.matchAll(/uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40})/g)) {
        pins.set(name, (pins.get(name) ?? new Set()).add(sha));
      }
    }
    expect([...pins].filter(([, shas]) => shas.size > 1).map(([name]) => name)).toEqual([]);
  });
});
