import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import type { LoadedDefinition } from '../definition/read.ts';
import type { SystemTraits } from '../family/family.ts';
import { derivedUuid } from '../ids.ts';
import { customiseScript, serviceList, touchesInitrd } from '../tree/customise.ts';
import { systemFiles, textFile } from '../tree/system-files.ts';
import { efiPrograms } from './boot-loaders.ts';
import {
  bootEntry,
  coreModules,
  earlyConfig,
  efiModules,
  espStub,
  grubConfig,
  HAS_BLSCFG,
  kernelLine,
  kernelParameters,
} from './grub.ts';
import { bootPartition, type Layout, type Partition } from './layout.ts';

/** Writes what the scripts of the assembly read: the definition's files and lists, a line for each file system. */
export async function writeStage(
  stage: string,
  request: {
    readonly tree: string;
    readonly loaded: LoadedDefinition;
    readonly traits: SystemTraits;
    readonly layout: Layout;
    readonly seed: string;
  },
): Promise<void> {
  const { loaded, traits, layout, seed } = request;
  const { definition } = loaded;
  const { partition, prefix } = bootPartition(layout);
  const bootUuid = partition.fsUuid ?? '';
  const grubPrefix = prefix + traits.grubFolder.slice('/boot'.length);
  const root = layout.partitions.find(({ mount }) => mount === '/');
  const bls = traits.bootEntries === 'bls';
  const entry = {
    title: TITLES[definition.distribution],
    ...(await kernelOf(request.tree)),
    bootUuid,
    bootPrefix: prefix,
    rootUuid: root?.fsUuid ?? '',
    parameters: kernelParameters(definition),
    bls,
  };
  const boot = [
    textFile(`${traits.grubFolder}/grub.cfg`, grubConfig(entry), '0600'),
    ...(bls
      ? [
          textFile(
            `/boot/loader/entries/image-${entry.kernel.replace(/^vmlinuz-/, '')}.conf`,
            bootEntry(entry),
          ),
          textFile('/etc/kernel/cmdline', `${kernelLine(entry)}\n`),
        ]
      : []),
  ];
  const files = [...systemFiles(loaded, layout), ...traits.files, ...boot, ...loaded.files];
  await Promise.all(
    files.map((file, index) => writeFile(path.join(stage, 'files', String(index)), file.content)),
  );
  const list = files.map((file, index) => [index, file.mode, file.owner, file.group, file.path].join('\t'));
  const mounted = layout.partitions.filter(({ mount }) => mount !== undefined);
  // Children before their parents: the parent's file system then gets an empty folder in their place.
  const systems = mounted
    .filter(({ kind }) => kind === 'linux')
    .sort((a, b) => ((a.mount ?? '') < (b.mount ?? '') ? 1 : -1));
  const bios = definition.firmware !== 'uefi';
  const uefi = definition.firmware !== 'bios';
  const texts: Readonly<Record<string, string>> = {
    customise: customiseScript(traits),
    'files/list': lines(list),
    services: serviceList(loaded),
    timezone: `${definition.timezone}\n`,
    folders: lines(mounted.map(({ mount = '' }) => mount)),
    mounts: lines(systems.map((system) => mountLine(system, layout, seed))),
    ...(bios
      ? { 'core-modules': coreModules(definition).join(' '), 'early.cfg': earlyConfig(bootUuid, grubPrefix) }
      : {}),
    ...(uefi
      ? {
          efi: lines(efiPrograms(definition)),
          'efi-modules': efiModules(definition).join(' '),
          'early-efi.cfg': espStub(bootUuid, grubPrefix),
          // The RHEL family's signed GRUB has the command built in.
          'boot/stub.cfg': espStub(bootUuid, grubPrefix, bls && definition['secure-boot']),
        }
      : {}),
    ...(bls ? { bls: HAS_BLSCFG } : {}),
    ...(touchesInitrd(loaded.files, traits) ? { initrd: '' } : {}),
  };
  await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(path.join(stage, name), text)));
}

const TITLES = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  rhel: 'Red Hat Enterprise Linux',
  almalinux: 'AlmaLinux',
  rocky: 'Rocky Linux',
  centos: 'CentOS Stream',
  ol: 'Oracle Linux',
  fedora: 'Fedora Linux',
  sles: 'SUSE Linux Enterprise Server',
  'opensuse-leap': 'openSUSE Leap',
} as const;

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function mountLine({ start, size, fsUuid, mount = '' }: Partition, layout: Layout, seed: string): string {
  const label = mount === '/' ? 'root' : mount.slice(1).replaceAll('/', '-');
  const hashSeed = derivedUuid(seed, `hash ${mount}`);
  return [layout.filesystem, start, size / 1024, fsUuid, hashSeed, label, mount].join(' ');
}

/** File names of the image's kernel and of its initrd: Debian's and SUSE's `initrd…`, EL's `initramfs…`. */
async function kernelOf(tree: string): Promise<{ readonly kernel: string; readonly initrd: string }> {
  const names = await readdir(path.join(tree, 'boot')).catch((): string[] => []);
  const kernel = names
    .filter((name) => /^vmlinuz-[A-Za-z0-9.+~_-]+$/.test(name) && !name.includes('rescue'))
    .sort()
    .at(-1);
  const version = kernel?.slice('vmlinuz-'.length) ?? '';
  const initrd = [`initrd.img-${version}`, `initramfs-${version}.img`, `initrd-${version}`].find((name) =>
    names.includes(name),
  );
  if (!kernel || !initrd) {
    throw new UserError(`The image has no ${kernel ? 'initrd' : 'kernel'} in /boot`, {
      code: 'no-kernel',
      fix: 'Name a package with a kernel in `kernel.package`.',
    });
  }
  return { kernel, initrd };
}
