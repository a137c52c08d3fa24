import path from 'node:path';
import { describeError, type Ports } from '@golden-image/host';
import type { ConsoleFinding, Machine, StageTime } from '@golden-image/vm';

/** What remains of each machine that ran. */
export interface MachineRecord {
  readonly name: string;
  /** `cold`: booted because the running machine could not be forked. */
  readonly kind: 'boot' | 'fork' | 'cold';
  /** Since it was started; of forks and restarts too. */
  readonly stages: readonly StageTime[];
  readonly findings: readonly ConsoleFinding[];
  /** When it began, in seconds from the first machine of the run. */
  readonly from: number;
  /** How long it was there. */
  readonly seconds: number;
  /** Why it came to a bad end, if it did. */
  readonly problem: string | undefined;
  readonly consoleTail: string;
}

/** What a machine's user does with its record while it runs. */
export interface Recording {
  /** From now on this machine's console is what is kept. */
  watch(machine: Machine): void;
  /** Something is over: its name, and when, in seconds since the machine was started. */
  passed(stage: string, seconds?: number): void;
  /** What passed so far. */
  readonly stages: readonly StageTime[];
}

const TAIL_LINES = 40;

/** Keeps what each machine of a run left, however it ended. */
export class MachineRecords {
  readonly #clock: Ports['clock'];
  readonly #consoles: string;
  readonly #all: MachineRecord[] = [];
  #first: number | undefined;

  /** @param consoles folder of console logs and pictures */
  constructor(clock: Ports['clock'], consoles: string) {
    this.#clock = clock;
    this.#consoles = consoles;
  }

  /** Every machine that ran so far, in the order in which they ended. */
  get all(): readonly MachineRecord[] {
    return this.#all;
  }

  consoleFile(name: string): string {
    return path.join(this.#consoles, `${name}.log`);
  }

  /** Runs `body`, which starts a machine and tells what happens to it. */
  async record<T>(
    about: Pick<MachineRecord, 'name' | 'kind'>,
    body: (recording: Recording) => Promise<T>,
  ): Promise<T> {
    const started = this.#clock.monotonic();
    this.#first ??= started;
    const since = (): number => (this.#clock.monotonic() - started) / 1000;
    const stages: StageTime[] = [];
    let machine: Machine | undefined;
    let problem: string | undefined;
    try {
      return await body({
        watch: (running) => {
          machine = running;
        },
        passed: (stage, seconds = since()) => stages.push({ stage, seconds }),
        stages,
      });
    } catch (error) {
      problem = describeError(error).message;
      throw error;
    } finally {
      this.#all.push({
        ...about,
        ...{ stages, from: (started - this.#first) / 1000, seconds: since(), problem },
        findings: machine?.console.findings ?? [],
        consoleTail: machine?.console.tail(TAIL_LINES) ?? '',
      });
    }
  }

  /** A picture of the screen at the end of `body`; a machine that is gone has none. */
  async picture<T>(name: string, machine: Machine, body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } finally {
      if (!machine.ended.aborted) {
        const filename = path.join(this.#consoles, `${name}.png`);
        await machine.qmp.execute('screendump', { filename, format: 'png' }).catch(() => {});
      }
    }
  }
}
