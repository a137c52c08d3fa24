export { type FstabEntry, parseFstab } from './fstab.ts';
export type { MountedFileSystem } from './mount-image.ts';
export type { PartitionRole } from './partitions.ts';
export { type Bind, CHANGE_CAPABILITIES, KERNEL_FILES, type Powers } from './sandbox.ts';
export {
  type InsideRequest,
  type MountOptions,
  type RootSession,
  withMountedCopy,
  withMountedRoot,
} from './session.ts';
export type { Layer, ThrowAway } from './throw-away.ts';
export { DISK_TOOLS } from './tools.ts';
export type { Volume } from './volumes.ts';
export {
  type DiskFormat,
  readDiskFormat,
  type WorkingCopy,
  withWorkingCopy,
  writeBack,
} from './working-copy.ts';
