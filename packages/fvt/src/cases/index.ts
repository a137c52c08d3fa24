import type { Case } from '../case.ts';
import { allowsSsh, anyUserLogin, noUserAccount, noVagrantAccount } from './access.ts';
import { hotNic, hotVolume } from './devices.ts';
import {
  imageRespondsToPing,
  interfaceAddresses,
  interfacesAreUp,
  pingByIp,
  pingByName,
  resolvConf,
} from './network.ts';
import { noMailPackages, rhelLicense, softwareUpdate, sourceRepositories } from './packages.ts';
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

/** Every case that runs, in the order of the catalogue. */
export const CASES: readonly Case[] = [
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

/** Cases of the catalogue that this version does not run: named in every report, never passed. */
export const NOT_RUN_YET: readonly { readonly id: string; readonly needs: string }[] = [
  { id: 'linux_vm_with_two_nics_and_two_volumes', needs: 'a boot with a second NIC and a second volume' },
];
