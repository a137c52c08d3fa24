import { createStatement, predicateTypes } from '@golden-image/evidence';
import { expect, test } from '@jest/globals';
import { builtRepositories } from './built-repositories.ts';

function evidence(name: string, internalParameters: Record<string, unknown>) {
  const statement = createStatement({
    subject: { name: 'disk.qcow2', digest: { sha256: 'a'.repeat(64) } },
    predicateType: predicateTypes.provenance,
    predicate: { buildDefinition: { internalParameters } },
  });
  return [{ name, file: `${name}.json`, statement }];
}

test('the build says which repositories it left in the image', () => {
  const repositories = ['http://mirror.example/debian', 'https://security.example/debian-security'];
  expect(builtRepositories(evidence('20-build', { repositories }))).toEqual(repositories);
});

test.each([
  ['another statement', evidence('30-harden', { repositories: ['http://mirror.example'] })],
  ['a build that does not say', evidence('20-build', {})],
  ['something that is no address', evidence('20-build', { repositories: ['file:/etc'] })],
  ['no evidence', []],
])('%s allows nothing', (_, files) => {
  expect(builtRepositories(files)).toEqual([]);
});
