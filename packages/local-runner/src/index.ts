/** What another program needs to run a workflow file; the command line is main.ts. */
export { Cancellation } from './cancellation.ts';
export { type Options, parseOptions } from './cli.ts';
export type { RunReport } from './report.ts';
export { type Machine, runFile } from './run.ts';
