export {
  type Accelerator,
  type AcceleratorName,
  chooseAccelerator,
  runProbeGuest,
  singleThreaded,
} from './accelerator.ts';
export { bootSector, DEBUG_EXIT_STATUS, type Ending } from './boot-sector.ts';
export {
  BOOT_STAGES,
  type BootResult,
  type BootStage,
  bootFailed,
  type StageTime,
  waitForBoot,
} from './boot-stages.ts';
export { ConsoleRecorder } from './console.ts';
export { type ConsoleFinding, consoleFinding } from './console-findings.ts';
export { createOverlay, type DiskFormat, type DiskInfo, inspectDisk } from './disk.ts';
export { type ForkFiles, freeze, type Snapshot, withFork } from './fork.ts';
export { freePort } from './free-port.ts';
export { type Machine, withMachine } from './machine.ts';
export {
  bootDiskArguments,
  type DiskBus,
  doubleCommas,
  type ExtraNic,
  firmwareArguments,
  HOT_PLUG_SLOTS,
  type MachineDisk,
  type MachineMemory,
  type MachineSpec,
  machineArguments,
} from './machine-arguments.ts';
export * as frames from './network/frames.ts';
export { type EchoReply, NODE, type NodeStatistics } from './network/node.ts';
export type { BlockedFlow } from './network/policy.ts';
export type { ScanRequest, ScanResult } from './network/port-scan.ts';
export { type PingResult, VirtualSwitch } from './network/switch.ts';
export {
  type Architecture,
  type FirmwareName,
  hostArchitecture,
  PLATFORMS,
  uefiBuild,
} from './platform.ts';
export { QmpClient, type QmpEvent } from './qmp.ts';
export { type Seed, type SeedUser, seedFiles, writeSeed } from './seed.ts';
export { createSharedMemory, type SharedMemory } from './shared-memory.ts';
export {
  attemptLogin,
  classifyRefusal,
  createSshKey,
  type LoginAttempt,
  readSshBanner,
  runOverSsh,
  type SshKey,
  type SshTarget,
  sshArguments,
  sshCommandLine,
} from './ssh.ts';
export { machineTools, UEFI_TOOLS, VM_TOOLS } from './tools.ts';
