import { createWriteStream, type WriteStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { type Clock, neutralise } from '@golden-image/host';
import { type ConsoleFinding, consoleFinding } from './console-findings.ts';

/** A guest that floods its console must not fill the runner's disk: what goes beyond is counted, not kept. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const MAX_LINE = 4_096;
const TAIL_LINES = 200;
const MAX_FINDINGS = 50;

/**
 * Records a serial console: each line with the seconds since the start, neutralised (the file may be printed by a
 * later step of the job), watched for signs of trouble.
 */
export class ConsoleRecorder {
  readonly #clock: Clock;
  readonly #file: WriteStream;
  readonly #started: number;
  readonly #decoder = new StringDecoder('utf8');
  readonly #tail: string[] = [];
  readonly #watchers = new Set<(text: string) => void>();
  readonly #findings: ConsoleFinding[] = [];
  #line = '';
  #written = 0;
  #dropped = 0;
  #bytes = 0;

  constructor(options: { readonly clock: Clock; readonly file: string }) {
    this.#clock = options.clock;
    this.#started = options.clock.monotonic();
    this.#file = createWriteStream(options.file, { mode: 0o644 });
    this.#file.on('error', () => {});
  }

  /** All that was received, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Signs of trouble so far: panic, oops, out of memory, failed mounts. */
  get findings(): readonly ConsoleFinding[] {
    return this.#findings;
  }

  take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const lines = (this.#line + this.#decoder.write(chunk)).split('\n');
    this.#line = (lines.pop() ?? '').slice(-MAX_LINE);
    for (const line of lines) {
      this.#complete(line.slice(0, MAX_LINE));
    }
    if (this.#line !== '') {
      this.#notify(this.#line);
    }
  }

  /** Calls `watcher` with each complete line, and with an incomplete last one (a prompt) as it grows. */
  watch(watcher: (text: string) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** The last `count` lines with their times, neutralised. */
  tail(count: number): string {
    const open = this.#line === '' ? [] : [this.#stamped(this.#line)];
    return [...this.#tail, ...open].slice(-count).join('\n');
  }

  /** Ends the file. */
  async close(): Promise<void> {
    if (this.#line !== '') {
      this.#complete(this.#line);
      this.#line = '';
    }
    if (this.#dropped > 0) {
      this.#file.write(`… ${this.#dropped} more lines were not kept\n`);
    }
    await new Promise<void>((resolve) => {
      this.#file.once('close', resolve);
      this.#file.once('error', () => resolve());
      this.#file.end();
    });
  }

  #complete(line: string): void {
    const text = line.replace(/\r$/, '');
    const stamped = this.#stamped(text);
    this.#tail.push(stamped);
    if (this.#tail.length > TAIL_LINES) {
      this.#tail.shift();
    }
    if (this.#written < MAX_FILE_BYTES) {
      this.#written += stamped.length + 1;
      this.#file.write(`${stamped}\n`);
    } else {
      this.#dropped += 1;
    }
    const finding = consoleFinding(neutralise(text));
    if (finding && this.#findings.length < MAX_FINDINGS) {
      this.#findings.push(finding);
    }
    this.#notify(text);
  }

  #notify(text: string): void {
    for (const watcher of [...this.#watchers]) {
      watcher(text);
    }
  }

  #stamped(line: string): string {
    const time = ((this.#clock.monotonic() - this.#started) / 1000).toFixed(3);
    return `[${time.padStart(9)}] ${neutralise(line).replaceAll('\n', ' ')}`;
  }
}
