import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports } from '@golden-image/host';
import {
  type Accelerator,
  type ConsoleFinding,
  createOverlay,
  createSharedMemory,
  createSshKey,
  type DiskBus,
  type DiskFormat,
  type FirmwareName,
  freeze,
  type Machine,
  type MachineDisk,
  type MachineSpec,
  NODE,
  type SharedMemory,
  type Snapshot,
  type SshKey,
  type StageTime,
  waitForBoot,
  withFork,
  withMachine,
  writeSeed,
} from '@golden-image/vm';
import { type Guest, type GuestPorts, logIn } from './guest.ts';
import type { Launch } from './observations.ts';
import { Slots } from './slots.ts';

/** What is booted, and how. */
export interface TestbedSettings {
  readonly disk: string;
  readonly format: DiskFormat;
  /** Size of the disk given to the guests, in bytes. */
  readonly diskBytes: number;
  readonly accelerator: Accelerator;
  readonly firmware: FirmwareName;
  readonly bus: DiskBus;
  readonly memoryMib: number;
  readonly cpus: number;
  readonly sshUser: string;
  /** Multiplies every time limit: the accelerator's factor and the user's. */
  readonly timeoutScale: number;
  /** Machines that run at once. */
  readonly parallel: number;
  /** Private; gone after the run. */
  readonly folder: string;
  /** Where consoles and screenshots go, `<machine>.log` and `<machine>.png`. */
  readonly consoles: string;
}

/** Hardware beyond the first NIC and the boot disk. */
export interface Hardware {
  readonly extraNics: number;
  /** Empty volumes of 64 MiB, with the serials `volume1`, `volume2`… */
  readonly volumes: number;
  /** Whether the guest may be forked. */
  readonly forkable: boolean;
}

/** A guest that came up by itself. */
export interface BootedGuest {
  readonly guest: Guest;
  readonly launch: Launch;
  readonly banner: string;
  readonly stages: readonly StageTime[];
}

/** What remains of each machine that ran. */
export interface MachineRecord {
  readonly name: string;
  /** `cold`: booted because the running machine could not be forked. */
  readonly kind: 'boot' | 'fork' | 'cold';
  readonly stages: readonly StageTime[];
  readonly findings: readonly ConsoleFinding[];
  /** How long it was there. */
  readonly seconds: number;
  /** Why it came to a bad end, if it did. */
  readonly problem: string | undefined;
  readonly consoleTail: string;
}

export const VOLUME_BYTES = 64 * 2 ** 20;
const TAIL_LINES = 40;

/** Makes the machines of a run: keys, seeds, overlays, memory that can be forked; keeps what their consoles said. */
export class Testbed {
  readonly userKey: SshKey;
  readonly strangerKey: SshKey;
  /** The ordinary user of every seed. */
  readonly user: string;
  /** A word that stands in the user data of every seed and nowhere else. */
  readonly canary = `fvt-canary-${randomBytes(8).toString('hex')}`;
  readonly settings: TestbedSettings;
  readonly #ports: GuestPorts;
  readonly #adminKey: SshKey;
  readonly #slots: Slots;
  readonly #records: MachineRecord[] = [];
  readonly #stop = new AbortController();
  readonly #memories: SharedMemory[] = [];

  private constructor(
    ports: GuestPorts,
    settings: TestbedSettings,
    keys: { readonly admin: SshKey; readonly user: SshKey; readonly stranger: SshKey },
  ) {
    this.settings = settings;
    this.#slots = new Slots(settings.parallel);
    this.#ports = { ...ports, signal: AbortSignal.any([ports.signal, this.#stop.signal]) };
    this.#adminKey = keys.admin;
    this.userKey = keys.user;
    this.strangerKey = keys.stranger;
    this.user = `user-${randomBytes(3).toString('hex')}`;
  }

  /** Runs `body` with a testbed; what it made is gone when that ends. */
  static async use<T>(
    ports: GuestPorts,
    settings: TestbedSettings,
    body: (testbed: Testbed) => Promise<T>,
  ): Promise<T> {
    await mkdir(settings.folder, { recursive: true, mode: 0o700 });
    await mkdir(settings.consoles, { recursive: true });
    const [admin, user, stranger] = await Promise.all([
      createSshKey(ports, settings.folder, 'administrator'),
      createSshKey(ports, settings.folder, 'user'),
      createSshKey(ports, settings.folder, 'stranger'),
    ]);
    const testbed = new Testbed(ports, settings, { admin, user, stranger });
    try {
      return await body(testbed);
    } finally {
      testbed.stop(new Error('the run is over'));
      await Promise.all(testbed.#memories.map((memory) => memory.close()));
    }
  }

  /** Every machine that ran so far, in the order in which they ended. */
  get records(): readonly MachineRecord[] {
    return this.#records;
  }

  /** Ends every machine that runs, and lets none begin. */
  stop(reason: Error): void {
    this.#stop.abort(reason);
  }

  /**
   * Boots the unchanged image with a seed of its own, and waits for a login.
   *
   * @throws UserError `boot-failed`, `kernel-panic`, `qemu-failed`; what `body` throws
   */
  boot<T>(
    name: string,
    hardware: Hardware,
    body: (booted: BootedGuest) => Promise<T>,
    kind: 'boot' | 'cold' = 'boot',
  ): Promise<T> {
    return this.#slots.run(async () => {
      const ports = this.#portsOf(name);
      const folder = await this.#folderOf(name);
      const { spec, launch } = await this.#prepare(ports, folder, hardware);
      const stages: StageTime[] = [];
      return this.#recorded({ name, kind, stages }, (watch) =>
        withMachine(ports, spec, this.#consoleFile(name), (machine) => {
          watch(machine);
          return this.#pictured(name, machine, async () => {
            const up = await waitForBoot(ports, machine, this.settings.timeoutScale);
            stages.push(...up.stages);
            const started = ports.clock.monotonic();
            const guest = await this.logIn(name, machine);
            const seconds = (stages.at(-1)?.seconds ?? 0) + (ports.clock.monotonic() - started) / 1000;
            stages.push({ stage: 'first login', seconds });
            return body({ guest, launch, banner: up.banner, stages: [...stages] });
          });
        }),
      );
    });
  }

  /**
   * Freezes a guest; undefined, with the reason logged, where that cannot be.
   * The guest does not go on, and its machine may end.
   */
  async freeze(guest: Guest): Promise<Snapshot | undefined> {
    try {
      return await freeze(this.#ports, guest.machine);
    } catch (error) {
      this.#ports.signal.throwIfAborted();
      this.#ports.log.warning(
        `${describeError(error).message}. Each destructive case now boots a machine of its own, which takes longer.`,
      );
      return undefined;
    }
  }

  /**
   * Runs `body` with a machine that it may do anything to: a fork of `snapshot`, or a cold boot where there is none.
   *
   * @throws what `body` throws; UserError of a boot or a fork
   */
  branch<T>(
    name: string,
    snapshot: Snapshot | undefined,
    body: (guest: Guest) => Promise<T>,
    forkable = false,
  ): Promise<T> {
    if (!snapshot) {
      return this.boot(name, { extraNics: 0, volumes: 0, forkable }, ({ guest }) => body(guest), 'cold');
    }
    return this.#slots.run(async () => {
      const ports = this.#portsOf(name);
      const folder = await this.#folderOf(name);
      const memory = forkable ? await this.#copyMemory(snapshot) : undefined;
      const files = { folder, console: this.#consoleFile(name), ...(memory ? { memory } : {}) };
      return this.#recorded({ name, kind: 'fork', stages: [] }, (watch) =>
        withFork(ports, snapshot, files, async (machine) => {
          watch(machine);
          return this.#pictured(name, machine, async () => body(await this.logIn(name, machine)));
        }),
      );
    });
  }

  /** Forks `snapshot` and ends the fork as soon as it runs. */
  async forkOnly(name: string, snapshot: Snapshot): Promise<void> {
    const files = { folder: await this.#folderOf(name), console: this.#consoleFile(name) };
    await withFork(this.#portsOf(name), snapshot, files, async () => {});
  }

  /** Starts the machine of a guest that powered off again, from its disk, in the guest's own slot. */
  startAgain<T>(name: string, stopped: Machine, body: (machine: Machine) => Promise<T>): Promise<T> {
    const { memory: _gone, ...spec } = stopped.spec;
    return this.#recorded({ name, kind: 'boot', stages: [] }, (watch) =>
      withMachine(this.#portsOf(name), spec, this.#consoleFile(name), (machine) => {
        watch(machine);
        return body(machine);
      }),
    );
  }

  /** A root shell in the guest; `name` is the boot that made its host keys. */
  logIn(name: string, machine: Machine): Promise<Guest> {
    return logIn(this.#portsOf(name), {
      machine,
      target: {
        port: machine.sshPort,
        user: this.settings.sshUser,
        keyFile: this.#adminKey.file,
        knownHosts: path.join(
          this.settings.folder,
          `known_hosts-${this.#knownAs.get(machine.spec.mac) ?? name}`,
        ),
      },
      timeoutScale: this.settings.timeoutScale,
    });
  }

  /** Ports of one machine: they end with the run. */
  portsOf(name: string): GuestPorts {
    return this.#portsOf(name);
  }

  /** Which boot made the host keys of the guest with a MAC. */
  readonly #knownAs = new Map<string, string>();

  #portsOf(name: string): GuestPorts {
    const { log } = this.#ports;
    return {
      ...this.#ports,
      log: { ...log, progress: (step) => log.progress({ ...step, label: `${name}: ${step.label}` }) },
    };
  }

  async #folderOf(name: string): Promise<string> {
    const folder = path.join(this.settings.folder, name);
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }

  #consoleFile(name: string): string {
    return path.join(this.settings.consoles, `${name}.log`);
  }

  async #prepare(
    ports: GuestPorts,
    folder: string,
    hardware: Hardware,
  ): Promise<{ readonly spec: MachineSpec; readonly launch: Launch }> {
    const { settings } = this;
    const base = randomBytes(3).toString('hex').match(/../g)?.join(':') ?? '';
    const macs = Array.from({ length: 1 + hardware.extraNics }, (_, nic) => `52:54:0${nic}:${base}`);
    const [mac = '', ...others] = macs;
    this.#knownAs.set(mac, path.basename(folder));
    const seed = {
      instanceId: `fvt-${randomUUID()}`,
      hostname: 'fvt-guest',
      users: [
        { name: settings.sshUser, publicKey: this.#adminKey.publicKey, administrator: true },
        { name: this.user, publicKey: this.userKey.publicKey, administrator: false },
      ],
      macs,
      comment: this.canary,
    };
    const overlay = path.join(folder, 'overlay.qcow2');
    const seedFile = path.join(folder, 'seed.iso');
    const { disk, format, diskBytes } = settings;
    await createOverlay(ports, { disk, format, overlay, size: diskBytes });
    await writeSeed(ports, { seed, file: seedFile, workFolder: folder });
    const volumes: MachineDisk[] = [];
    for (let number = 1; number <= hardware.volumes; number += 1) {
      const file = path.join(folder, `volume${number}.qcow2`);
      const args = ['create', '-q', '-f', 'qcow2', file, String(VOLUME_BYTES)];
      await ports.exec({ command: 'qemu-img', args, timeoutMs: 60_000 });
      volumes.push({ file, format: 'qcow2', serial: `volume${number}` });
    }
    const uefiVariables = path.join(folder, 'uefi-variables.fd');
    if (settings.firmware === 'uefi') {
      await copyFile('/usr/share/OVMF/OVMF_VARS_4M.fd', uefiVariables);
    }
    const memory = hardware.forkable ? await this.#sharedMemory() : undefined;
    return {
      spec: {
        accelerator: settings.accelerator,
        firmware: settings.firmware,
        ...(settings.firmware === 'uefi' ? { uefiVariables } : {}),
        memoryMib: settings.memoryMib,
        ...(memory ? { memory: { file: memory.file, mode: 'template' } } : {}),
        cpus: settings.cpus,
        bus: settings.bus,
        disk: { file: overlay, format: 'qcow2', serial: 'boot' },
        volumes: [{ file: seedFile, format: 'raw', serial: 'seed', readOnly: true }, ...volumes],
        mac,
        extraNics: others.map((other) => ({ mac: other })),
      },
      launch: {
        accelerator: settings.accelerator.name,
        firmware: settings.firmware,
        diskBytes,
        nics: macs.map((entry) => ({ mac: entry })),
        instanceId: seed.instanceId,
        hostname: seed.hostname,
        seedUsers: seed.users.map((entry) => entry.name),
        target: { ip: NODE.ip, name: NODE.name },
      },
    };
  }

  async #sharedMemory(): Promise<SharedMemory> {
    const memory = await createSharedMemory(this.settings.memoryMib, this.settings.folder);
    this.#memories.push(memory);
    return memory;
  }

  async #copyMemory(snapshot: Snapshot): Promise<string> {
    const memory = await this.#sharedMemory();
    await copyFile(snapshot.spec.memory?.file ?? '', memory.file);
    return memory.file;
  }

  /** A picture of the screen at the end of `body`; a machine that is gone has none. */
  async #pictured<T>(name: string, machine: Machine, body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } finally {
      if (!machine.ended.aborted) {
        const filename = path.join(this.settings.consoles, `${name}.png`);
        await machine.qmp.execute('screendump', { filename, format: 'png' }).catch(() => {});
      }
    }
  }

  /** Keeps what the console said, however the machine ends. */
  async #recorded<T>(
    about: Pick<MachineRecord, 'name' | 'kind' | 'stages'>,
    body: (watch: (machine: Machine) => void) => Promise<T>,
  ): Promise<T> {
    const { clock, signal } = this.#ports;
    signal.throwIfAborted();
    const started = clock.monotonic();
    let machine: Machine | undefined;
    let problem: string | undefined;
    try {
      return await body((running) => {
        machine = running;
      });
    } catch (error) {
      problem = describeError(error).message;
      throw error;
    } finally {
      this.#records.push({
        ...about,
        findings: machine?.console.findings ?? [],
        seconds: (clock.monotonic() - started) / 1000,
        problem,
        consoleTail: machine?.console.tail(TAIL_LINES) ?? '',
      });
    }
  }
}

export type ObservePorts = GuestPorts & Pick<Ports, 'fetch'>;
