import { randomBytes } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports } from '@golden-image/host';
import {
  createSharedMemory,
  createSshKey,
  freeze,
  type Machine,
  type SeedUser,
  type SharedMemory,
  type Snapshot,
  type SshKey,
  type StageTime,
  waitForBoot,
  withFork,
  withMachine,
} from '@golden-image/vm';
import { type Guest, type GuestPorts, logIn } from './guest.ts';
import { type MachineRecord, MachineRecords, type Recording } from './machine-records.ts';
import { newMachine } from './new-machine.ts';
import type { Launch } from './observations.ts';
import { Slots } from './slots.ts';
import type { Hardware, TestbedSettings } from './testbed-settings.ts';

/** A guest that came up by itself. */
export interface BootedGuest {
  readonly guest: Guest;
  readonly launch: Launch;
  readonly banner: string;
  readonly stages: readonly StageTime[];
}

/** Tells that something is over in the life of a machine, now or at a time in seconds since it was started. */
export type Passed = Recording['passed'];

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
  readonly #records: MachineRecords;
  readonly #stop = new AbortController();
  readonly #memories: SharedMemory[] = [];

  private constructor(
    ports: GuestPorts,
    settings: TestbedSettings,
    keys: { readonly admin: SshKey; readonly user: SshKey; readonly stranger: SshKey },
  ) {
    this.settings = settings;
    this.#slots = new Slots(settings.parallel);
    this.#records = new MachineRecords(ports.clock, settings.consoles);
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
    return this.#records.all;
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
    return this.#slots.run(() =>
      this.#records.record({ name, kind }, async (recording) => {
        const ports = this.#portsOf(name);
        const { spec, launch } = await this.#newMachine(name, hardware);
        const made = { spec, consoleFile: this.#records.consoleFile(name) };
        return this.#run(name, made, recording, async (machine) => {
          const up = await waitForBoot(ports, machine, this.settings.timeoutScale);
          for (const { stage, seconds } of up.stages) {
            recording.passed(stage, seconds);
          }
          const started = ports.clock.monotonic();
          const guest = await this.logIn(name, machine);
          const login = (ports.clock.monotonic() - started) / 1000;
          recording.passed('first login', (up.stages.at(-1)?.seconds ?? 0) + login);
          return body({ guest, launch, banner: up.banner, stages: [...recording.stages] });
        });
      }),
    );
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
    body: (guest: Guest, passed: Passed) => Promise<T>,
    forkable = false,
  ): Promise<T> {
    if (!snapshot) {
      const hardware = { extraNics: 0, volumes: 0, forkable };
      return this.boot(name, hardware, ({ guest }) => body(guest, () => {}), 'cold');
    }
    return this.#slots.run(() =>
      this.#records.record({ name, kind: 'fork' }, async (recording) => {
        const folder = await this.#folderOf(name);
        const memory = forkable ? await this.#copyMemory(snapshot) : undefined;
        const files = { folder, console: this.#records.consoleFile(name), ...(memory ? { memory } : {}) };
        return withFork(this.#portsOf(name), snapshot, files, (machine) => {
          recording.watch(machine);
          recording.passed('forked');
          return this.#records.picture(name, machine, async () => {
            const guest = await this.logIn(name, machine);
            recording.passed('login');
            return body(guest, recording.passed);
          });
        });
      }),
    );
  }

  /** Forks `snapshot` and ends the fork as soon as it runs. */
  async forkOnly(name: string, snapshot: Snapshot): Promise<void> {
    const files = { folder: await this.#folderOf(name), console: this.#records.consoleFile(name) };
    await withFork(this.#portsOf(name), snapshot, files, async () => {});
  }

  /** Starts the machine of a guest that powered off again, from its disk, in the guest's own slot. */
  startAgain<T>(
    name: string,
    stopped: Machine,
    body: (machine: Machine, passed: Passed) => Promise<T>,
  ): Promise<T> {
    const { memory: _gone, incoming: _past, ...spec } = stopped.spec;
    const made = { spec, consoleFile: this.#records.consoleFile(name) };
    return this.#records.record({ name, kind: 'boot' }, (recording) =>
      this.#run(name, made, recording, (machine) => body(machine, recording.passed)),
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

  #run<T>(
    name: string,
    { spec, consoleFile }: { readonly spec: Machine['spec']; readonly consoleFile: string },
    recording: Recording,
    body: (machine: Machine) => Promise<T>,
  ): Promise<T> {
    return withMachine(this.#portsOf(name), spec, consoleFile, (machine) => {
      recording.watch(machine);
      return this.#records.picture(name, machine, () => body(machine));
    });
  }

  async #newMachine(name: string, hardware: Hardware): ReturnType<typeof newMachine> {
    this.#ports.signal.throwIfAborted();
    const folder = await this.#folderOf(name);
    const users: readonly SeedUser[] = [
      { name: this.settings.sshUser, publicKey: this.#adminKey.publicKey, administrator: true },
      { name: this.user, publicKey: this.userKey.publicKey, administrator: false },
    ];
    const memory = hardware.forkable ? await this.#sharedMemory() : undefined;
    const made = { hardware, folder, users, canary: this.canary, memory };
    const machine = await newMachine(this.#portsOf(name), this.settings, made);
    this.#knownAs.set(machine.spec.mac, name);
    return machine;
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
}

export type ObservePorts = GuestPorts & Pick<Ports, 'fetch'>;
