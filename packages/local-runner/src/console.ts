import { neutralise } from '@golden-image/host';
import type { Masks } from './masks.ts';

export type Level = 'error' | 'warning' | 'notice';

const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const BLUE = 34;
const COLOUR: Readonly<Record<Level, number>> = { error: RED, warning: YELLOW, notice: BLUE };

/** What people see. Everything passes the masks and cannot command the terminal or an outer runner. */
export class Console {
  readonly #write: (text: string) => void;
  readonly #masks: Masks;
  readonly #colours: boolean;

  constructor(write: (text: string) => void, masks: Masks, colours: boolean) {
    this.#write = write;
    this.#masks = masks;
    this.#colours = colours;
  }

  job(title: string): void {
    this.#line('');
    this.#line(this.#paint(`Job ${title}`, 1));
  }

  step(title: string): void {
    this.#line(`${this.#paint('▶', BLUE)} ${title}`);
  }

  stepEnd(title: string, conclusion: string, seconds: number): void {
    const sign: Readonly<Record<string, string>> = {
      success: this.#paint('✓', GREEN),
      failure: this.#paint('✗', RED),
    };
    const result = conclusion === 'success' ? '' : ` ${conclusion}`;
    this.#line(`${sign[conclusion] ?? '–'} ${title}${result} (${seconds.toFixed(1)} s)`);
  }

  skipped(title: string): void {
    this.#line(`– ${title} (skipped)`);
  }

  group(title: string): void {
    this.#line(`  ${this.#paint('▸', BLUE)} ${title}`);
  }

  /** A line of a step's output. */
  output(line: string, grouped: boolean): void {
    this.#line(`${grouped ? '    ' : '  '}${line}`);
  }

  annotation(level: Level, text: string): void {
    this.#line(`  ${this.#paint(`${level}:`, COLOUR[level])} ${text.replaceAll('\n', '\n    ')}`);
  }

  note(text: string): void {
    this.#line(`  ${text}`);
  }

  /** A line as it is, for the final report. */
  line(text: string): void {
    this.#line(text);
  }

  #line(text: string): void {
    this.#write(`${printable(this.#masks.apply(text))}\n`);
  }

  #paint(text: string, code: number): string {
    return this.#colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

const COLOUR_SEQUENCE = /(\u001b\[[0-9;]*m)/;

/** The text without anything that acts on a terminal but colours, or as a command on a runner that runs us. */
export function printable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const commands = /^\s*::|##\[/.test(line.replace(new RegExp(COLOUR_SEQUENCE, 'g'), ''));
      return line
        .split(COLOUR_SEQUENCE)
        .map((part) => (COLOUR_SEQUENCE.test(part) ? part : tame(part, commands)))
        .join('');
    })
    .join('\n');
}

/** Neutralises control characters, and `::` only where the line would be a command. */
function tame(text: string, commands: boolean): string {
  return commands ? neutralise(text) : neutralise(text).replaceAll(':\u200b', ':');
}
