import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports, UserError } from '@golden-image/host';
import {
  type Accelerator,
  createOverlay,
  createSshKey,
  type DiskBus,
  type DiskFormat,
  type FirmwareName,
  type Machine,
  NODE,
  waitForBoot,
  withMachine,
  writeSeed,
} from '@golden-image/vm';
import type { Need } from './case.ts';
import { hotPlug } from './exercises.ts';
import type { Expectations } from './expectations.ts';
import { collectFacts, firstLogin, type GuestAccess, pingControl, pingGuest, tryLogins } from './guest.ts';
import { checkMirrors } from './mirrors.ts';
import type { Observations } from './observations.ts';
import { probes, SOFTWARE_UPDATE } from './probes.ts';
import { comeBack, powerOff, rebootGuest, restart } from './restarts.ts';

const GIB = 2 ** 30;

/** What is booted, and how. */
export interface BootRequest {
  readonly disk: string;
  readonly format: DiskFormat;
  /** As the guest of the unchanged image would see it, in bytes. */
  readonly virtualSize: number;
  readonly accelerator: Accelerator;
  readonly firmware: FirmwareName;
  readonly bus: DiskBus;
  readonly memoryMib: number;
  readonly cpus: number;
  readonly sshUser: string;
  /** Multiplies every time limit, on top of the accelerator's. */
  readonly timeoutScale: number;
  readonly expectations: Expectations;
  /** What the selected cases need beside facts. */
  readonly needs: ReadonlySet<Need>;
}

/** Files of one boot in the work folder. */
export interface BootFiles {
  /** Private, gone after the run. */
  readonly folder: string;
  readonly console: string;
  /** The console of the start after a stop. */
  readonly secondConsole: string;
  /** PNG of the screen at the end. */
  readonly screenshot: string;
}

type ObservePorts = Pick<Ports, 'exec' | 'clock' | 'log' | 'signal' | 'fetch'>;

/**
 * Boots the image on an overlay, with a seed, and observes it from outside and inside.
 *
 * @throws UserError `boot-failed`, `collector-cut-short`, `qemu-failed`; ToolError of ssh
 */
export async function observe(
  ports: ObservePorts,
  request: BootRequest,
  files: BootFiles,
): Promise<Observations> {
  const { folder } = files;
  const scale = request.accelerator.timeoutScale * request.timeoutScale;
  const mac = `52:54:00:${randomBytes(3).toString('hex').match(/../g)?.join(':')}`;
  const diskBytes = request.virtualSize + request.expectations.disk['grow-gib'] * GIB;
  const user = `user-${randomBytes(3).toString('hex')}`;
  const [adminKey, userKey, strangerKey] = await Promise.all([
    createSshKey(ports, folder, 'administrator'),
    createSshKey(ports, folder, 'user'),
    createSshKey(ports, folder, 'stranger'),
  ]);
  const seed = {
    instanceId: `fvt-${randomUUID()}`,
    hostname: 'fvt-guest',
    users: [
      { name: request.sshUser, publicKey: adminKey.publicKey, administrator: true },
      { name: user, publicKey: userKey.publicKey, administrator: false },
    ],
    macs: [mac],
  };
  const overlay = path.join(folder, 'overlay.qcow2');
  const seedFile = path.join(folder, 'seed.iso');
  await createOverlay(ports, { disk: request.disk, format: request.format, overlay, size: diskBytes });
  await writeSeed(ports, { seed, file: seedFile, workFolder: folder });
  const uefiVariables = path.join(folder, 'uefi-variables.fd');
  if (request.firmware === 'uefi') {
    await copyFile('/usr/share/OVMF/OVMF_VARS_4M.fd', uefiVariables);
  }
  const spec = {
    accelerator: request.accelerator,
    firmware: request.firmware,
    uefiVariables,
    memoryMib: request.memoryMib,
    cpus: request.cpus,
    bus: request.bus,
    disk: { file: overlay, format: 'qcow2', serial: 'boot' },
    volumes: [{ file: seedFile, format: 'raw', serial: 'seed', readOnly: true }],
    mac,
    extraNics: [],
  } as const;

  const mirrors = checkMirrors(ports, request.expectations.repositories.allowed);
  const target = {
    user: request.sshUser,
    keyFile: adminKey.file,
    knownHosts: path.join(folder, 'known_hosts'),
  };
  let stopped: string | undefined;
  const first = await withMachine(ports, spec, files.console, async (machine): Promise<Observations> => {
    try {
      const { banner, stages } = await waitForBoot(ports, machine, scale);
      const access: GuestAccess = {
        machine,
        target: { ...target, port: machine.sshPort },
        timeoutScale: scale,
      };
      const started = ports.clock.monotonic();
      const seconds = (): number => stageEnd(stages) + (ports.clock.monotonic() - started) / 1000;
      const administrator = await firstLogin(ports, access);
      const loggedIn = { stage: 'first login', seconds: seconds() };
      const guest = await collectFacts(ports, access, probes(request.expectations));
      const collected = { stage: 'facts', seconds: seconds() };
      ports.log.progress({ label: 'logins and pings', done: 0 });
      const ping = await pingGuest(ports, access);
      const logins = await tryLogins(ports, access, { folder, user, userKey, strangerKey });
      const control = await pingControl(ports, access);
      const reachable = (await mirrors).some((mirror) => mirror.reachable);
      const update = reachable ? await collectFacts(ports, access, [SOFTWARE_UPDATE]) : {};
      const devices = request.needs.has('hot-plug') ? { hotPlug: await hotPlug(ports, access, folder) } : {};
      const rebooted = request.needs.has('restart') ? { reboot: await rebootGuest(ports, access) } : {};
      // A guest that did not come back cannot be asked to stop: that case is then in error, not failed.
      if (rebooted.reboot?.problem === undefined && request.needs.has('restart')) {
        stopped = await powerOff(ports, machine, scale).then(
          () => undefined,
          (error: unknown) => describeError(error).message,
        );
        ports.signal.throwIfAborted();
      }
      return {
        launch: {
          accelerator: request.accelerator.name,
          firmware: request.firmware,
          diskBytes,
          nics: [{ mac }],
          instanceId: seed.instanceId,
          hostname: seed.hostname,
          seedUsers: seed.users.map((entry) => entry.name),
          target: { ip: NODE.ip, name: NODE.name },
        },
        banner,
        stages: [...stages, loggedIn, collected, { stage: 'observed', seconds: seconds() }],
        ping,
        pingControl: control,
        logins: { 'administrator-key': administrator, ...logins },
        network: { ...machine.network.node.statistics, blocked: machine.network.blocked },
        mirrors: await mirrors,
        consoleFindings: machine.console.findings,
        guest: { ...guest, ...update },
        ...devices,
        ...rebooted,
      };
    } finally {
      await screenshot(machine, files.screenshot);
    }
  });
  if (!first.reboot || first.reboot.problem !== undefined) {
    return first;
  }
  const stopStart = await restart(ports, async (witness) => {
    if (stopped !== undefined) {
      throw new UserError(stopped, { code: 'no-power-off' });
    }
    witness();
    return withMachine(ports, spec, files.secondConsole, (machine) =>
      comeBack(ports, { machine, target: { ...target, port: machine.sshPort }, timeoutScale: scale }),
    );
  });
  return { ...first, stopStart };
}

/** The screen as it is now; a machine that is gone has none. */
async function screenshot(machine: Machine, file: string): Promise<void> {
  if (!machine.ended.aborted) {
    await machine.qmp.execute('screendump', { filename: file, format: 'png' }).catch(() => {});
  }
}

function stageEnd(stages: readonly { readonly seconds: number }[]): number {
  return stages.at(-1)?.seconds ?? 0;
}
