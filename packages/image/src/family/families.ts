import { APT } from '../apt/apt-family.ts';
import type { Definition } from '../definition/schema.ts';
import { DNF_FAMILY } from '../dnf/dnf-family.ts';
import { ZYPPER_FAMILY } from '../zypper/zypper-family.ts';
import type { Family } from './family.ts';

const FAMILIES: Readonly<Partial<Record<Definition['distribution'], Family>>> = {
  debian: APT,
  ubuntu: APT,
  rhel: DNF_FAMILY,
  almalinux: DNF_FAMILY,
  rocky: DNF_FAMILY,
  centos: DNF_FAMILY,
  ol: DNF_FAMILY,
  fedora: DNF_FAMILY,
  sles: ZYPPER_FAMILY,
  'opensuse-leap': ZYPPER_FAMILY,
};

/** The family of a definition's distribution. */
export function familyOf({ distribution }: Definition): Family {
  const family = FAMILIES[distribution];
  if (!family) {
    throw new Error(`no family has ${distribution}`);
  }
  return family;
}
