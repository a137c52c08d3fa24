import type { Case } from '../case.ts';
import { allowsSsh, anyUserLogin, noUserAccount, noVagrantAccount } from './access.ts';
import { compliesWithProfile } from './compliance.ts';
import { hotNic, hotVolume } from './devices.ts';
import { EXTRA_CASES } from './extra/index.ts';
import { twoNicsAndTwoVolumes } from './hardware.ts';
import {
  imageRespondsToPing,
  interfaceAddresses,
  interfacesAreUp,
  pingByIp,
  pingByName,
  resolvConf,
} from './network.ts';
import { noMailPackages, rhelLicense, softwareUpdate, sourceRepositories } from './packages.ts';
import { PENETRATION_CASES } from './penetration/index.ts';
import { reboot, stopAndStart } from './restarts.ts';
import { bootDiskSize, noSwap } from './storage.ts';
import {
  cloudInit,
  distribution,
  kernelBootOptions,
  lockFiles,
  requiredModules,
  serviceUnits,
} from './system.ts';

/** The cases of the catalogue, in its order. */
export const NAMED_CASES: readonly Case[] = [
  imageRespondsToPing,
  allowsSsh,
  resolvConf,
  pingByIp,
  pingByName,
  bootDiskSize,
  distribution,
  requiredModules,
  rhelLicense,
  softwareUpdate,
  twoNicsAndTwoVolumes,
  stopAndStart,
  reboot,
  interfacesAreUp,
  interfaceAddresses,
  hotVolume,
  anyUserLogin,
  hotNic,
  noSwap,
  kernelBootOptions,
  cloudInit,
  sourceRepositories,
  noVagrantAccount,
  noUserAccount,
  lockFiles,
  serviceUnits,
  noMailPackages,
];

/** Every case. */
export const CASES: readonly Case[] = [
  ...NAMED_CASES,
  ...EXTRA_CASES,
  ...PENETRATION_CASES,
  compliesWithProfile,
];
