import { rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type HostTool } from '@golden-image/host';
import type { ExportFormat, ExportInput, ExportPorts, Format } from './format.ts';
import { ovfDescriptor, ovfManifest } from './ovf.ts';
import { fixVhdFooter, fixVmdkIdentity } from './stable-identity.ts';

/** What exporting needs on the host. */
export const EXPORT_TOOLS: readonly HostTool[] = [
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: 'zstd', package: 'zstd' },
  { command: 'tar', package: 'tar' },
  { command: 'gzip', package: 'gzip' },
  { command: 'setpriv', package: 'util-linux' },
];

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Flags that the clouds accept. Sources: coreos-assembler's and Flatcar's image formats; each vendor's import guide. */
export const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  qcow2: {
    extension: 'qcow2',
    make: ({ raw }, target, ports) =>
      convert(raw, target, ['-O', 'qcow2', '-c', '-o', 'compression_type=zstd', '-m', '8'], ports),
    open: async (target) => [target, 'qcow2'],
  },
  'raw.zst': {
    extension: 'raw.zst',
    make: ({ raw }, target, ports) =>
      run(['zstd', '-q', '-T0', '-9', '--no-check', '-o', target, '--', raw], ports),
    open: async (target, scratch, ports) => {
      const file = path.join(scratch, 'unpacked.raw');
      await run(['zstd', '-q', '-d', '--sparse', '-f', '-o', file, '--', target], ports);
      return [file, 'raw'];
    },
  },
  vmdk: {
    extension: 'vmdk',
    make: makeVmdk,
    open: async (target) => [target, 'vmdk'],
  },
  ova: {
    extension: 'ova',
    make: async (input, target, ports) => {
      const { descriptor, scratch, epoch } = input;
      const name = `${descriptor.name}-${descriptor.version}`;
      const disk = path.join(scratch, `${name}-disk1.vmdk`);
      await makeVmdk(input, disk, ports);
      const ovf = ovfDescriptor(input, { disk: path.basename(disk), size: (await stat(disk)).size });
      await writeFile(path.join(scratch, `${name}.ovf`), ovf);
      const manifest = await ovfManifest(scratch, [`${name}.ovf`, path.basename(disk)]);
      await writeFile(path.join(scratch, `${name}.mf`), manifest);
      // The descriptor comes first: readers stream it. Source: DMTF DSP0243, OVF 1.1, section 6.4.
      const members = [`${name}.ovf`, `${name}.mf`, path.basename(disk)];
      await tar(['--format=ustar', '-cf', target], members, scratch, epoch, ports);
      await rm(disk);
    },
    open: async (target, scratch, ports) => {
      const list = await ports.exec({ command: 'tar', args: ['-tf', target] });
      const disk = list.stdout.split('\n').find((name) => name.endsWith('.vmdk')) ?? '';
      await run(['tar', '-xf', target, '-C', scratch, '--', disk], ports);
      return [path.join(scratch, disk), 'vmdk'];
    },
  },
  vhd: {
    extension: 'vhd',
    make: async ({ raw, virtualSize, epoch, descriptor }, target, ports) => {
      await padTo(raw, virtualSize, MIB);
      await convert(raw, target, ['-O', 'vpc', '-o', 'subformat=fixed,force_size'], ports);
      await fixVhdFooter(target, epoch, descriptor.disk.sha256);
    },
    open: async (target) => [target, 'vpc'],
  },
  gce: {
    extension: 'tar.gz',
    make: async ({ raw, virtualSize, scratch, epoch }, target, ports) => {
      await padTo(raw, virtualSize, GIB);
      const disk = path.join(scratch, 'disk.raw');
      await rename(raw, disk);
      try {
        // Told to gzip by itself: --gzip would write a time stamp of now.
        const args = ['--format=oldgnu', '--sparse', '--use-compress-program=gzip -n', '-cf', target];
        await tar(args, ['disk.raw'], scratch, epoch, ports);
      } finally {
        await rename(disk, raw);
      }
    },
    open: async (target, scratch, ports) => {
      const folder = path.join(scratch, 'unpacked');
      await run(['mkdir', '-p', folder], ports);
      await run(['tar', '-xzf', target, '-C', folder, '--', 'disk.raw'], ports);
      return [path.join(folder, 'disk.raw'), 'raw'];
    },
  },
};

async function makeVmdk({ raw, descriptor }: ExportInput, target: string, ports: ExportPorts): Promise<void> {
  const options = 'adapter_type=lsilogic,subformat=streamOptimized,compat6';
  await convert(raw, target, ['-O', 'vmdk', '-o', options], ports);
  await fixVmdkIdentity(target, descriptor.disk.sha256);
}

/** Azure wants whole MiB, Google whole GiB. */
async function padTo(raw: string, size: number, unit: number): Promise<void> {
  await truncate(raw, Math.ceil(size / unit) * unit);
}

function convert(raw: string, target: string, options: readonly string[], ports: ExportPorts): Promise<void> {
  return run(['qemu-img', 'convert', '-f', 'raw', ...options, '--', raw, target], ports);
}

function tar(
  options: readonly string[],
  members: readonly string[],
  folder: string,
  epoch: number,
  ports: ExportPorts,
): Promise<void> {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--mode=0644', `--mtime=@${epoch}`];
  return run(['tar', ...options, ...owner, '-C', folder, '--', ...members], ports);
}

async function run([command = '', ...args]: readonly string[], { exec }: ExportPorts): Promise<void> {
  // Confined, so that it ends with this process even when that is killed.
  await exec(confined({ command, args }));
}
