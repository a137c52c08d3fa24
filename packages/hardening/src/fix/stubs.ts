import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bind, RootSession } from '@golden-image/disk';

/**
 * Programs that act on the running kernel, of which a disk at rest has none: their stand-ins succeed and do nothing,
 * because fixes change a file first and then apply it at once. The sandbox would refuse them anyway; a refusal would
 * end some fixes half-way.
 */
const NOTHING_TO_DO = [
  ...[
    'sysctl',
    'mount',
    'umount',
    'swapoff',
    'auditctl',
    'augenrules',
    'modprobe',
    'rmmod',
    'insmod',
    'udevadm',
  ],
  ...[
    'reboot',
    'shutdown',
    'poweroff',
    'halt',
    'iptables',
    'ip6tables',
    'nft',
    'apparmor_parser',
    'aa-enforce',
  ],
];

/**
 * `update-grub` asks the running system for its devices, which are not the image's. What fixes want from it is that
 * the kernel command line of /etc/default/grub reaches grub.cfg: the stand-in appends the words that lines lack.
 */
const UPDATE_GRUB = `#!/bin/bash
set -eu
words=$(
  GRUB_CMDLINE_LINUX= GRUB_CMDLINE_LINUX_DEFAULT=
  for file in /etc/default/grub /etc/default/grub.d/*.cfg; do
    if [ -r "$file" ]; then . "$file"; fi
  done
  echo "$GRUB_CMDLINE_LINUX $GRUB_CMDLINE_LINUX_DEFAULT"
)
for config in /boot/grub/grub.cfg /boot/grub2/grub.cfg; do
  [ -f "$config" ] || continue
  result=$(mktemp)
  while IFS= read -r line || [ -n "$line" ]; do
    if [[ $line =~ ^[[:space:]]*linux(efi|16)?[[:space:]] ]]; then
      for word in $words; do
        case " $line " in *" $word "*) ;; *) line="$line $word" ;; esac
      done
    fi
    printf '%s\\n' "$line"
  done < "$config" > "$result"
  cat "$result" > "$config"
  rm "$result"
done
`;

const NOTHING = '#!/bin/sh\nexit 0\n';
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Where the stand-ins lie inside, first on PATH; over programs that are called by their full path they are bound too. */
export const STAND_INS = '/run/golden-image/stand-ins';

/** Writes the stand-ins and says over which programs of the image they go. */
export async function standIns(session: RootSession, folder: string): Promise<readonly Bind[]> {
  const scripts = new Map([
    ...NOTHING_TO_DO.map((name) => [name, NOTHING] as const),
    ['update-grub', UPDATE_GRUB] as const,
  ]);
  await mkdir(folder, { recursive: true });
  const binds = new Map<string, Bind>();
  for (const [name, script] of scripts) {
    const source = path.join(folder, name);
    await writeFile(source, script);
    await chmod(source, 0o755);
    for (const target of await programs(session, name)) {
      binds.set(target, { source, target });
    }
  }
  return [{ source: folder, target: STAND_INS }, ...binds.values()];
}

/**
 * The real paths of a program of the image. One that is a link to a program of another name (kmod, systemctl,
 * alternatives) is left alone: its other names must keep working, and the sandbox holds it.
 */
async function programs(session: RootSession, name: string): Promise<readonly string[]> {
  const root = await session.hostPath('/');
  const found: string[] = [];
  for (const folder of FOLDERS) {
    const real = await session.hostPath(`${folder}/${name}`);
    const inner = `/${path.relative(root, real)}`;
    const names = await session.list(path.dirname(inner));
    if (path.basename(real) === name && names.includes(name)) {
      found.push(inner);
    }
  }
  return [...new Set(found)];
}
