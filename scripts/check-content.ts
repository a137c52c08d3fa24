/**
 * Whether the table of hardening content is true: fetches each package of the SCAP Security Guide and compares the
 * profiles of every datastream with the table's. Nightly: a new version of the guide adds and drops profiles.
 */
import path from 'node:path';
import { fetchDebianPackages, RELEASES, readDatastream } from '@golden-image/hardening';
import { testPorts } from '@golden-image/host/testing';

const prefix = 'xccdf_org.ssgproject.content_profile_';
let wrong = 0;
for (const { distribution, release, packages, datastream, profiles } of RELEASES) {
  const { folder, versions } = await fetchDebianPackages(
    { suite: packages.suites[0] ?? 'sid', packages: [packages.name], prepare: async () => {} },
    testPorts(),
  );
  const found = await readDatastream(path.join(folder, datastream));
  const names = found.profiles.map(({ id }) => id.replace(prefix, '')).sort();
  const missing = profiles.filter((name) => !names.includes(name));
  const more = names.filter((name) => !profiles.includes(name));
  const verdict = missing.length + more.length === 0 ? 'as in the table' : 'DIFFERENT';
  console.log(
    `${distribution} ${release}: ${packages.name} ${versions[packages.name]}, ${names.length} profiles, ${verdict}`,
  );
  for (const [what, list] of [
    ['not there', missing],
    ['not in the table', more],
  ] as const) {
    if (list.length > 0) {
      wrong += 1;
      console.log(`  ${what}: ${list.join(', ')}`);
    }
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
