import { access, constants, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import { ARM64_PROBE } from './arm64-probe.ts';
import { bootSector, DEBUG_EXIT_STATUS } from './boot-sector.ts';
import { type Architecture, hostArchitecture, PLATFORMS } from './platform.ts';

export type AcceleratorName = 'kvm' | 'tcg';

/** How guests run here, and why. */
export interface Accelerator {
  readonly name: AcceleratorName;
  /** What decided it, one sentence. */
  readonly reason: string;
  /** QEMU's options for it. */
  readonly args: readonly string[];
  /** How much longer than under KVM things may take. */
  readonly timeoutScale: number;
}

/**
 * The probe takes half a second under KVM, one to two under TCG; a loaded machine needs longer. Where /dev/kvm is
 * only a pretence (a host without hardware virtualization), a guest starts and then crawls: that is no KVM either.
 */
const PROBE_TIMEOUT_MS = 8_000;

const KVM_ARGS = ['-accel', 'kvm', '-cpu', 'host'];

/** Which guests, and where KVM is looked for. */
export interface AcceleratorWishes {
  /** Default: amd64. */
  readonly architecture?: Architecture;
  readonly device?: string;
}

/**
 * Decides by trying: /dev/kvm may be there, open, and still run no guest. A guest of another architecture than the
 * host's is always emulated.
 *
 * @throws UserError `no-kvm` when KVM was asked for by name and no guest runs under it
 */
export async function chooseAccelerator(
  ports: Pick<Ports, 'exec' | 'log' | 'signal'>,
  wanted: 'auto' | AcceleratorName,
  { architecture = 'amd64', device = '/dev/kvm' }: AcceleratorWishes = {},
): Promise<Accelerator> {
  if (wanted === 'tcg') {
    return emulation('asked for', architecture);
  }
  const host = hostArchitecture();
  const problem =
    host === architecture
      ? await whyNotKvm(ports, architecture, device)
      : `the guest is for ${architecture}, this host is ${host ?? process.arch}`;
  if (problem === undefined) {
    return { name: 'kvm', reason: 'a probe guest ran under KVM', args: KVM_ARGS, timeoutScale: 1 };
  }
  if (wanted === 'kvm') {
    throw new UserError(`KVM does not work here: ${problem}`, {
      code: 'no-kvm',
      fix: 'Give the job access to a /dev/kvm that runs guests, or set accelerator: auto (slower).',
    });
  }
  return emulation(problem, architecture);
}

function emulation(reason: string, architecture: Architecture): Accelerator {
  const args = ['-accel', 'tcg,thread=multi', '-cpu', PLATFORMS[architecture].emulatedProcessor];
  return { name: 'tcg', reason, args, timeoutScale: 10 };
}

async function whyNotKvm(
  ports: Pick<Ports, 'exec' | 'signal'>,
  architecture: Architecture,
  device: string,
): Promise<string | undefined> {
  try {
    await access(device, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `there is no ${device}` : `${device} may not be opened (${code})`;
  }
  try {
    await runProbeGuest(ports, KVM_ARGS, architecture);
    return undefined;
  } catch (error) {
    ports.signal.throwIfAborted();
    const { message } = describeError(error);
    const slow = message.includes('did not end within');
    const why = slow ? `the probe guest did not end within ${PROBE_TIMEOUT_MS / 1000} s` : message;
    return `${device} is there, but no guest runs under it: ${why}`;
  }
}

/**
 * Boots a tiny guest that counts for a while and then ends QEMU by itself.
 *
 * @throws ToolError when the guest did not get that far
 */
export async function runProbeGuest(
  ports: Pick<Ports, 'exec'>,
  acceleratorArgs: readonly string[],
  architecture: Architecture = 'amd64',
): Promise<void> {
  const { qemu } = PLATFORMS[architecture];
  await withTemporaryFolder('vm-probe', async (folder) => {
    const guest = await writeProbe(architecture, path.join(folder, 'probe.img'));
    await ports.exec({
      command: 'setpriv',
      args: [
        ...['--pdeathsig', 'KILL', qemu.command, '-nodefaults', '-no-user-config', '-display', 'none'],
        ...[...acceleratorArgs, '-m', '64', ...guest.args],
      ],
      okCodes: [guest.status],
      timeoutMs: PROBE_TIMEOUT_MS,
    });
  });
}

/** A guest that counts and ends: QEMU's options for it, and the status that QEMU then has. */
async function writeProbe(
  architecture: Architecture,
  file: string,
): Promise<{ readonly args: readonly string[]; readonly status: number }> {
  if (architecture === 'arm64') {
    await writeFile(file, ARM64_PROBE);
    return { args: ['-machine', 'virt', '-kernel', file], status: 0 };
  }
  await writeFile(file, bootSector('', 'count-and-exit'));
  return {
    args: [
      ...['-machine', 'q35', '-device', 'isa-debug-exit,iobase=0xf4,iosize=4'],
      ...['-drive', `file=${file},format=raw,if=none,id=d`, '-device', 'virtio-blk-pci,drive=d'],
    ],
    status: DEBUG_EXIT_STATUS,
  };
}

/**
 * TCG with one thread for all processors. With a thread each, a kernel that patches its own code while another
 * processor runs it can crash on a busy host, which no real processor does: a panic there is tried again like this.
 */
export function singleThreaded(accelerator: Accelerator): Accelerator {
  return {
    ...accelerator,
    reason: `${accelerator.reason}; the kernel panicked under multi-threaded TCG, so it ran again single-threaded`,
    args: accelerator.args.map((word) => word.replace('thread=multi', 'thread=single')),
    timeoutScale: accelerator.timeoutScale * 2,
  };
}
