import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { debian13Package } from '../../../test/tools/debian-package.ts';

const run = promisify(execFile);
const PACKAGE = 'debian-installer-13-netboot-amd64';
const IMAGES = 'usr/lib/debian-installer/images/13/amd64/text/debian-installer/amd64';

/** What stands in for debian-installer: it reads the answers, says what the real one says, and then does this. */
const ENDINGS = {
  // It sees the disk (virtio-blk, transitional or not) and exactly the answers, or it does not finish.
  installs: `
    cmp /preseed.cfg /expected.cfg && grep -q -e 0x1001 -e 0x1042 /sys/bus/pci/devices/*/device || poweroff -f
    echo 'Starting up the partitioner'
    echo 'Installing the base system ... 100%'
    echo 'Finishing the installation'
    poweroff -f`,
  asks: `printf "Prompt: '?' for help, default=1> "; sleep 10000`,
  panics: `echo c > /proc/sysrq-trigger`,
  stalls: `echo 'Installing the base system ... 10%'; sleep 10000`,
  reboots: `echo 'Installing the base system ... 10%'; reboot -f`,
} as const;

export type InstallerEnding = keyof typeof ENDINGS;

/** A Debian medium with the real installer's kernel and programs, whose `init` is replaced. */
export async function installerMedium(
  folder: string,
  ending: InstallerEnding,
  expectedAnswers: string,
): Promise<string> {
  const images = path.join(await debian13Package(PACKAGE), IMAGES);
  const tree = path.join(folder, `medium-${ending}`);
  const target = path.join(tree, 'install.amd');
  await mkdir(target, { recursive: true });
  await cp(path.join(images, 'linux'), path.join(target, 'vmlinuz'));
  const initrd = path.join(target, 'initrd.gz');
  await copyFile(path.join(images, 'initrd.gz'), initrd);
  await replaceInit(initrd, ENDINGS[ending], expectedAnswers, folder);
  const iso = `${tree}.iso`;
  await run('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-V', 'Debian 13.8.0 amd64 1', '-o', iso, tree]);
  await rm(tree, { recursive: true });
  return iso;
}

async function replaceInit(
  initrd: string,
  ending: string,
  expectedAnswers: string,
  folder: string,
): Promise<void> {
  const overlay = path.join(folder, 'overlay');
  await mkdir(overlay);
  const script = `#!/bin/sh
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
echo 'Loading additional components ... 100%'
${ending}
`;
  await writeFile(path.join(overlay, 'init'), script);
  await chmod(path.join(overlay, 'init'), 0o755);
  await writeFile(path.join(overlay, 'expected.cfg'), expectedAnswers);
  const archive = path.join(folder, 'overlay.cpio');
  await run(
    'sh',
    ['-c', 'printf "init\\nexpected.cfg\\n" | cpio --quiet -o -H newc -R 0:0 -F "$1"', 'sh', archive],
    {
      cwd: overlay,
    },
  );
  const real = await readFile(initrd);
  const padding = Buffer.alloc((4 - (real.length % 4)) % 4);
  await writeFile(initrd, Buffer.concat([real, padding, await readFile(archive)]));
  await rm(overlay, { recursive: true });
}
