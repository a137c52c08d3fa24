import { createHash } from 'node:crypto';
import { stableJson } from '@golden-image/evidence';
import type { LoadedDefinition } from '../definition/read.ts';
import type { SystemTraits } from '../family/family.ts';
import { customiseScript } from '../tree/customise.ts';
import { ENGINE_VERSION } from '../version.ts';
import { ASSEMBLE } from './assemble-script.ts';

/**
 * Stands for everything that decides a disk's bytes: the definition with the files that it places, what went into the
 * root tree, the family's and the engine's scripts, the host's tools.
 *
 * @param seed stands for the root tree and its time stamps
 * @returns 32 hexadecimal digits
 */
export function diskKey(facts: {
  readonly loaded: LoadedDefinition;
  readonly traits: SystemTraits;
  readonly seed: string;
  readonly hostPackages: Readonly<Record<string, string>>;
}): string {
  const scripts = [ASSEMBLE, customiseScript(facts.traits)];
  const text = stableJson(plain({ ...facts, scripts, engine: ENGINE_VERSION }));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Bytes as their digest, patterns as their source. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return createHash('sha256').update(value).digest('hex');
  }
  if (value instanceof RegExp) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]))
    : value;
}
