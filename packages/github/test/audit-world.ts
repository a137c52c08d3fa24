import { parsePolicy } from '@golden-image/policy';
import { expect } from '@jest/globals';
import {
  ADMIN_TOKEN,
  sampleRepository,
  sampleWorld,
  type World,
} from '../../../test/fake-github/src/index.ts';
import { type AuditOutcome, audit } from '../src/audit/audit.ts';
import { provision } from '../src/provision/provision.ts';
import { type Bench, name, startBench } from './setup.ts';

let bench: Bench | undefined;

/** Ends the server of the last `look`. */
export async function closeBench(): Promise<void> {
  await bench?.github.close();
  bench = undefined;
}

const POLICY = `
version: 1
repository:
  checks: [gate]
  admins: [erin]
  build-runners: [build-hosts]
environments:
  production: {refs: ['refs/tags/v*'], reviewers: [acme/release-owners]}
`;
const policy = parsePolicy(POLICY, 'policy.yml');

export const CI = `name: ci
on:
  pull_request:
  merge_group:
jobs:
  test:
    runs-on: ubuntu-24.04
    steps: [{ uses: 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd' }]
  gate:
    if: always()
    needs: [test]
    runs-on: ubuntu-24.04
    steps: [{ run: 'true' }]
`;

/** The sample world, provisioned by our own mode and with nothing to find. */
export async function sound(): Promise<World> {
  const repository = sampleRepository();
  repository.files['.github/workflows/ci.yml'] = CI;
  repository.collaborators = repository.collaborators.filter(({ login }) => login !== 'mallory');
  const world = sampleWorld(repository);
  world.runnerGroups.push({
    id: 4,
    name: 'build-hosts',
    visibility: 'selected',
    allows_public_repositories: false,
    restricted_to_workflows: true,
    selected_workflows: ['acme/images/.github/workflows/build.yml@refs/heads/main'],
    repositories: ['acme/images'],
    runners: [],
  });
  await closeBench();
  bench = await startBench(world, { token: ADMIN_TOKEN });
  const request = { policy, repository: name, dryRun: false, loosen: false };
  expect((await provision(request, bench.api, bench.ports)).problems).toEqual([]);
  return world;
}

export async function look(world: World, token = ADMIN_TOKEN, asked = policy): Promise<AuditOutcome> {
  await closeBench();
  bench = await startBench(world, { token });
  const outcome = await audit({ policy: asked, repository: name }, bench.api, bench.ports);
  expect(bench.github.violations).toEqual([]);
  expect(bench.github.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
  return outcome;
}

export function first(world: World) {
  const [repository] = world.repositories;
  if (!repository) {
    throw new Error('no repository');
  }
  return repository;
}

export const messages = ({ findings }: AuditOutcome): string[] =>
  findings.map(({ rule, level, message }) => `${rule} ${level}: ${message}`);
