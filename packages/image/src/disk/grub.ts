import { UserError } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import { MIB, SECTOR } from './layout.ts';

/** Before the command line of the definition: the screen, and last the serial console, which gets /dev/console. */
const CONSOLES: Readonly<Record<Definition['architecture'], readonly string[]>> = {
  amd64: ['console=tty0', 'console=ttyS0,115200'],
  arm64: ['console=tty0', 'console=ttyAMA0,115200'],
};

/** GRUB's module for each file system. */
const FILE_SYSTEM_MODULES = { ext4: 'ext2', xfs: 'xfs', btrfs: 'btrfs' } as const;

/** Modules of the BIOS core image: enough to find the file system with /boot/grub; the rest is loaded from there. */
export function coreModules({ disk }: Definition): readonly string[] {
  return ['biosdisk', 'part_gpt', FILE_SYSTEM_MODULES[disk.filesystem], 'search_fs_uuid'];
}

/** Modules of an unsigned UEFI image: all that a `grub.cfg` uses, as nothing is installed beside it. */
export function efiModules({ disk }: Definition): readonly string[] {
  const always = ['part_gpt', 'fat', 'search', 'search_fs_uuid', 'normal', 'configfile', 'linux', 'serial'];
  const more = ['terminal', 'echo', 'test', 'all_video', 'gzio', 'reboot', 'halt', 'ls', 'cat', 'sleep'];
  return [...always, FILE_SYSTEM_MODULES[disk.filesystem], ...more];
}

/** Kernel parameters of the image: consoles, then the definition's. */
export function kernelParameters({ architecture, kernel }: Definition): readonly string[] {
  return [...CONSOLES[architecture], ...kernel['command-line']];
}

/** Finds GRUB's folder, `prefix` on the file system with /boot, for the core image and for the stub on the ESP. */
export function earlyConfig(fsUuid: string, prefix: string): string {
  return `search.fs_uuid ${fsUuid} root\nset prefix=($root)${prefix}\n`;
}

/** Tells `grub.cfg` that this GRUB has the command `blscfg`: of an unknown command GRUB's `if` takes it that it is true. */
export const HAS_BLSCFG = 'set with_blscfg=y\nexport with_blscfg\n';

/**
 * The boot loader on the ESP reads this in its folder there.
 *
 * @param blscfg whether it has the command of that name
 */
export function espStub(fsUuid: string, prefix: string, blscfg = false): string {
  return `${earlyConfig(fsUuid, prefix)}${blscfg ? HAS_BLSCFG : ''}configfile $prefix/grub.cfg\n`;
}

/** `/etc/default/grub.d/50-image.cfg`: what `update-grub` takes when a later kernel is installed. */
export function grubDefaults(definition: Definition): string {
  return [
    'GRUB_TIMEOUT=0',
    'GRUB_DISABLE_OS_PROBER=true',
    'GRUB_CMDLINE_LINUX_DEFAULT=""',
    `GRUB_CMDLINE_LINUX="${kernelParameters(definition).join(' ')}"`,
    'GRUB_TERMINAL="console serial"',
    'GRUB_SERIAL_COMMAND="serial --speed=115200"',
    '',
  ].join('\n');
}

/** GRUB of the RHEL family has this command; later kernels come as further files. */
const BLS = [
  'if [ "$grub_platform" = pc -a -f $prefix/i386-pc/blscfg.mod ]; then',
  '  set with_blscfg=y',
  'fi',
  'if [ "$with_blscfg" = y ]; then',
  '  blscfg',
  'else',
];

/** The first `grub.cfg`; the image's own `update-grub` replaces it. */
export function grubConfig(options: {
  readonly title: string;
  /** File names in `/boot`. */
  readonly kernel: string;
  readonly initrd: string;
  readonly bootUuid: string;
  readonly bootPrefix: string;
  readonly rootUuid: string;
  readonly parameters: readonly string[];
  /** Entries are files: GRUB reads them, where it can. */
  readonly bls: boolean;
}): string {
  const { title, kernel, initrd, bootUuid, bootPrefix, bls } = options;
  const entry = [
    `menuentry '${title}' {`,
    `  linux ${bootPrefix}/${kernel} ${kernelLine(options)}`,
    `  initrd ${bootPrefix}/${initrd}`,
    '}',
  ];
  return [
    'serial --speed=115200',
    'terminal_input console serial',
    'terminal_output console serial',
    'set timeout=0',
    `search --no-floppy --fs-uuid --set=root ${bootUuid}`,
    ...(bls ? [...BLS, ...entry.map((line) => `  ${line}`), 'fi'] : entry),
    '',
  ].join('\n');
}

/** The kernel's parameters, root first: `/etc/kernel/cmdline` too, for later kernels' entries. */
export function kernelLine({
  rootUuid,
  parameters,
}: {
  readonly rootUuid: string;
  readonly parameters: readonly string[];
}): string {
  return [`root=UUID=${rootUuid}`, 'ro', ...parameters].join(' ');
}

/** The first kernel's entry in `/boot/loader/entries`. Source: Boot Loader Specification, type 1. */
export function bootEntry(options: {
  readonly title: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly bootPrefix: string;
  readonly rootUuid: string;
  readonly parameters: readonly string[];
}): string {
  const { title, kernel, initrd, bootPrefix } = options;
  return [
    `title ${title}`,
    `version ${kernel.replace(/^vmlinuz-/, '')}`,
    `linux ${bootPrefix}/${kernel}`,
    `initrd ${bootPrefix}/${initrd}`,
    `options ${kernelLine(options)}`,
    '',
  ].join('\n');
}

/**
 * The two pieces that `grub-bios-setup` would write to a block device, patched the same way.
 * Source: GRUB 2.12, `util/setup.c`, `include/grub/i386/pc/boot.h`, `include/grub/offsets.h`.
 *
 * @param boot `boot.img`
 * @param core `core.img` of grub-mkimage
 * @param start first byte of the BIOS boot partition on the disk
 * @throws UserError `boot-loader-too-large`
 */
export function biosBoot(
  boot: Uint8Array,
  core: Uint8Array,
  start: number,
): { readonly mbrCode: Uint8Array; readonly core: Uint8Array } {
  const sectors = Math.ceil(core.length / SECTOR);
  if (boot.length !== SECTOR || sectors < 2 || sectors * SECTOR > MIB) {
    throw new UserError(`GRUB's core image has ${core.length} bytes and does not fit its partition`, {
      code: 'boot-loader-too-large',
      fix: 'Report this with the version of grub-pc-bin on the medium.',
    });
  }
  const first = BigInt(start / SECTOR);
  // Up to the disk signature and the partition table, which stay sfdisk's.
  const mbrCode = Buffer.from(boot.subarray(0, 440));
  mbrCode.writeBigUInt64LE(first, 0x5c);
  mbrCode.writeUInt8(0xff, 0x64);
  // No check for floppy drives: some firmware passes a wrong drive number.
  mbrCode.writeUInt16LE(0x9090, 0x66);
  const padded = Buffer.alloc(sectors * SECTOR);
  padded.set(core);
  // The block list at the end of diskboot.img: the rest of core.img, loaded to segment 0x820.
  padded.writeBigUInt64LE(first + 1n, 0x1f4);
  padded.writeUInt16LE(sectors - 1, 0x1fc);
  padded.writeUInt16LE(0x820, 0x1fe);
  return { mbrCode, core: padded };
}
