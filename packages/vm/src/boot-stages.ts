import { type Ports, UserError } from '@golden-image/host';
import type { Machine } from './machine.ts';
import { readSshBanner } from './ssh.ts';

/** The way of a guest to a login, in order. Later ones imply the earlier ones. */
export const BOOT_STAGES = ['firmware', 'kernel', 'login', 'ssh'] as const;
export type BootStage = (typeof BOOT_STAGES)[number];

/** When a stage was passed, in seconds from power-on. */
export interface StageTime {
  readonly stage: string;
  readonly seconds: number;
}

/** Seconds that each stage may take under KVM; the accelerator scales them. */
const LIMITS: Readonly<Record<BootStage, number>> = { firmware: 30, kernel: 30, login: 90, ssh: 60 };

/** What a serial console shows when a stage is over. */
const SIGNS: readonly (readonly [BootStage, RegExp])[] = [
  ['kernel', /Linux version \d|systemd\[1\]: |Welcome to .+!|\[ +\d+\.\d{6}\]/],
  ['login', /^\S+ login: *$/],
];

const BANNER_TIMEOUT_MS = 15_000;
const BANNER_GAP_MS = 500;
const PANIC = 'the kernel panicked';
/** A guest that resets again and again will not come up. */
const MAX_RESETS = 10;
/** Linux pulses the reset line until it works: events so close together are one reset, in milliseconds. */
const RESET_GAP_MS = 200;

/** A guest that came up. */
export interface BootResult {
  readonly stages: readonly StageTime[];
  /** The SSH server's banner. */
  readonly banner: string;
}

/**
 * Waits until the guest's sshd answers, through bounded stages told by its console.
 *
 * @throws UserError `boot-failed`, or `kernel-panic`, naming the stage, with the last console lines
 */
export async function waitForBoot(
  ports: Pick<Ports, 'clock' | 'log' | 'signal'>,
  machine: Machine,
  timeoutScale: number,
): Promise<BootResult> {
  const tracker = new StageTracker(ports.clock.monotonic());
  const over = new AbortController();
  const signal = AbortSignal.any([ports.signal, machine.ended, over.signal]);
  const fail = (reason: string): void => over.abort(bootFailed(reason, tracker.current, machine));
  let resets = 0;
  let lastReset = Number.NEGATIVE_INFINITY;

  const checkPanic = (): void => {
    if (machine.console.findings.some((finding) => finding.kind === 'panic')) {
      fail(PANIC);
    }
  };
  const unwatch = machine.console.watch((text) => {
    tracker.pass('firmware', ports.clock.monotonic());
    const sign = SIGNS.find(([stage, pattern]) => tracker.isOpen(stage) && pattern.test(text));
    if (sign) {
      tracker.pass(sign[0], ports.clock.monotonic());
    }
    checkPanic();
  });
  const unlisten = machine.qmp.onEvent(({ event }) => {
    if (event === 'SHUTDOWN') {
      fail('the guest powered off');
    } else if (event === 'GUEST_PANICKED') {
      fail(PANIC);
    } else if (event === 'RESET') {
      const now = ports.clock.monotonic();
      if (now - lastReset < RESET_GAP_MS) {
        return;
      }
      lastReset = now;
      resets += 1;
      if (resets > MAX_RESETS) {
        fail('the guest resets again and again');
      }
    }
  });
  const timer = setInterval(() => {
    // Also what was printed before this watched.
    checkPanic();
    const stage = tracker.current;
    const limit = LIMITS[stage] * timeoutScale;
    const spent = (ports.clock.monotonic() - tracker.since) / 1000;
    ports.log.progress({
      label: `boot: ${stage} (at most ${limit} s)`,
      done: Math.floor(spent),
      unit: 'seconds',
    });
    if (spent > limit) {
      fail(`the stage did not end within ${limit} s`);
    }
  }, 250);
  try {
    const banner = await pollBanner(ports.clock, machine.sshPort, signal);
    tracker.pass('ssh', ports.clock.monotonic());
    return { stages: tracker.times, banner };
  } catch (error) {
    ports.signal.throwIfAborted();
    if (machine.ended.aborted && !over.signal.aborted) {
      throw bootFailed('the machine ended', tracker.current, machine, machine.ended.reason);
    }
    throw error;
  } finally {
    clearInterval(timer);
    unwatch();
    unlisten();
  }
}

/**
 * slirp takes a connection before the guest can: each attempt then waits for the banner, so a slow guest is
 * answered by the attempt that is open when its sshd comes up.
 */
async function pollBanner(clock: Ports['clock'], port: number, signal: AbortSignal): Promise<string> {
  for (;;) {
    signal.throwIfAborted();
    const banner = await untilAborted(readSshBanner(port, BANNER_TIMEOUT_MS), signal);
    if (banner !== undefined) {
      return banner;
    }
    await clock.sleep(BANNER_GAP_MS, signal);
  }
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** The error of a boot that came to nothing. */
export function bootFailed(reason: string, stage: string, machine: Machine, cause?: unknown): UserError {
  const seen = machine.console.bytes === 0 ? 'The console stayed silent.' : machine.console.tail(40);
  return new UserError(`The guest did not come up: in the stage "${stage}", ${reason}`, {
    code: reason === PANIC ? 'kernel-panic' : 'boot-failed',
    fix: 'See the console log in the reports; raise timeout-scale if the guest is only slow.',
    detail: seen,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Which stages are over and since when the current one runs. */
export class StageTracker {
  readonly #started: number;
  readonly #times: StageTime[] = [];
  #index = 0;
  #since: number;

  /** @param started milliseconds of a monotonic clock */
  constructor(started: number) {
    this.#started = started;
    this.#since = started;
  }

  get current(): BootStage {
    return BOOT_STAGES[Math.min(this.#index, BOOT_STAGES.length - 1)] ?? 'ssh';
  }

  get since(): number {
    return this.#since;
  }

  get times(): readonly StageTime[] {
    return this.#times;
  }

  isOpen(stage: BootStage): boolean {
    return BOOT_STAGES.indexOf(stage) >= this.#index;
  }

  /** `stage` and all before it are over. */
  pass(stage: BootStage, now: number): void {
    if (!this.isOpen(stage)) {
      return;
    }
    const end = BOOT_STAGES.indexOf(stage) + 1;
    this.#index = end;
    this.#since = now;
    this.#times.push({ stage, seconds: (now - this.#started) / 1000 });
  }
}
