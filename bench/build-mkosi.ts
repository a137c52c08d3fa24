import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createExec } from '@golden-image/host';
import type { Side } from './lib/bench.ts';
import { shell } from './lib/measure.ts';
import { setAside } from './lib/set-aside.ts';

/** What mkosi runs, in the tree that it runs in: Debian 12 has one of before it could do without block devices. */
const TREE_PACKAGES =
  'mkosi,systemd-repart,e2fsprogs,dosfstools,mtools,debian-archive-keyring,cpio,zstd,xz-utils,util-linux,mount,uidmap,fdisk';

/** Runs a command in a tree as its root, with a folder at the same path: `in-tree TREE FOLDER COMMAND…`. */
const IN_TREE = `#!/bin/sh
set -eu
tree=$1 folder=$2
if [ "\${IN_TREE:-}" = "" ]; then
  IN_TREE=1 exec unshare --mount --propagation private "$0" "$@"
fi
shift 2
mount --bind "$tree" "$tree"
mount -t proc proc "$tree/proc"
mount --rbind /sys "$tree/sys"
mount --rbind /dev "$tree/dev"
mkdir -p "$tree$folder"
mount --bind "$folder" "$tree$folder"
cd "$tree"
mkdir -p old
pivot_root . old
umount -l /old
cd "$folder"
exec "$@"
`;

/** mkosi of Debian 13, with the partitions and packages of the other peers. */
export async function mkosiSide(options: {
  readonly folder: string;
  readonly kind: 'cold' | 'warm';
  readonly mirror: string;
  /** Address of the cache of packages. */
  readonly proxy: string;
  readonly packages: readonly string[];
}): Promise<Side> {
  const { folder, kind, mirror, proxy, packages } = options;
  const cwd = path.join(folder, 'mkosi');
  const tree = path.join(folder, 'mkosi-tree');
  const files: Readonly<Record<string, string>> = {
    'mkosi.conf': [
      ...['[Distribution]', 'Distribution=debian', 'Release=trixie'],
      ...['[Output]', 'Format=disk', 'Output=disk', 'OutputDirectory=out', 'RepartDirectories=repart'],
      ...['[Content]', 'Bootable=no', 'WithDocs=yes', `Packages=${packages.join(',')}`],
      ...['[Build]', 'BuildSources=', 'CacheDirectory=cache', 'PackageCacheDirectory=packages'],
      ...[`Incremental=${kind === 'warm' ? 'yes' : 'no'}`, `ProxyUrl=${proxy}`, ''],
    ].join('\n'),
    'repart/10-esp.conf': '[Partition]\nType=esp\nFormat=vfat\nSizeMinBytes=64M\nSizeMaxBytes=64M\n',
    'repart/20-root.conf': '[Partition]\nType=root\nFormat=ext4\nCopyFiles=/\nSizeMinBytes=3900M\n',
    // In place of its own list, which has sources and debugging symbols too.
    'mkosi.sandbox/etc/apt/sources.list.d/mkosi.sources': `Types: deb\nURIs: ${mirror}\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
    await writeFile(path.join(cwd, name), text);
  }
  await writeFile(path.join(folder, 'in-tree'), IN_TREE, { mode: 0o755 });
  await createExec()({
    command: 'mmdebstrap',
    args: ['--quiet', '--variant=apt', `--include=${TREE_PACKAGES}`, 'trixie', tree, mirror],
    env: { ...process.env, http_proxy: proxy },
  });
  const line = 'mkosi --force build && qemu-img convert -O qcow2 out/disk.raw disk.qcow2';
  const build = () => shell(line.replace(/^/, `${folder}/in-tree ${tree} ${cwd} `), { cwd });
  if (kind === 'warm') {
    await build();
  }
  return {
    name: kind === 'warm' ? 'mkosi, incremental' : 'mkosi',
    ours: false,
    command: line,
    before: async () => {
      const made = ['out', 'disk.qcow2', ...(kind === 'cold' ? ['cache', 'packages'] : [])];
      await Promise.all(made.map((name) => setAside(path.join(cwd, name))));
      // mkosi wants these to be there.
      await Promise.all(
        ['out', 'cache', 'packages'].map((name) => mkdir(path.join(cwd, name), { recursive: true })),
      );
    },
    run: build,
  };
}
