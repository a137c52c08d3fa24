import type { HostTool } from '@golden-image/host';
import type { Definition } from './definition/schema.ts';
import { familyOf } from './family/families.ts';

const TRIPLET = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/** Clock and random numbers for tools that have no options for them. */
export const FAKETIME = `/usr/lib/${TRIPLET}/faketime/libfaketime.so.1`;

const ALWAYS: readonly HostTool[] = [
  { command: 'xorriso', package: 'xorriso' },
  { command: 'sfdisk', package: 'fdisk' },
  { command: 'unshare', package: 'util-linux' },
  { command: 'setpriv', package: 'util-linux' },
  { command: 'mformat', package: 'mtools' },
  { command: 'qemu-img', package: 'qemu-utils' },
];

/** What building an image of the definition needs on the host. */
export function buildTools(definition: Definition): readonly HostTool[] {
  return [
    ...ALWAYS,
    ...familyOf(definition).tools(definition),
    ...(definition.disk.filesystem === 'ext4' ? [] : [{ command: FAKETIME, package: 'libfaketime' }]),
  ];
}
