import type { HostTool } from '@golden-image/host';
import type { Measured } from './measure.ts';

/** One way to do the work: this project, or what a user would pick instead. */
export interface Side {
  /** Unique within the benchmark. */
  readonly name: string;
  readonly ours: boolean;
  /** What makes it, as a reader would type it. */
  readonly command: string;
  /** Puts things back to where a run begins; not timed. */
  readonly before?: () => Promise<void>;
  readonly run: () => Promise<Measured>;
}

/** What a run is judged by: a ratio to a peer's median (the least of several), or an absolute limit. */
export interface Goal {
  /** Name of the side that must meet it. */
  readonly side: string;
  readonly quantity: 'wall' | 'memory';
  /** Names of peers; the best of them counts. Empty: `atMost` is seconds or MB. */
  readonly peers: readonly string[];
  readonly atMost: number;
}

/** How cost grows with the size of the work. */
export interface Growth {
  readonly title: string;
  /** What `x` counts, with its unit. */
  readonly unit: string;
  readonly points: readonly (Measured & { readonly x: number })[];
}

/** What a benchmark is given. */
export interface BenchContext {
  /** Private scratch folder, removed at the end. */
  readonly folder: string;
  /** Of the repository. */
  readonly root: string;
  /** Folder of the bundles that are measured. */
  readonly dist: string;
  /** `--set name=value` of the command line, with a default. */
  option(name: string, fallback: string): string;
  log(line: string): void;
}

/** Sides that are ready to run. */
export interface Prepared {
  readonly sides: readonly Side[];
  readonly goals: readonly Goal[];
  /** Measured once, after the rounds. */
  readonly growth?: () => Promise<readonly Growth[]>;
  readonly end?: () => Promise<void>;
}

/** A benchmark: this project and its peers on the same work. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** The work, in a sentence or two; no figures of results. */
  readonly what: string;
  /** The peers, and what the measurement needs. */
  readonly tools: readonly HostTool[];
  /** Timed rounds after a warm-up. */
  readonly rounds: number;
  /** What a missed goal comes from, as was found; no figures of results. */
  readonly remarks?: string;
  prepare(context: BenchContext): Promise<Prepared>;
}
