import { mkdir, open, readFile, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '@golden-image/host';
import type { LoadedDefinition } from '../definition/read.ts';
import type { Definition } from '../definition/schema.ts';
import type { SystemTraits } from '../family/family.ts';
import { environment } from '../tree/environment.ts';
import { biosBoot } from './grub.ts';
import { type Layout, SECTOR } from './layout.ts';

/** Names that UEFI and the vendors give to an architecture. Source: UEFI specification 2.10, table 3.2. */
const EFI_NAMES = {
  amd64: { boot: 'BOOTX64.EFI', short: 'x64', grub: 'x86_64-efi' },
  arm64: { boot: 'BOOTAA64.EFI', short: 'aa64', grub: 'arm64-efi' },
} as const;

/**
 * A line for each program of the ESP: a name, then where the image's distribution may have put it; or `unsigned` and
 * the format of the image that grub-mkimage makes.
 */
export function efiPrograms({
  architecture,
  'secure-boot': secureBoot,
  distribution,
}: Definition): readonly string[] {
  const { short, grub } = EFI_NAMES[architecture];
  if (!secureBoot) {
    return [`unsigned ${grub}`];
  }
  // Oracle's packages keep Red Hat's folder.
  const vendor = distribution === 'rhel' || distribution === 'ol' ? 'redhat' : distribution;
  const efi = `/boot/efi/EFI/${vendor}`;
  const suse = `/usr/share/efi/${architecture === 'amd64' ? 'x86_64' : 'aarch64'}`;
  // Ubuntu's package names the newest shim beside the link that its script makes, and its key manager without a suffix.
  return [
    `shim /usr/lib/shim/shim${short}.efi.signed /usr/lib/shim/shim${short}.efi.signed.latest ${efi}/shim${short}.efi ${suse}/shim.efi`,
    `mokmanager /usr/lib/shim/mm${short}.efi.signed /usr/lib/shim/mm${short}.efi ${efi}/mm${short}.efi ${suse}/MokManager.efi`,
    `grub /usr/lib/grub/${grub}-signed/grub${short}.efi.signed ${efi}/grub${short}.efi ${suse}/grub.efi`,
  ];
}

/** GRUB for BIOS, straight into the disk file. */
export async function writeBios(disk: string, stage: string, layout: Layout): Promise<void> {
  const partition = layout.partitions.find(({ kind }) => kind === 'bios');
  if (!partition) {
    return;
  }
  const boot = await readFile(path.join(stage, 'boot/boot.img'));
  const pieces = biosBoot(boot, await readFile(path.join(stage, 'boot/core.img')), partition.start);
  const file = await open(disk, 'r+');
  try {
    await file.write(pieces.mbrCode, 0, pieces.mbrCode.length, 0);
    await file.write(pieces.core, 0, pieces.core.length, partition.start);
  } finally {
    await file.close();
  }
}

/** The ESP, straight into the disk file: the shim (or GRUB itself) at the path that firmware tries by itself. */
export async function writeEsp(
  disk: string,
  stage: string,
  request: {
    readonly loaded: LoadedDefinition;
    readonly traits: SystemTraits;
    readonly layout: Layout;
    readonly epoch: number;
  },
  { exec }: Pick<Ports, 'exec'>,
): Promise<void> {
  const { layout, epoch, traits, loaded } = request;
  const esp = layout.partitions.find(({ kind }) => kind === 'esp');
  if (!esp) {
    return;
  }
  const { architecture, 'secure-boot': secureBoot } = loaded.definition;
  const names = EFI_NAMES[architecture];
  const own = traits.espFolder;
  const files: readonly (readonly [string, string])[] = [
    ...(secureBoot
      ? ([
          ['shim.efi', `EFI/BOOT/${names.boot}`],
          ['mokmanager.efi', `EFI/BOOT/mm${names.short}.efi`],
          ['grub.efi', `EFI/BOOT/grub${names.short}.efi`],
        ] as const)
      : ([['grub.efi', `EFI/BOOT/${names.boot}`]] as const)),
    ['stub.cfg', `${own}/grub.cfg`],
  ];
  // One copy of a tree: mtools starts slowly, and keeps the time stamps.
  const tree = path.join(stage, 'esp');
  for (const [from, to] of files) {
    const target = path.join(tree, to);
    await mkdir(path.dirname(target), { recursive: true });
    await exec({ command: 'cp', args: ['--', path.join(stage, 'boot', from), target] });
  }
  for (const name of ['EFI/BOOT', own, 'EFI', ...files.map(([, to]) => to)]) {
    await utimes(path.join(tree, name), epoch, epoch);
  }
  const image = `${disk}@@${esp.start}`;
  const env = { ...environment(epoch), MTOOLS_SKIP_CHECK: '1' };
  const geometry = [
    '-T',
    String(esp.size / SECTOR),
    '-h',
    '255',
    '-s',
    '63',
    '-H',
    String(esp.start / SECTOR),
  ];
  const volume = ['-N', (esp.fsUuid ?? '').replace('-', ''), '-v', 'ESP'];
  await exec({ command: 'mformat', args: ['-i', image, '-F', ...geometry, ...volume, '::'], env });
  const folders = ['EFI', 'EFI/BOOT', own].map((name) => `::${name}`);
  await exec({ command: 'mmd', args: ['-i', image, ...folders], env });
  for (const folder of ['EFI/BOOT', own]) {
    const inside = files.filter(([, to]) => path.dirname(to) === folder).map(([, to]) => path.join(tree, to));
    await exec({ command: 'mcopy', args: ['-i', image, '-m', ...inside, `::${folder}`], env });
  }
}
