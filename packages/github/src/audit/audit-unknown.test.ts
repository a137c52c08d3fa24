import { afterEach, describe, expect, it } from '@jest/globals';
import { ADMIN_TOKEN, WORKFLOW_TOKEN } from '../../../../test/fake-github/src/index.ts';
import { closeBench, first, look, sound } from '../../test/audit-world.ts';
import { auditSarif } from './sarif.ts';

afterEach(closeBench);

describe('what the token may not see', () => {
  it('is unknown, refuses, and names the permission', async () => {
    const outcome = await look(await sound(), WORKFLOW_TOKEN);
    expect(outcome.decision).toBe('refused');
    const unknown = outcome.findings.filter(({ status }) => status === 'unknown');
    const next = unknown.map((finding) => `${finding.rule}: ${finding.next}`);
    expect(next).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^protection-drift: .*administration: read/),
        expect.stringMatching(/^actions-settings: .*administration: read/),
        expect.stringMatching(/^runner-group: .*organization-self-hosted-runners: read/),
      ]),
    );
  });

  it.each([
    ['actions', 'environment-drift', 'actions: read'],
    ['contents', 'workflows', 'contents: read'],
    ['members', 'environment-drift', 'members: read'],
    ['organization_self_hosted_runners', 'runner-group', 'organization-self-hosted-runners: read'],
  ])('without %s', async (scope, rule, permission) => {
    const world = await sound();
    // The reviewers must be looked up when there is something to put right.
    Object.assign(first(world).environments[0] ?? {}, { prevent_self_review: false });
    delete world.tokens[ADMIN_TOKEN]?.permissions[scope as 'actions'];
    const outcome = await look(world);
    expect(outcome.findings).toContainEqual(
      expect.objectContaining({ rule, status: 'unknown', next: expect.stringContaining(permission) }),
    );
  });

  it('bypass actors need the right to write rulesets', async () => {
    const world = await sound();
    Object.assign(world.tokens[ADMIN_TOKEN]?.permissions ?? {}, { administration: 'read' });
    const outcome = await look(world);
    expect(outcome.findings).toContainEqual(
      expect.objectContaining({
        rule: 'bypass-actor',
        status: 'unknown',
        next: expect.stringContaining('administration: write'),
      }),
    );
  });
});

describe('SARIF', () => {
  it('has a place for every finding and the same fingerprint in every run', async () => {
    const world = await sound();
    first(world).rulesets = [];
    const { findings } = await look(world);
    const sarif = auditSarif(findings, '.image-policy.yml') as {
      runs: { results: { ruleId: string; locations: unknown[]; partialFingerprints: object }[] }[];
    };
    expect(sarif.runs[0]?.results).toHaveLength(findings.length);
    expect(sarif.runs[0]?.results[0]).toMatchObject({
      ruleId: 'protection-drift',
      locations: [{ physicalLocation: { artifactLocation: { uri: '.image-policy.yml' } } }],
    });
    expect(auditSarif(findings, '.image-policy.yml')).toEqual(sarif);
  });
});
