import type { Case } from '../../case.ts';
import {
  accountDatabases,
  noHistory,
  rootIsLocked,
  serviceAccounts,
  sshdSettings,
  sudoers,
} from './accounts.ts';
import { setuidInventory, worldWritable } from './files.ts';
import { secureBoot, tpm } from './firmware.ts';
import { hostname, secondBoot, uniqueHostKeys, uniqueMachineId } from './identity.ts';
import { accessControl, mitigations, noCoreDumps, sysctlBaseline, untainted } from './kernel.ts';
import { bootTime, cleanConsole, listeners, persistentJournal, timeSynchronisation } from './services.ts';

/** Cases beyond the catalogue, tagged `extra`. */
export const EXTRA_CASES: readonly Case[] = [
  uniqueHostKeys,
  uniqueMachineId,
  hostname,
  secondBoot,
  rootIsLocked,
  sshdSettings,
  accountDatabases,
  noHistory,
  sudoers,
  serviceAccounts,
  sysctlBaseline,
  untainted,
  mitigations,
  noCoreDumps,
  accessControl,
  secureBoot,
  tpm,
  worldWritable,
  setuidInventory,
  listeners,
  timeSynchronisation,
  persistentJournal,
  bootTime,
  cleanConsole,
];
