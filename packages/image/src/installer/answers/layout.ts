import type { Definition } from '../../definition/schema.ts';

/** The disk that an installer is asked for: one root file system, and what its firmware boots from. */
export interface AskedDisk {
  readonly firmware: 'bios' | 'uefi';
  readonly filesystem: 'ext4';
}

/** The ESP in MiB, about as large as the installers make it themselves. */
export const ESP_MIB = 256;

/**
 * The plainest disk: the image's own partitions, file system and boot loaders are laid out from what was installed, as
 * with a vendor's disk. Where the image boots with both firmwares, the installer runs under BIOS.
 */
export function askedDisk({ firmware }: Pick<Definition, 'firmware'>): AskedDisk {
  return { firmware: firmware === 'uefi' ? 'uefi' : 'bios', filesystem: 'ext4' };
}

/** The locale for installers that have no `C.UTF-8`. */
export function languageOf(locale: string): string {
  return /^(C|POSIX)\./.test(locale) ? 'en_US.UTF-8' : locale;
}
