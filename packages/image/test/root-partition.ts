import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Runs debugfs commands on the root file system (ext4, the first partition) of a disk. */
export function inRoot(disk: string, ...commands: readonly string[]): string {
  const raw = `${disk}.raw`;
  execFileSync('qemu-img', ['convert', '-O', 'raw', disk, raw]);
  const table = JSON.parse(execFileSync('sfdisk', ['--json', raw], { encoding: 'utf8' })) as {
    partitiontable: { partitions: { node: string; start: number }[] };
  };
  const start = table.partitiontable.partitions.find(({ node }) => node === `${raw}1`)?.start ?? 0;
  try {
    return commands
      .map((command) =>
        execFileSync('debugfs', ['-R', command, `${raw}?offset=${512 * start}`], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      )
      .join('\n');
  } finally {
    rmSync(raw);
  }
}
