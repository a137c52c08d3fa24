import { copyFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, ToolError, UserError } from '@golden-image/host';
import type { LoadedDefinition } from '../definition/read.ts';
import type { SystemTraits } from '../family/family.ts';
import { FAKETIME } from '../tools.ts';
import { environment } from '../tree/environment.ts';
import { ASSEMBLE } from './assemble-script.ts';
import { writeBios, writeEsp } from './boot-loaders.ts';
import { type Layout, sfdiskScript } from './layout.ts';
import { writeStage } from './stage.ts';

export interface AssembleRequest {
  /** The root tree with all packages; it is only read. */
  readonly tree: string;
  readonly loaded: LoadedDefinition;
  readonly traits: SystemTraits;
  readonly layout: Layout;
  readonly seed: string;
  readonly epoch: number;
  readonly scratch: string;
}

/**
 * Makes the raw disk from a root tree: partition table, file systems, boot loaders. No loop device, no block device.
 *
 * @returns the path of the raw disk in `scratch`
 * @throws UserError `definition-names-absent` when a unit, user, group or time zone is not in the image, `no-kernel`
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
  if (layout.filesystem !== 'ext4') {
    await copyFile(FAKETIME, path.join(stage, 'libfaketime.so'));
  }
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
