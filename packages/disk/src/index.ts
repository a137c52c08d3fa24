export { type FstabEntry, parseFstab } from './fstab.ts';
export type { MountedFileSystem } from './mount-image.ts';
export type { PartitionRole } from './partitions.ts';
export type { Bind, Powers } from './sandbox.ts';
export {
  type InsideRequest,
  type Layer,
  type MountOptions,
  type RootSession,
  type ThrowAway,
  withMountedCopy,
  withMountedRoot,
} from './session.ts';
export { DISK_TOOLS } from './tools.ts';
export type { Volume } from './volumes.ts';
export {
  type DiskFormat,
  readDiskFormat,
  type WorkingCopy,
  withWorkingCopy,
  writeBack,
} from './working-copy.ts';
