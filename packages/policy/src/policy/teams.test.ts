import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from './policy-file.ts';
import { environmentTeams, mergeTeams } from './teams.ts';

const policy = (text: string) => parsePolicy(`version: 1\n${text}`, 'policy.yml');

describe('the teams whose members a decision needs', () => {
  const owners = '* @acme/Core @bob dan@acme.example\n/docs/ @other/writers\n';

  it('on a merge are those of its rules, each once, with their organisation', () => {
    const rules = policy(
      'changes: [{paths: ["**"], approvals: {teams: [Keepers, other/x]}}, {paths: [a], approvals: {teams: [keepers]}}]',
    );
    expect(mergeTeams(rules, owners, 'acme/images')).toEqual(['acme/keepers', 'other/x']);
  });

  it('on a merge are those of CODEOWNERS where a rule asks for owners', () => {
    const rules = policy('changes: [{paths: ["**"], code-owners: true}]');
    expect(mergeTeams(rules, owners, 'acme/images')).toEqual(['acme/core', 'other/writers']);
    expect(mergeTeams(rules, undefined, 'acme/images')).toEqual([]);
  });

  it('on a release are those among the reviewers of its environment', () => {
    const environments = policy(
      'environments: {staging: {reviewers: [acme/qa]}, production: {reviewers: [rita, acme/Owners, acme/owners]}}',
    );
    expect(environmentTeams(environments, 'production')).toEqual(['acme/owners']);
    expect(environmentTeams(environments, 'nowhere')).toEqual([]);
  });
});
