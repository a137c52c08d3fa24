import { type Case, fail, noProblems, pass } from '../case.ts';
import { lines, output } from '../observations.ts';

export const bootDiskSize: Case = {
  id: 'linux_check_boot_disk_size',
  title: 'The boot disk has the size asked for, and the file systems fill it',
  why: 'A root file system that does not grow leaves the space that the user pays for unused, until it is full.',
  suite: 'functional',
  tags: ['storage'],
  needs: ['facts'],
  check: (observations, expectations) => {
    const wanted = observations.launch.diskBytes;
    const disk = lines(observations, 'block-devices')
      .map((line) => line.split(' '))
      .find(([, , serial]) => serial === 'boot');
    if (!disk) {
      return fail('a disk with the serial "boot"', 'none', output(observations, 'block-devices'));
    }
    const actual = Number(disk[1]);
    const systems = fileSystems(output(observations, 'file-systems')).filter((entry) =>
      entry.source.startsWith('/dev/'),
    );
    const root = systems.find((entry) => entry.target === '/');
    // A separate /boot, EFI system partition or LVM volume is part of the disk too; each source once.
    const bySource = new Map(systems.map((entry) => [entry.source, entry.size]));
    const sum = [...bySource.values()].reduce((total, size) => total + size, 0);
    const share = sum / wanted;
    const least = expectations.disk['minimum-share'];
    const evidence = `disk ${disk[0]}: ${actual} bytes; / on ${root?.source ?? '?'}: ${root?.size ?? 0} bytes; file systems hold ${(100 * share).toFixed(1)} % of the disk`;
    if (actual !== wanted) {
      return fail(`a disk of ${wanted} bytes`, `${actual} bytes`, evidence);
    }
    return root && share >= least
      ? pass(evidence)
      : fail(
          `file systems that hold at least ${(100 * least).toFixed(0)} % of the disk`,
          `${(100 * share).toFixed(1)} %`,
          evidence,
        );
  },
};

export const noSwap: Case = {
  id: 'linux_check_no_swap',
  title: 'No swap',
  why: 'Swap on a cloud disk is slow, costs, and keeps memory contents on disk.',
  suite: 'functional',
  tags: ['storage'],
  needs: ['facts'],
  check: (observations) => {
    const inFstab = lines(observations, 'fstab').filter(
      (line) => !line.trim().startsWith('#') && line.trim().split(/\s+/)[2] === 'swap',
    );
    const problems = [
      ...lines(observations, 'swaps').map((line) => `active: ${line.split(/\s+/)[0]}`),
      ...inFstab.map((line) => `fstab: ${line.trim()}`),
      ...lines(observations, 'zram').map((device) => `zram device ${device}`),
      ...lines(observations, 'swap-units').map((line) => `unit: ${line.trim().split(/\s+/)[0]}`),
    ];
    return noProblems(
      problems,
      'no active swap, none in fstab, no zram, no swap unit',
      'none active or configured',
    );
  },
};

interface FileSystem {
  readonly source: string;
  readonly type: string;
  readonly size: number;
  readonly target: string;
}

/** Lines of `df --output=source,fstype,size,used,target`. */
function fileSystems(text: string): readonly FileSystem[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length >= 5)
    .map(([source = '', type = '', size = '', , target = '']) => ({
      source,
      type,
      size: Number(size),
      target,
    }));
}
