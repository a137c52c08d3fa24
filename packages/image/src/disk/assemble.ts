import { mkdir, open, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, ToolError, UserError } from '@golden-image/host';
import type { LoadedDefinition, PlacedFile } from '../definition/read.ts';
import { derivedUuid } from '../ids.ts';
import { environment } from '../tree/build-tree.ts';
import { CUSTOMISE, engineFiles, serviceList, touchesInitrd } from '../tree/customise.ts';
import { ASSEMBLE } from './assemble-script.ts';
import { biosBoot, CORE_MODULES, earlyConfig, espStub, grubConfig } from './grub.ts';
import { bootPartition, type Layout, type Partition, SECTOR, sfdiskScript } from './layout.ts';

export interface AssembleRequest {
  /** The root tree with all packages; it is only read. */
  readonly tree: string;
  readonly loaded: LoadedDefinition;
  readonly layout: Layout;
  /** `/etc/apt/sources.list.d/debian.sources` */
  readonly aptSources: string;
  readonly seed: string;
  readonly epoch: number;
  readonly scratch: string;
}

/**
 * Makes the raw disk from a root tree: partition table, file systems, boot loaders. No loop device, no block device.
 *
 * @returns the path of the raw disk in `scratch`
 * @throws UserError `definition-names-absent` when a unit, user, group or time zone is not in the image
 */
export async function assembleDisk(
  request: AssembleRequest,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<string> {
  const { layout, scratch, epoch } = request;
  const stage = path.join(scratch, 'disk-stage');
  const work = path.join(scratch, 'work');
  for (const folder of ['files', 'log', 'boot']) {
    await mkdir(path.join(stage, folder), { recursive: true });
  }
  await mkdir(work, { recursive: true });
  const disk = path.join(stage, 'disk.raw');
  await writeFile(disk, '');
  await truncate(disk, layout.size);
  const env = environment(epoch);
  await ports.exec({
    command: 'sfdisk',
    args: ['--quiet', '--no-reread', '--no-tell-kernel', disk],
    input: sfdiskScript(layout),
    env,
  });
  await writeStage(stage, request);
  const script = path.join(stage, 'assemble');
  await writeFile(script, ASSEMBLE);
  await ports
    .exec(
      confined({
        command: 'sh',
        args: [script, request.tree, stage, work],
        env,
        onLine: (line) => ports.log.debug(line),
      }),
    )
    .catch((error: unknown) => {
      throw customiseFailed(error);
    });
  await writeBios(disk, stage, layout);
  await writeEsp(disk, stage, request, ports);
  return disk;
}

async function writeStage(stage: string, request: AssembleRequest): Promise<void> {
  const { loaded, layout, seed } = request;
  const { definition } = loaded;
  const { partition, prefix } = bootPartition(layout);
  const root = layout.partitions.find(({ mount }) => mount === '/');
  const configuration = grubConfig({
    title: 'Debian',
    kernel: await kernelOf(request.tree),
    bootUuid: partition.fsUuid ?? '',
    bootPrefix: prefix,
    rootUuid: root?.fsUuid ?? '',
    commandLine: definition.kernel['command-line'],
  });
  const grub: PlacedFile = {
    path: '/boot/grub/grub.cfg',
    content: Buffer.from(configuration),
    mode: '0600',
    owner: 'root',
    group: 'root',
  };
  const files = [...engineFiles(loaded, layout, request.aptSources), grub, ...loaded.files];
  await Promise.all(
    files.map((file, index) => writeFile(path.join(stage, 'files', String(index)), file.content)),
  );
  const list = files.map((file, index) => [index, file.mode, file.owner, file.group, file.path].join('\t'));
  const mounted = layout.partitions.filter(({ mount }) => mount !== undefined);
  // Children before their parents: the parent's file system then gets an empty folder in their place.
  const systems = mounted
    .filter(({ kind }) => kind === 'linux')
    .sort((a, b) => ((a.mount ?? '') < (b.mount ?? '') ? 1 : -1));
  const texts: Readonly<Record<string, string>> = {
    customise: CUSTOMISE,
    'files/list': `${list.join('\n')}\n`,
    services: serviceList(loaded),
    timezone: `${definition.timezone}\n`,
    folders: `${mounted.map(({ mount }) => mount).join('\n')}\n`,
    'core-modules': CORE_MODULES.join(' '),
    mounts: systems.map((system) => `${mountLine(system, seed)}\n`).join(''),
    ...(definition.firmware === 'uefi' ? {} : { 'early.cfg': earlyConfig(partition.fsUuid ?? '', prefix) }),
    ...(touchesInitrd(loaded.files) ? { initrd: '' } : {}),
  };
  await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(path.join(stage, name), text)));
}

function mountLine({ number, start, size, fsUuid, mount = '' }: Partition, seed: string): string {
  const label = mount === '/' ? 'root' : mount.slice(1).replaceAll('/', '-');
  return [number, start, size / 1024, fsUuid, derivedUuid(seed, `hash ${mount}`), label, mount].join(' ');
}

/** The version of the image's one kernel. */
async function kernelOf(tree: string): Promise<string> {
  const names = (await readdir(path.join(tree, 'boot'))).filter((name) => name.startsWith('vmlinuz-'));
  const kernel = names.sort().at(-1)?.slice('vmlinuz-'.length);
  if (!kernel || !/^[A-Za-z0-9.+~_-]+$/.test(kernel)) {
    throw new UserError('The image has no kernel in /boot', {
      code: 'no-kernel',
      fix: 'Name a package with a kernel in `kernel.package`.',
    });
  }
  return kernel;
}

async function writeBios(disk: string, stage: string, layout: Layout): Promise<void> {
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

/** The ESP, straight into the disk file: the signed shim at the path that firmware tries by itself. */
async function writeEsp(
  disk: string,
  stage: string,
  request: AssembleRequest,
  { exec }: Pick<Ports, 'exec'>,
): Promise<void> {
  const { layout, epoch } = request;
  const esp = layout.partitions.find(({ kind }) => kind === 'esp');
  if (!esp) {
    return;
  }
  const { partition, prefix } = bootPartition(layout);
  const stub = path.join(stage, 'boot/stub.cfg');
  await writeFile(stub, espStub(partition.fsUuid ?? '', prefix));
  const files = [
    ['boot/shim.efi', 'EFI/BOOT/BOOTX64.EFI'],
    ['boot/mokmanager.efi', 'EFI/BOOT/mmx64.efi'],
    ['boot/grub.efi', 'EFI/BOOT/grubx64.efi'],
    ['boot/stub.cfg', 'EFI/debian/grub.cfg'],
  ] as const;
  const image = `${disk}@@${esp.start}`;
  const env = { ...environment(epoch), MTOOLS_SKIP_CHECK: '1' };
  const sectors = String(esp.size / SECTOR);
  const volume = (esp.fsUuid ?? '').replace('-', '');
  await exec({
    command: 'mformat',
    args: [
      '-i',
      image,
      '-F',
      '-T',
      sectors,
      '-h',
      '255',
      '-s',
      '63',
      '-H',
      String(esp.start / SECTOR),
      '-N',
      volume,
      '-v',
      'ESP',
      '::',
    ],
    env,
  });
  await exec({ command: 'mmd', args: ['-i', image, '::EFI', '::EFI/BOOT', '::EFI/debian'], env });
  for (const [from, to] of files) {
    const source = path.join(stage, from);
    await utimes(source, epoch, epoch);
    await exec({ command: 'mcopy', args: ['-i', image, '-m', source, `::${to}`], env });
  }
}

function customiseFailed(error: unknown): unknown {
  if (!(error instanceof ToolError) || error.exitCode !== 3) {
    return error;
  }
  const what = (error.detail ?? '').split('\n').at(-1) ?? '';
  return new UserError(`The definition names what is not in the image: ${what}`, {
    code: 'definition-names-absent',
    fix: 'Correct the name, or add the package that brings it.',
    cause: error,
  });
}
