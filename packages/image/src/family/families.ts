import { APT } from '../apt/apt-family.ts';
import type { Definition } from '../definition/schema.ts';
import type { Family } from './family.ts';

const FAMILIES: Readonly<Partial<Record<Definition['distribution'], Family>>> = {
  debian: APT,
  ubuntu: APT,
};

/** The family of a definition's distribution. */
export function familyOf({ distribution }: Definition): Family {
  const family = FAMILIES[distribution];
  if (!family) {
    throw new Error(`no family has ${distribution}`);
  }
  return family;
}
