import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createExec } from '@golden-image/host';
import { defaultSources } from '../packages/image/src/apt/apt-sources.ts';
import { mkosiSide } from './build-mkosi.ts';
import type { Bench, BenchContext, Prepared, Side } from './lib/bench.ts';
import { measure, shell } from './lib/measure.ts';
import { packageCache } from './lib/package-cache.ts';
import { setAside } from './lib/set-aside.ts';

type Environment = Readonly<Record<string, string>>;

/** What the image holds beside a minimal Debian 13, its boot loaders included. */
const PACKAGES = [
  ...[
    'linux-image-cloud-amd64',
    'systemd-sysv',
    'openssh-server',
    'cloud-init',
    'udev',
    'iproute2',
    'iputils-ping',
  ],
  ...['dbus', 'netplan.io', 'cloud-guest-utils', 'grub-pc-bin', 'grub2-common', 'grub-efi-amd64-bin'],
];
const PEER_TOOLS = [
  { command: 'squid', package: 'squid' },
  { command: 'vmdb2', package: 'vmdb2' },
  { command: 'jq', package: 'jq' },
  { command: 'debootstrap', package: 'debootstrap' },
  { command: 'mkfs.vfat', package: 'dosfstools' },
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: 'sfdisk', package: 'fdisk' },
];
const WORK = `A bootable qcow2 of Debian 13: minimal base, no recommended packages, and ${PACKAGES.join(', ')}. Packages come from the same mirror. The peers do less: they partition the disk and install the same packages, and leave out the boot loader, because not every kernel has the device mapper that their way to it needs; for vmdb2 a loop device for each partition stands in for kpartx.`;

/** From nothing: packages are downloaded, the disk is made. */
export const buildCold: Bench = {
  name: 'build-cold',
  title: 'Building an image from nothing',
  what: `${WORK} No cache of a root tree, and none of packages but one on loopback, which all fetch through. What earlier rounds left is moved aside and not removed: ext4 makes files more slowly for minutes after many were removed. mkosi is Debian 13's, in a tree of that. fai-diskimage is not among the peers: it needs a kernel that makes devices of the partitions of a loop device, and the one that measured this does not.`,
  tools: PEER_TOOLS,
  rounds: 3,
  remarks:
    'Most of our time is one dpkg that unpacks all packages, then configures them, and the initrd: a chain of several short programs for each package that uses one of two processors, and that the peers have to go through as well; what ours spares is to go through it in pieces, and to make the initrd, certificates and byte code more than once. The rest, half of it beside something else, is what only ours does: the check of the host, the boot loaders for BIOS and UEFI, a compressed qcow2, digests, SBOMs and provenance. Tried without gain: the root tree in memory (the copy to the disk takes what it saves).',
  prepare: (context) => prepare(context, 'cold'),
};

/** Again, with what an earlier build left in its caches: unchanged, and with a change in a later stage. */
export const buildWarm: Bench = {
  name: 'build-warm',
  title: 'Building an image again, unchanged and changed in its last stage',
  what: `${WORK} Both caches are filled. Unchanged, ours asks the repositories whether anything is new, and takes the finished disk; changed, a file that the definition places differs, and only the root tree is taken. For the peers both are the same: vmdb2 unpacks the root tree that it kept, mkosi copies its own and makes the disk.`,
  tools: PEER_TOOLS,
  rounds: 3,
  remarks:
    'The peers take their root tree, whatever the repositories have by now, and write a qcow2 that is not compressed and does not boot. Where the definition changed, ours asks the repositories what is new, writes file systems and boot loaders, compresses, and writes digests, SBOMs and provenance. What is missed there is the file systems and the compression: qemu-img compresses one cluster after the other, because only then the same disk gives the same bytes, and that alone takes more than the goal leaves.',
  prepare: (context) => prepare(context, 'warm'),
};

async function prepare(context: BenchContext, kind: 'cold' | 'warm'): Promise<Prepared> {
  const { folder } = context;
  const cache = await packageCache(path.join(folder, 'package-cache'));
  try {
    return { ...(await sidesOf(context, kind, cache.url)), end: cache.end };
  } catch (error) {
    await cache.end();
    throw error;
  }
}

async function sidesOf(
  context: BenchContext,
  kind: 'cold' | 'warm',
  cacheUrl: string,
): Promise<Omit<Prepared, 'end'>> {
  const { folder } = context;
  const proxy = { http_proxy: cacheUrl };
  const ours = await ourSides(context, kind, proxy);
  const mirror = await mirrorOf(context);
  const peers = [
    await vmdb2Side(context, mirror, kind, proxy),
    await mkosiSide({ folder, kind, mirror, proxy: cacheUrl, packages: PACKAGES }),
    ...(kind === 'cold' ? [await debootstrapSide(context, mirror, proxy)] : []),
  ];
  return {
    sides: [...ours, ...peers],
    goals: ours.map((side) => ({
      ...{ side: side.name, quantity: 'wall' as const },
      ...{ peers: peers.map(({ name }) => name), atMost: kind === 'cold' ? 0.5 : 0.33 },
    })),
  };
}

/** Debian's archive as the host knows it. */
async function mirrorOf({ folder }: BenchContext): Promise<string> {
  const sources = await defaultSources(
    { suite: 'trixie', components: ['main'], architecture: 'amd64' },
    folder,
    { exec: createExec() },
  );
  return sources[0]?.uri ?? '';
}

async function ourSides(
  { folder, dist }: BenchContext,
  kind: 'cold' | 'warm',
  proxy: Environment,
): Promise<readonly Side[]> {
  const cwd = path.join(folder, 'ours');
  await mkdir(cwd, { recursive: true });
  const cache = path.join(cwd, 'cache');
  const env = {
    INPUT_DEFINITION: path.join(cwd, 'image.yml'),
    INPUT_OUTPUT: path.join(cwd, 'image'),
    'INPUT_CACHE-DIR': cache,
    'INPUT_ALLOW-OUTDATED-HOST': 'true',
    'INPUT_INSTALL-TOOLS': 'false',
    RUNNER_TEMP: cwd,
    ...proxy,
  };
  let turn = 0;
  const define = async (): Promise<void> => {
    turn += 1;
    const text = [
      ...['name: bench', 'version: "1"', 'distribution: debian', 'release: "13"', 'source: repository'],
      `packages: {add: [openssh-server, iproute2, iputils-ping]}`,
      `files: [{path: /etc/issue, content: "${turn}\\n"}]`,
    ];
    await writeFile(path.join(cwd, 'image.yml'), `${text.join('\n')}\n`);
  };
  const build = () => measure(process.execPath, [path.join(dist, 'build-image/index.js')], { cwd, env });
  if (kind === 'warm') {
    await define();
    await build();
  }
  const side = (name: string, before: () => Promise<void>): Side => ({
    ...{ name, ours: true, command: 'node dist/build-image/index.js' },
    before: async () => {
      await before();
      await setAside(path.join(cwd, 'image'));
    },
    run: build,
  });
  if (kind === 'warm') {
    return [side('build-image, unchanged', async () => {}), side('build-image, a file changed', define)];
  }
  return [
    side('build-image', async () => {
      await define();
      await setAside(cache);
    }),
  ];
}

/** kpartx(8) as vmdb2 calls it, with a loop device for each partition in place of the device mapper. */
const KPARTX = `#!/bin/bash
set -euo pipefail
image=$2
case $1 in
  -a*)
    mkdir -p /dev/mapper
    # The name of a device that is ours: nobody else's maps have it.
    name=$(basename "$(losetup --find --show "$image")")
    sfdisk --json "$image" | jq -r '.partitiontable.partitions[] | "\\(.start) \\(.size)"' | {
      number=0
      while read -r start size; do
        number=$((number + 1))
        device=$(losetup --find --show --offset $((start * 512)) --sizelimit $((size * 512)) "$image")
        ln -s "$device" "/dev/mapper/\${name}p$number"
        echo "add map \${name}p$number (254:$number): 0 $size linear 7:0 $start"
      done
    }
    ;;
  -d*)
    for device in $(losetup --noheadings --output NAME --associated "$image"); do
      rm -f "/dev/mapper/$(basename "$device")"p*
      losetup --detach "$device"
    done
    ;;
esac
`;

async function vmdb2Side(
  { folder }: BenchContext,
  mirror: string,
  kind: 'cold' | 'warm',
  env: Environment,
): Promise<Side> {
  const cwd = path.join(folder, 'vmdb2');
  await mkdir(cwd, { recursive: true });
  const specification = {
    steps: [
      { mkimg: '{{ output }}', size: '4G' },
      // Debian 12's vmdb2 cannot mark a partition of a GPT as GRUB's.
      { mklabel: 'msdos', device: '{{ output }}' },
      { mkpart: 'primary', device: '{{ output }}', start: '2M', end: '66M', tag: 'efi' },
      { mkpart: 'primary', device: '{{ output }}', start: '66M', end: '100%', tag: 'root' },
      { kpartx: '{{ output }}' },
      { mkfs: 'vfat', partition: 'efi' },
      { mkfs: 'ext4', partition: 'root' },
      { mount: 'root' },
      { 'unpack-rootfs': 'root' },
      {
        ...{ debootstrap: 'trixie', mirror, target: 'root', variant: 'minbase' },
        unless: 'rootfs_unpacked',
      },
      { apt: 'install', packages: PACKAGES, tag: 'root', unless: 'rootfs_unpacked' },
      { 'cache-rootfs': 'root', unless: 'rootfs_unpacked' },
      { fstab: 'root' },
    ],
  };
  // JSON is YAML.
  await writeFile(path.join(cwd, 'image.vmdb'), JSON.stringify(specification, null, 2));
  await writeFile(path.join(cwd, 'kpartx'), KPARTX, { mode: 0o755 });
  const line =
    'PATH=$PWD:$PATH vmdb2 --rootfs-tarball rootfs.tar.gz --output disk.raw image.vmdb && qemu-img convert -O qcow2 disk.raw disk.qcow2';
  const build = () => shell(line, { cwd, env });
  if (kind === 'warm') {
    await build();
  }
  return {
    name: kind === 'warm' ? 'vmdb2, cached root' : 'vmdb2',
    ours: false,
    command: line,
    before: async () => {
      await setAside(path.join(cwd, 'disk.raw'));
      if (kind === 'cold') {
        await setAside(path.join(cwd, 'rootfs.tar.gz'));
      }
    },
    run: build,
  };
}

/** What people write by hand: a loop device, debootstrap, apt in a chroot. */
async function debootstrapSide({ folder }: BenchContext, mirror: string, env: Environment): Promise<Side> {
  const cwd = path.join(folder, 'debootstrap');
  await mkdir(cwd, { recursive: true });
  const script = path.join(cwd, 'build.sh');
  await writeFile(
    script,
    `set -euo pipefail
rm -f disk.raw; truncate -s 4G disk.raw
printf 'label: gpt\\nstart=2048,size=2048,type=21686148-6449-6E6F-744E-656564454649\\nsize=131072,type=U\\ntype=L\\n' | sfdisk -q disk.raw
mkdir -p root
trap 'umount -R root 2>/dev/null || true; for device in $(losetup -n -O NAME -j disk.raw); do losetup -d "$device"; done' EXIT
esp=$(losetup --find --show --offset $((4096 * 512)) --sizelimit $((131072 * 512)) disk.raw)
mkfs.vfat "$esp" > /dev/null
loop=$(losetup --find --show --offset $((135168 * 512)) disk.raw)
mkfs.ext4 -q "$loop"
mount "$loop" root
debootstrap --variant=minbase trixie root ${mirror}
mount --bind /dev root/dev; mount -t proc proc root/proc; mount -t sysfs sysfs root/sys
chroot root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ${PACKAGES.join(' ')}
umount -R root
qemu-img convert -O qcow2 disk.raw disk.qcow2
`,
  );
  return {
    name: 'debootstrap script',
    ours: false,
    command: 'bash build.sh',
    run: () => measure('bash', [script], { cwd, env }),
  };
}
