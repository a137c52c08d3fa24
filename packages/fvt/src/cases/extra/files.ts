import { type Case, noProblems, skip } from '../../case.ts';
import { lines } from '../../observations.ts';

/** One walk over the file systems serves both cases. */
const FILE_WALK = {
  id: 'file-modes',
  seconds: 60,
  lane: 'slow',
  script:
    'find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run \\) -prune -o \\( \\( -type f -perm /6000 \\) -o \\( -type f -perm -0002 \\) -o \\( -type d -perm -0002 ! -perm -1000 \\) -o -nouser -o -nogroup \\) -printf "%m %y %u %p\\n"',
} as const;

export const worldWritable: Case = {
  id: 'no_world_writable_files',
  title: 'No file may be written by everybody, no folder without the sticky bit, none belongs to nobody',
  why: 'Everybody can then change what others run or read.',
  suite: 'functional',
  tags: ['extra', 'files', 'security'],
  needs: ['facts'],
  probes: [FILE_WALK],
  check: (observations) => {
    const problems = lines(observations, FILE_WALK.id).flatMap((line) => {
      const [mode = '', kind = '', owner = '', file = ''] = splitAt(line, 3);
      const everybody = (Number.parseInt(mode.slice(-1), 8) & 2) !== 0;
      const nobody = /^\d+$/.test(owner);
      return everybody || nobody
        ? [`${file} (${kind === 'd' ? 'folder, ' : ''}mode ${mode}, owner ${owner})`]
        : [];
    });
    return noProblems(problems, 'none', 'none found on the file systems of the disk');
  },
};

export const setuidInventory: Case = {
  id: 'setuid_inventory',
  title: 'Only the programs listed are setuid or setgid',
  why: 'Each such program is a way to become root, should it have a fault.',
  suite: 'functional',
  tags: ['extra', 'files', 'security'],
  needs: ['facts'],
  probes: [FILE_WALK],
  check: (observations, { setuid }) => {
    if (setuid.allowed.length === 0) {
      return skip('the expectations name no program that may be setuid');
    }
    const found = lines(observations, FILE_WALK.id).flatMap((line) => {
      const [mode = '', kind = '', , file = ''] = splitAt(line, 3);
      return kind === 'f' && (Number.parseInt(mode, 8) & 0o6000) !== 0 ? [file] : [];
    });
    return noProblems(
      found.filter((file) => !setuid.allowed.includes(file)).map((file) => `${file} is not in the list`),
      `none but ${setuid.allowed.length} programs`,
      found.join(', ') || 'none',
    );
  },
};

function splitAt(line: string, spaces: number): readonly string[] {
  const parts = line.split(' ');
  return [...parts.slice(0, spaces), parts.slice(spaces).join(' ')];
}
