import { stat } from 'node:fs/promises';
import { digestFile } from '@golden-image/evidence';
import { confined, type Ports } from '@golden-image/host';

/** The raw disk as qcow2, compressed; written in order, so that the same disk gives the same bytes. */
export async function writeQcow2(
  raw: string,
  target: string,
  { exec, signal }: Pick<Ports, 'exec' | 'signal'>,
): Promise<{ readonly sha256: string; readonly virtualSize: number }> {
  const options = ['-c', '-o', 'compression_type=zstd', '-m', '8'];
  // Confined, so that it ends with this process even when that is killed.
  await exec(
    confined({
      command: 'qemu-img',
      args: ['convert', '-f', 'raw', '-O', 'qcow2', ...options, raw, target],
    }),
  );
  const { hex } = await digestFile(target, ['sha256'], { signal });
  return { sha256: hex.sha256, virtualSize: (await stat(raw)).size };
}
