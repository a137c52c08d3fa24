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
  type Accelerator,
  type Architecture,
  chooseAccelerator,
  createOverlay,
  type FirmwareName,
  inspectDisk,
  uefiBuild,
  waitForBoot,
  withMachine,
  writeSeed,
} from '@golden-image/vm';
import { serveFolder, type TestKey, testKey } from '../packages/image/test/local-mirror.ts';
import { bootableElMirror, bootableLeapMirror } from '../packages/image/test/rpm-mirror.ts';

const HEAD =
  'name: boots\nversion: "1"\ndistribution: debian\nrelease: "13"\npackages: {add: [openssh-server]}\n';
const CIS = ['/boot', '/home', '/tmp', '/var', '/var/log', '/var/log/audit']
  .map((mount) => `{mount: ${mount}, size: 512MiB, options: [nodev]}`)
  .join(', ');

/** Of the machines. */
const MAC = '52:54:00:12:34:56';
/** Where a mirror of openSUSE has its packages. */
const LEAP = 'distribution/leap/16.0/repo/oss/x86_64';

interface Case {
  readonly name: string;
  readonly definition: string;
  readonly firmware: readonly FirmwareName[];
  readonly architecture?: Architecture;
  /** Instead of the usual first lines of the definition. */
  readonly head?: string;
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
    ...{ name: 'rpm', firmware: ['bios', 'uefi'] },
    prepare: () => smallRpm('distribution: almalinux\nrelease: "9"', bootableElMirror),
    definition: 'source: repository\nsecure-boot: false\n',
  },
  {
    ...{ name: 'suse', firmware: ['bios', 'uefi'] },
    prepare: () =>
      smallRpm('distribution: opensuse-leap\nrelease: "16.0"', (mirror, work, key) =>
        bootableLeapMirror(path.join(mirror, LEAP), work, key),
      ),
    definition: 'source: repository\nsecure-boot: false\n',
  },
  {
    ...{ name: 'bookworm', firmware: ['bios', 'uefi'], head: HEAD.replace('"13"', '"12"') },
    definition: 'source: repository\n',
  },
  {
    // Where this is another architecture's machine, its kernel must hand programs of arm64 to QEMU.
    ...{ name: 'arm64', firmware: ['uefi'], architecture: 'arm64' },
    definition: 'source: repository\narchitecture: arm64\n',
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
for (const one of CASES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const disk = await build(one);
  const { architecture = 'amd64' } = one;
  const accelerator = await chooseAccelerator(ports, 'auto', { architecture });
  for (const firmware of one.firmware) {
    const label = `${one.name}, ${firmware}`;
    try {
      const seconds = await boot({ name: one.name, architecture, accelerator }, disk, firmware);
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

/**
 * A small system of Debian's files, repackaged (`bootableElMirror`, `bootableLeapMirror`). Without cloud-init: the
 * definition brings up network and sshd.
 */
async function smallRpm(
  identity: string,
  write: (mirror: string, work: string, key: TestKey) => Promise<void>,
): Promise<string> {
  const work = path.join(folder, `mirror-of-${identity.split('"')[1]}`);
  await rm(work, { recursive: true, force: true });
  const mirror = path.join(work, 'mirror');
  await mkdir(mirror, { recursive: true });
  const key = await testKey(work, 'mirror', 'rsa2048');
  await write(mirror, work, key);
  await copyFile(key.file, path.join(folder, 'key.asc'));
  await key.remove();
  const server = await serveFolder(mirror);
  servers.push(server);
  return [
    ...[identity, `mirror: ${server.url}`, 'mirror-key: key.asc'],
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
  const head =
    further === undefined ? (one.head ?? HEAD) : HEAD.replace(/^(distribution|release): .*\n/gm, '');
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
async function boot(
  { name, architecture, accelerator }: { name: string; architecture: Architecture; accelerator: Accelerator },
  disk: string,
  firmware: FirmwareName,
): Promise<number> {
  const work = path.join(folder, `run-${name}-${firmware}`);
  await mkdir(work, { recursive: true });
  const overlay = path.join(work, 'overlay.qcow2');
  const { virtualSize: size } = await inspectDisk(ports, disk, 'qcow2');
  await createOverlay(ports, { disk, format: 'qcow2', overlay, size });
  // Without one, cloud-init does nothing, and makes no host keys.
  const seed = path.join(work, 'seed.iso');
  const identity = { instanceId: 'boots', hostname: 'boots', users: [], macs: [MAC], comment: '' };
  await writeSeed(ports, { seed: identity, file: seed, workFolder: work });
  const uefiVariables = path.join(work, 'variables.fd');
  await copyFile(uefiBuild(architecture, false).variables, uefiVariables);
  const spec = {
    ...{
      architecture,
      accelerator,
      firmware,
      uefiVariables,
      memoryMib: 1024,
      cpus: 2,
      bus: 'virtio-blk' as const,
    },
    disk: { file: overlay, format: 'qcow2' as const, serial: 'boot' },
    volumes: [{ file: seed, format: 'raw' as const, serial: 'seed', readOnly: true }],
    ...{ mac: MAC, extraNics: [] },
  };
  return withMachine(ports, spec, path.join(work, 'console.log'), async (machine) => {
    const { stages } = await waitForBoot(ports, machine, accelerator.timeoutScale);
    return stages.at(-1)?.seconds ?? 0;
  });
}
