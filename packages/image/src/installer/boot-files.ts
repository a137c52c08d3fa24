import { appendFile, copyFile, mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, resolveInside, UserError } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import type { Installer } from './installer.ts';

type FilePorts = Pick<Ports, 'exec'>;

/** What a machine needs to begin the installation. */
export interface BootFiles {
  readonly kernel: string;
  readonly initrd: string;
  /** Kernel parameters that the installer needs. */
  readonly parameters: readonly string[];
  /** A volume with the answers, where they do not lie in the initrd. */
  readonly answers: string | undefined;
}

/**
 * Takes kernel and initrd from the medium and puts the answers where the installer looks for them.
 *
 * @param folder a private, empty folder
 * @throws UserError `no-installer` when the medium has none, `invalid-definition`
 */
export async function prepareBoot(
  installer: Installer,
  definition: Definition,
  iso: string,
  folder: string,
  ports: FilePorts,
): Promise<BootFiles> {
  const { name, text } = installer.answers(definition);
  const kernel = await extractFirst(iso, installer.kernel, path.join(folder, 'kernel'), ports);
  const initrd = await extractFirst(iso, installer.initrd, path.join(folder, 'initrd'), ports);
  if (!kernel || !initrd) {
    throw new UserError(
      `The medium has no ${installer.name}: ${(kernel ? installer.initrd : installer.kernel).join(', ')}`,
      {
        code: 'no-installer',
        fix: 'Take an installation medium of this distribution, or build with `source: medium`.',
      },
    );
  }
  const content = path.join(folder, 'answers');
  await mkdir(content);
  await writeFile(path.join(content, name), text, { mode: 0o600 });
  const parameters = installer.parameters(await volumeId(iso, ports));
  if (installer.delivery.kind === 'initrd') {
    return {
      kernel,
      initrd: await withArchive(initrd, content, name, ports),
      parameters,
      answers: undefined,
    };
  }
  // Subiquity's data source wants both files.
  if (name === 'user-data') {
    await writeFile(path.join(content, 'meta-data'), '');
  }
  const volume = path.join(folder, 'answers.iso');
  const { label } = installer.delivery;
  await ports.exec({
    command: 'xorriso',
    args: ['-as', 'mkisofs', '-quiet', '-V', label, '-J', '-r', '-o', volume, content],
    timeoutMs: 60_000,
  });
  return { kernel, initrd, parameters, answers: volume };
}

/** The first of `candidates` that is on the medium, copied to `target`. */
async function extractFirst(
  iso: string,
  candidates: readonly string[],
  target: string,
  { exec }: FilePorts,
): Promise<string | undefined> {
  for (const inner of candidates) {
    const args = ['-abort_on', 'FAILURE', '-osirrox', 'on', '-indev', iso, '-extract', `/${inner}`, target];
    const { code } = await exec(confined({ command: 'xorriso', args, okCodes: 'any' }));
    const found = code === 0 ? await stat(target).catch(() => undefined) : undefined;
    if (found?.isFile() && found.size > 0) {
      return target;
    }
  }
  return undefined;
}

/** The kernel unpacks one archive after another: ours comes last. Each begins at a multiple of four bytes. */
async function withArchive(
  initrd: string,
  folder: string,
  name: string,
  { exec }: FilePorts,
): Promise<string> {
  const combined = `${initrd}.answers`;
  const archive = resolveInside(path.dirname(initrd), 'answers.cpio');
  await exec({
    command: 'cpio',
    args: ['--quiet', '--create', '--format=newc', '--reproducible', '--owner=0:0', '--file', archive],
    cwd: folder,
    input: `${name}\n`,
  });
  await copyFile(initrd, combined);
  await truncate(combined, Math.ceil((await stat(combined)).size / 4) * 4);
  await appendFile(combined, await readFile(archive));
  return combined;
}

/** The volume id of an ISO 9660 image: 32 bytes of the primary volume descriptor (ECMA-119, 8.4.7). */
async function volumeId(iso: string, { exec }: FilePorts): Promise<string> {
  const { stdout } = await exec(confined({ command: 'xorriso', args: ['-indev', iso, '-pvd_info'] }));
  const found = /^Volume [Ii]d +: ?'?(.*?)'?\s*$/m.exec(stdout)?.[1] ?? '';
  if (!/^[\w .+-]{1,32}$/.test(found)) {
    throw new UserError(`The medium's volume id ${JSON.stringify(found)} cannot be passed to its installer`, {
      code: 'no-installer',
      fix: 'Take an installation medium as the vendor publishes it.',
    });
  }
  return found;
}
