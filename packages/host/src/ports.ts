import type { Clock } from './clock.ts';
import type { Exec } from './exec.ts';
import type { Log } from './log.ts';
import type { Tools } from './tools.ts';

/** What domain code gets from outside; functions ask for the part they use: `Pick<Ports, 'exec' | 'log'>`. */
export interface Ports {
  readonly exec: Exec;
  readonly clock: Clock;
  readonly log: Log;
  readonly tools: Tools;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when the job is cancelled; long work watches it. */
  readonly signal: AbortSignal;
}
