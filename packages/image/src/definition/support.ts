import { UserError } from '@golden-image/host';
import type { Definition } from './schema.ts';

/** What a definition may say that this version cannot do yet: refused by name, never passed over. */
const LIMITS: readonly {
  readonly field: string;
  readonly wants: (definition: Definition) => string | undefined;
}[] = [
  { field: 'distribution', wants: (d) => (d.distribution === 'debian' ? undefined : d.distribution) },
  { field: 'release', wants: (d) => (suiteOf(d) ? undefined : d.release) },
  { field: 'architecture', wants: (d) => (d.architecture === 'amd64' ? undefined : d.architecture) },
];

/** Code names of the releases that were tried. */
const SUITES: Readonly<Record<string, string>> = { 'debian 13': 'trixie' };

function suiteOf(definition: Definition): string | undefined {
  return SUITES[`${definition.distribution} ${definition.release}`];
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
      fix: 'Take these out of the definition, or use a version of build-image that has them.',
    });
  }
  return suite;
}
