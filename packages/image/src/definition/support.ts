import { UserError } from '@golden-image/host';
import { aptDistribution } from '../apt/distributions.ts';
import { isForeign } from '../foreign-programs.ts';
import { rpmDistribution } from '../rpm/distributions.ts';
import type { Definition } from './schema.ts';

/** What a definition may say that this version cannot do yet: refused by name, never passed over. */
const LIMITS: readonly {
  readonly field: string;
  readonly wants: (definition: Definition) => string | undefined;
}[] = [
  { field: 'release', wants: (d) => (suiteOf(d) ? undefined : d.release) },
  {
    field: 'disk.filesystem',
    wants: (d) =>
      d.disk.filesystem !== 'ext4' && isForeign(d)
        ? `${d.disk.filesystem} on a host that is not ${d.architecture} (its tools take the clock from a library of this host)`
        : undefined,
  },
  {
    field: 'architecture',
    wants: (d) =>
      rpmDistribution(d.distribution) && isForeign(d)
        ? `${d.architecture} with RPM packages, on a host that is not ${d.architecture}`
        : undefined,
  },
  {
    field: 'source',
    wants: (d) =>
      d.source === 'installer' && d.architecture !== 'amd64' ? `installer, for ${d.architecture}` : undefined,
  },
  {
    field: 'formats',
    wants: (d) =>
      d.formats.includes('ova') && d.architecture !== 'amd64' ? `ova, for ${d.architecture}` : undefined,
  },
  {
    field: 'disk.filesystem',
    wants: (d) =>
      d.disk.filesystem === 'xfs' && hasSelinux(d)
        ? "xfs (mkfs.xfs would lose SELinux's labels, and an unlabelled system is not shipped)"
        : undefined,
  },
];

/** The release's code name; distributions with RPM packages have numbers only. */
function suiteOf({ distribution, release }: Definition): string | undefined {
  const rpm = rpmDistribution(distribution);
  return rpm
    ? rpm.releases.test(release)
      ? release
      : undefined
    : aptDistribution(distribution)?.releases[release]?.codename;
}

/** SUSE's servers start with AppArmor or without either. */
function hasSelinux({ distribution }: Definition): boolean {
  return rpmDistribution(distribution)?.database('').backend === 'sqlite';
}

/**
 * Checks that this version can build all of the definition.
 *
 * @returns the release's code name
 * @throws UserError `not-implemented`, naming each field
 */
export function checkSupport(definition: Definition, file: string): string {
  const refused = LIMITS.flatMap(({ field, wants }) => {
    const what = wants(definition);
    return what === undefined ? [] : [`${field}: ${what}`];
  });
  const suite = suiteOf(definition);
  if (refused.length > 0 || suite === undefined) {
    throw new UserError(`${file} asks for what build-image cannot do yet: ${refused.join('; ')}`, {
      code: 'not-implemented',
      fix: 'Take these out of the definition, build on the host that they name, or use a version of build-image that has them.',
    });
  }
  return suite;
}
