/**
 * Builds images of every layout and boots each under BIOS and UEFI: `npm run test:boots [-- case…]`. Nightly; needs
 * root, QEMU, OVMF and Debian's repositories. Exit status 1 when one does not come up to a login.
 */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStatement, digestFile, predicateTypes, stableJson } from '@golden-image/evidence';
import { createExec, describeError, silentLog, systemClock } from '@golden-image/host';
import { buildImage } from '@golden-image/image';
import {
  chooseAccelerator,
  createOverlay,
  type FirmwareName,
  inspectDisk,
  waitForBoot,
  withMachine,
} from '@golden-image/vm';
import { serveFolder, testKey } from '../packages/image/test/local-mirror.ts';
import { bootableElMirror } from '../packages/image/test/rpm-mirror.ts';

const HEAD =
  'name: boots\nversion: "1"\ndistribution: debian\nrelease: "13"\npackages: {add: [openssh-server]}\n';
const CIS = ['/boot', '/home', '/tmp', '/var', '/var/log', '/var/log/audit']
  .map((mount) => `{mount: ${mount}, size: 512MiB, options: [nodev]}`)
  .join(', ');

interface Case {
  readonly name: string;
  readonly definition: string;
  readonly firmware: readonly FirmwareName[];
  /** Its disk is the medium of this one. */
  readonly from?: string;
  /** Makes what it is built from, in a folder that is there until the end; further lines of the definition. */
  readonly prepare?: () => Promise<string>;
}

const CASES: readonly Case[] = [
  { name: 'ext4', definition: 'source: repository\n', firmware: ['bios', 'uefi'] },
  {
    ...{ name: 'cis', firmware: ['bios', 'uefi'] },
    definition: `source: repository\ndisk: {size: 6GiB, partitions: [${CIS}]}\n`,
  },
  { name: 'xfs', definition: 'source: repository\ndisk: {filesystem: xfs}\n', firmware: ['bios', 'uefi'] },
  {
    name: 'btrfs',
    definition: 'source: repository\ndisk: {filesystem: btrfs}\n',
    firmware: ['bios', 'uefi'],
  },
  {
    ...{ name: 'unsigned', firmware: ['uefi'] },
    definition: 'source: repository\nfirmware: uefi\nsecure-boot: false\n',
  },
  {
    ...{ name: 'disk', firmware: ['bios', 'uefi'], from: 'ext4' },
    definition: `source: disk\ndisk: {size: 6GiB, partitions: [${CIS}]}\n`,
  },
  {
    ...{ name: 'rpm', firmware: ['bios', 'uefi'], prepare: smallAlma },
    definition: 'source: repository\nsecure-boot: false\n',
  },
];

const wanted = process.argv.slice(2);
const servers: Awaited<ReturnType<typeof serveFolder>>[] = [];
const folder = path.join(process.env.RUNNER_TEMP ?? tmpdir(), 'boot-images');
const signal = new AbortController().signal;
const ports = {
  ...{ exec: createExec({ signal }), clock: systemClock, log: silentLog, signal, fetch },
  tools: { ensure: async () => {} },
};
await mkdir(folder, { recursive: true });
const accelerator = await chooseAccelerator(ports, 'auto');
for (const one of CASES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const disk = await build(one);
  for (const firmware of one.firmware) {
    const label = `${one.name}, ${firmware}`;
    try {
      const seconds = await boot(one.name, disk, firmware);
      console.log(`ok   ${label}: a login after ${seconds.toFixed(0)} s`);
    } catch (error) {
      const { message, detail } = describeError(error);
      console.log(`FAIL ${label}: ${message}\n${detail ?? ''}`);
      process.exitCode = 1;
    }
  }
}
for (const server of servers) {
  await server.close();
}
if (process.exitCode !== 1) {
  await rm(folder, { recursive: true, force: true });
}

/** A small AlmaLinux of Debian's files: `bootableElMirror`. Without cloud-init: the definition brings up network and sshd. */
async function smallAlma(): Promise<string> {
  const work = path.join(folder, 'alma');
  await rm(work, { recursive: true, force: true });
  const mirror = path.join(work, 'mirror');
  await mkdir(mirror, { recursive: true });
  const key = await testKey(work, 'mirror', 'rsa2048');
  await bootableElMirror(mirror, work, key);
  await copyFile(key.file, path.join(folder, 'key.asc'));
  await key.remove();
  const server = await serveFolder(mirror);
  servers.push(server);
  return [
    ...['distribution: almalinux', 'release: "9"', `mirror: ${server.url}`, 'mirror-key: key.asc'],
    'services: {enable: [ssh.service, systemd-networkd.service]}',
    'files:',
    '- {path: /etc/systemd/network/10-any.network, content: "[Match]\\nName=e*\\n[Network]\\nDHCP=yes\\n"}',
    // cloud-init, which makes host keys, is a stand-in.
    '- {path: /etc/systemd/system/ssh.service.d/keys.conf, content: "[Service]\\nExecStartPre=\\nExecStartPre=ssh-keygen -A\\n"}',
    '',
  ].join('\n');
}

async function build(one: Case): Promise<string> {
  const definition = path.join(folder, `${one.name}.yml`);
  const further = await one.prepare?.();
  const head = further === undefined ? HEAD : HEAD.replace(/^(distribution|release): .*\n/gm, '');
  await writeFile(definition, head + (further ?? '') + one.definition);
  const medium = one.from === undefined ? undefined : path.join(folder, one.from, 'disk.qcow2');
  const result = await buildImage(
    {
      ...{ definition, output: path.join(folder, one.name), cacheFolder: path.join(folder, 'cache') },
      ...{ builderId: 'urn:golden-image:boots', allowOutdatedHost: true, medium },
      mediumStatement: medium && (await state(medium)),
    },
    ports,
  );
  return result.disk;
}

/** What verify-iso would say of a disk. */
async function state(file: string): Promise<string> {
  const { hex } = await digestFile(file, ['sha256']);
  const statement = createStatement({
    subject: { name: path.basename(file), digest: hex },
    predicateType: predicateTypes.medium,
    predicate: {},
  });
  const target = `${file}.json`;
  await writeFile(target, stableJson(statement));
  return target;
}

/** Seconds until sshd answers. */
async function boot(name: string, disk: string, firmware: FirmwareName): Promise<number> {
  const work = path.join(folder, `run-${name}-${firmware}`);
  await mkdir(work, { recursive: true });
  const overlay = path.join(work, 'overlay.qcow2');
  const { virtualSize: size } = await inspectDisk(ports, disk, 'qcow2');
  await createOverlay(ports, { disk, format: 'qcow2', overlay, size });
  const uefiVariables = path.join(work, 'variables.fd');
  await copyFile('/usr/share/OVMF/OVMF_VARS_4M.fd', uefiVariables);
  const spec = {
    ...{ accelerator, firmware, uefiVariables, memoryMib: 1024, cpus: 2, bus: 'virtio-blk' as const },
    ...{ disk: { file: overlay, format: 'qcow2' as const, serial: 'boot' }, volumes: [], extraNics: [] },
    mac: '52:54:00:12:34:56',
  };
  return withMachine(ports, spec, path.join(work, 'console.log'), async (machine) => {
    const { stages } = await waitForBoot(ports, machine, accelerator.timeoutScale);
    return stages.at(-1)?.seconds ?? 0;
  });
}
