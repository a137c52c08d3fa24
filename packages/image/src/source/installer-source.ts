import { mkdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chooseAccelerator, UEFI_TOOLS, VM_TOOLS } from '@golden-image/vm';
import { bytesOf } from '../disk/layout.ts';
import { askedDisk } from '../installer/answers/layout.ts';
import { prepareBoot } from '../installer/boot-files.ts';
import { INSTALLER_TOOLS } from '../installer/installer.ts';
import { installerOf } from '../installer/installers.ts';
import { runInstaller } from '../installer/run-installer.ts';
import { fromDisk } from './disk-source.ts';
import type { SourceContext, SourceResult } from './image-source.ts';
import type { VerifiedMedium } from './verified-medium.ts';

/** What an installer gets: RHEL's wants the most of all, 2 GiB and more. */
const MEMORY_MIB = 3072;
const CPUS = 2;

/**
 * `installer`: the medium's own installer, unattended, in a machine of its own. What it installed is then laid out like
 * the files of a vendor's disk; it is kept, and runs again only when medium or answers change.
 *
 * @throws UserError see `runInstaller`, `prepareBoot`, `diskSource`
 */
export async function installerSource(context: SourceContext): Promise<SourceResult> {
  const { loaded, medium } = context;
  if (!medium) {
    throw new Error('no medium was verified');
  }
  const installer = installerOf(loaded.definition);
  const answers = installer.answers(loaded.definition).text;
  return fromDisk(
    { inputs: [installer.name, medium.sha256, answers], make: () => install(context, medium) },
    context,
  );
}

/** Runs the installer; the path of the raw disk that it filled. */
async function install(
  { loaded, scratch, timer, ports }: SourceContext,
  medium: VerifiedMedium,
): Promise<string> {
  const { definition } = loaded;
  const { firmware } = askedDisk(definition);
  await ports.tools.ensure([...VM_TOOLS, ...INSTALLER_TOOLS, ...(firmware === 'uefi' ? UEFI_TOOLS : [])]);
  const installer = installerOf(definition);
  const folder = path.join(scratch, 'installer');
  await mkdir(folder, { mode: 0o700 });
  const boot = await prepareBoot(installer, definition, medium.file, folder, ports);
  const disk = path.join(scratch, 'installed.raw');
  await writeFile(disk, '');
  await truncate(disk, bytesOf(definition.disk.size));
  const accelerator = await chooseAccelerator(ports, 'auto');
  ports.log.info(`${installer.name} runs under ${accelerator.name}: ${accelerator.reason}`);
  const machine = { firmware, accelerator, memoryMib: MEMORY_MIB, cpus: CPUS };
  await timer.step(installer.name, () =>
    runInstaller({ installer, boot, iso: medium.file, disk, folder, ...machine }, ports),
  );
  return disk;
}
