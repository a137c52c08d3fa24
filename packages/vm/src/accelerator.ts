import { access, constants, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import { bootSector, DEBUG_EXIT_STATUS } from './boot-sector.ts';

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

const ARGS: Readonly<Record<AcceleratorName, readonly string[]>> = {
  kvm: ['-accel', 'kvm', '-cpu', 'host'],
  // RHEL 9 and its kin need x86-64-v2: the default model of TCG does not do.
  tcg: ['-accel', 'tcg,thread=multi', '-cpu', 'max'],
};

/**
 * Decides by trying: /dev/kvm may be there, open, and still run no guest.
 *
 * @throws UserError `no-kvm` when KVM was asked for by name and no guest runs under it
 */
export async function chooseAccelerator(
  ports: Pick<Ports, 'exec' | 'log' | 'signal'>,
  wanted: 'auto' | AcceleratorName,
  device = '/dev/kvm',
): Promise<Accelerator> {
  if (wanted === 'tcg') {
    return accelerator('tcg', 'asked for');
  }
  const problem = await whyNotKvm(ports, device);
  if (problem === undefined) {
    return accelerator('kvm', 'a probe guest ran under KVM');
  }
  if (wanted === 'kvm') {
    throw new UserError(`KVM does not work here: ${problem}`, {
      code: 'no-kvm',
      fix: 'Give the job access to a /dev/kvm that runs guests, or set accelerator: auto (slower).',
    });
  }
  return accelerator('tcg', problem);
}

function accelerator(name: AcceleratorName, reason: string): Accelerator {
  return { name, reason, args: ARGS[name], timeoutScale: name === 'kvm' ? 1 : 10 };
}

async function whyNotKvm(ports: Pick<Ports, 'exec' | 'signal'>, device: string): Promise<string | undefined> {
  try {
    await access(device, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `there is no ${device}` : `${device} may not be opened (${code})`;
  }
  try {
    await runProbeGuest(ports, ARGS.kvm);
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
): Promise<void> {
  await withTemporaryFolder('vm-probe', async (folder) => {
    const disk = path.join(folder, 'probe.img');
    await writeFile(disk, bootSector('', 'count-and-exit'));
    await ports.exec({
      command: 'setpriv',
      args: [
        ...[
          '--pdeathsig',
          'KILL',
          'qemu-system-x86_64',
          '-nodefaults',
          '-no-user-config',
          '-display',
          'none',
        ],
        ...['-machine', 'q35', ...acceleratorArgs, '-m', '32'],
        ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=4'],
        ...['-drive', `file=${disk},format=raw,if=none,id=d`, '-device', 'virtio-blk-pci,drive=d'],
      ],
      okCodes: [DEBUG_EXIT_STATUS],
      timeoutMs: PROBE_TIMEOUT_MS,
    });
  });
}

/**
 * TCG with one thread for all processors. With a thread each, a kernel that patches its own code while another
 * processor runs it can crash on a busy host, which no real processor does: a panic there is tried again like this.
 */
export function singleThreaded(accelerator: Accelerator): Accelerator {
  return {
    ...accelerator,
    reason: `${accelerator.reason}; the kernel panicked under multi-threaded TCG, so it ran again single-threaded`,
    args: ['-accel', 'tcg,thread=single', '-cpu', 'max'],
    timeoutScale: accelerator.timeoutScale * 2,
  };
}
