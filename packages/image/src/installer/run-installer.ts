import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { describeError, type Ports } from '@golden-image/host';
import { type Accelerator, doubleCommas } from '@golden-image/vm';
import type { BootFiles } from './boot-files.ts';
import type { Installer } from './installer.ts';
import { type InstallerEvent, InstallerWatch } from './watch.ts';

type RunPorts = Pick<Ports, 'exec' | 'log' | 'clock' | 'signal'>;

/** Milliseconds without a sign of life; the accelerator scales them. */
const STALL_MS = 5 * 60_000;
/** Milliseconds for all of it; the accelerator scales them. */
const TOTAL_MS = 60 * 60_000;
const LOOK_EVERY_MS = 500;

export interface InstallerRun {
  readonly installer: Installer;
  readonly boot: BootFiles;
  /** The vendor's ISO; never written. */
  readonly iso: string;
  /** An empty raw disk, which the installer fills. */
  readonly disk: string;
  readonly firmware: 'bios' | 'uefi';
  readonly accelerator: Accelerator;
  readonly memoryMib: number;
  readonly cpus: number;
  /** A private folder. */
  readonly folder: string;
  /** Milliseconds, before scaling; default five minutes. */
  readonly stallMs?: number;
}

/**
 * Runs an installer without a person until it powers the machine off. The machine has no network; a reset ends it too,
 * so that the end is the end.
 *
 * @returns when each phase began
 * @throws UserError `installer-question`, `installer-failed`, `installer-panic`, `installer-stalled`,
 *   `installer-incomplete`, each with the phase and the last lines of the console
 */
export async function runInstaller(run: InstallerRun, ports: RunPorts): Promise<readonly InstallerEvent[]> {
  const { installer, accelerator } = run;
  const watch = new InstallerWatch(
    installer,
    () => ports.clock.monotonic(),
    (phase) => ports.log.info(`${installer.name}: ${phase}`),
  );
  const over = new AbortController();
  const stall = (run.stallMs ?? STALL_MS) * accelerator.timeoutScale;
  const started = ports.clock.monotonic();
  const timer = setInterval(() => {
    if (watch.failure) {
      over.abort(watch.failure);
    } else if (watch.silence > stall) {
      over.abort(
        watch.error(
          'installer-stalled',
          `the console was silent for ${Math.round(stall / 1000)} s`,
          'See the last lines of the console; a machine that is only slow needs KVM.',
        ),
      );
    } else if (ports.clock.monotonic() - started > TOTAL_MS * accelerator.timeoutScale) {
      over.abort(watch.error('installer-stalled', 'it did not come to an end', 'See the console.'));
    }
    ports.log.progress({
      label: `${installer.name}, ${watch.phase}`,
      done: Math.floor((ports.clock.monotonic() - started) / 1000),
      unit: 'seconds',
    });
  }, LOOK_EVERY_MS);
  const decoder = new StringDecoder('utf8');
  try {
    await ports.exec({
      command: 'setpriv',
      args: ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...(await machineArguments(run))],
      signal: AbortSignal.any([ports.signal, over.signal]),
      onStdout: (chunk) => watch.take(decoder.write(chunk)),
      keepBytes: 64 * 1024,
    });
  } catch (error) {
    ports.signal.throwIfAborted();
    throw over.signal.aborted
      ? over.signal.reason
      : watch.error(
          'installer-failed',
          `QEMU ended: ${describeError(error).message}`,
          'See the messages of QEMU.',
        );
  } finally {
    clearInterval(timer);
  }
  if (watch.failure) {
    throw watch.failure;
  }
  if (!watch.finished) {
    throw watch.error(
      'installer-incomplete',
      'the machine went off before the installation was finished',
      'See the last lines of the console.',
    );
  }
  return watch.events;
}

async function machineArguments(run: InstallerRun): Promise<readonly string[]> {
  const { boot, accelerator } = run;
  const parameters = [...boot.parameters, 'console=ttyS0,115200'].join(' ');
  return [
    ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-name', 'installer'],
    // What runs in there is the vendor's, and still not trusted with this machine.
    ...['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
    ...['-machine', 'q35', ...accelerator.args, '-m', String(run.memoryMib), '-smp', String(run.cpus)],
    ...['-rtc', 'base=utc', '-device', 'virtio-rng-pci'],
    ...['-chardev', 'stdio,id=serial,signal=off', '-serial', 'chardev:serial'],
    ...(run.firmware === 'uefi' ? await uefi(run.folder) : []),
    ...['-kernel', boot.kernel, '-initrd', boot.initrd, '-append', parameters],
    ...drive('target', 'raw', run.disk, 'cache=unsafe,discard=unmap'),
    ...['-device', 'virtio-blk-pci,drive=target'],
    ...drive('medium', 'raw', run.iso, 'readonly=on'),
    ...['-device', 'virtio-scsi-pci,id=scsi0', '-device', 'scsi-cd,bus=scsi0.0,drive=medium'],
    ...(boot.answers
      ? [
          ...drive('answers', 'raw', boot.answers, 'readonly=on'),
          ...['-device', 'virtio-blk-pci,drive=answers'],
        ]
      : []),
  ];
}

function drive(id: string, format: string, file: string, options: string): readonly string[] {
  return ['-drive', `if=none,id=${id},format=${format},${options},file=${doubleCommas(file)}`];
}

async function uefi(folder: string): Promise<readonly string[]> {
  const variables = path.join(folder, 'variables.fd');
  await copyFile('/usr/share/OVMF/OVMF_VARS_4M.fd', variables);
  return [
    ...['-drive', 'if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd'],
    ...['-drive', `if=pflash,unit=1,format=raw,file=${doubleCommas(variables)}`],
  ];
}
