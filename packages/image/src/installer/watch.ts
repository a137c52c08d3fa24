import { neutralise, UserError } from '@golden-image/host';
import type { Installer } from './installer.ts';

/** How the console is read: an installer's screen is drawn with escape sequences (ECMA-48). */
const ESCAPE_SEQUENCES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[=>78cDMEH])/g;
const PANIC = /Kernel panic - not syncing/;
/** What an error shows of the console. */
const TAIL_LINES = 40;
const MAX_LINE = 4_096;

export interface InstallerEvent {
  readonly phase: string;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** Reads an installer's console: which phase runs, and whether it came to a point where nothing more will happen. */
export class InstallerWatch {
  readonly #installer: Installer;
  readonly #now: () => number;
  readonly #onPhase: (phase: string) => void;
  readonly #started: number;
  readonly #events: InstallerEvent[] = [];
  readonly #tail: string[] = [];
  #open = '';
  #phase = -1;
  #lastOutput: number;
  #failure: UserError | undefined;

  /** @param now milliseconds of a monotonic clock */
  constructor(installer: Installer, now: () => number, onPhase: (phase: string) => void) {
    this.#installer = installer;
    this.#now = now;
    this.#onPhase = onPhase;
    this.#started = now();
    this.#lastOutput = this.#started;
  }

  /** Phases that began so far. */
  get events(): readonly InstallerEvent[] {
    return this.#events;
  }

  /** Why the installation cannot succeed any more. */
  get failure(): UserError | undefined {
    return this.#failure;
  }

  /** Milliseconds without output. */
  get silence(): number {
    return this.#now() - this.#lastOutput;
  }

  /** Whether the last phase was reached. */
  get finished(): boolean {
    return this.#phase === this.#installer.phases.length - 1;
  }

  get phase(): string {
    return this.#installer.phases[this.#phase]?.name ?? 'starting';
  }

  /** Takes what the console printed. */
  take(text: string): void {
    this.#lastOutput = this.#now();
    const lines = (this.#open + text).split(/\r\n|\n|\r/);
    // A question ends without a line feed: the open line counts too.
    this.#open = (lines.at(-1) ?? '').slice(-MAX_LINE);
    for (const [index, line] of lines.entries()) {
      const plain = line.slice(0, MAX_LINE).replace(ESCAPE_SEQUENCES, '');
      this.#judge(plain.trim());
      if (index < lines.length - 1 && plain.trim() !== '') {
        this.#tail.push(neutralise(plain));
        this.#tail.splice(0, this.#tail.length - TAIL_LINES);
      }
    }
  }

  /** An error about this installation, with its phase and the last lines of the console. */
  error(code: string, what: string, fix: string): UserError {
    return new UserError(
      `${this.#installer.name} did not install the image: in the phase "${this.phase}", ${what}`,
      {
        code,
        fix,
        detail: [...this.#tail, neutralise(this.#open.replace(ESCAPE_SEQUENCES, ''))].join('\n'),
      },
    );
  }

  #judge(line: string): void {
    const { phases, question, failure } = this.#installer;
    const phase = phases.findLastIndex(({ sign }) => sign.test(line));
    if (phase > this.#phase) {
      this.#phase = phase;
      this.#events.push({ phase: this.phase, seconds: (this.#now() - this.#started) / 1000 });
      this.#onPhase(this.phase);
    }
    if (this.#failure) {
      return;
    }
    if (PANIC.test(line)) {
      this.#failure = this.error(
        'installer-panic',
        'the kernel panicked',
        'Is the medium for this architecture? See the console log.',
      );
    } else if (question.test(line)) {
      this.#failure = this.error(
        'installer-question',
        `it asks a question that no answer was given for: ${neutralise(line.slice(0, 200))}`,
        'A newer release may ask what older ones did not: report it with the console log.',
      );
    } else if (failure.test(line)) {
      this.#failure = this.error(
        'installer-failed',
        neutralise(line.slice(0, 200)),
        'See the console log; a package that is not on the medium is a frequent cause.',
      );
    }
  }
}
