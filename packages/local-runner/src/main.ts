/** The command line: `local-runner <workflow.yml> …`. */
import { createExec, describeError, systemClock } from '@golden-image/host';
import { Cancellation } from './cancellation.ts';
import { parseOptions } from './cli.ts';
import { printable } from './console.ts';
import { showHelp } from './help.ts';
import type { Conclusion } from './report.ts';
import { type Machine, runFile } from './run.ts';

const STATUS: Readonly<Record<Conclusion, number>> = { success: 0, skipped: 0, failure: 1, cancelled: 1 };
const FAILED = 1;
const USAGE_STATUS = 2;
const CANCELLED_STATUS = 130;
/** A terminal's Ctrl-C reaches us twice when a parent passes signals on: what comes this soon (ms) is the same one. */
const SAME_SIGNAL_MS = 1_000;

/** The first signal cancels, a later one ends everything at once. */
function cancelOnSignals(cancellation: Cancellation): void {
  let first: number | undefined;
  const onSignal = (): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      process.stderr.write(
        '\nCancelling: the current step is ended, post steps still run. Again: all ends at once.\n',
      );
      cancellation.cancel('user');
    } else if (now - first > SAME_SIGNAL_MS) {
      cancellation.force();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, onSignal);
  }
  // Whoever reads our output may have gone: the run ends in order all the same.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

async function main(): Promise<number> {
  const cancellation = new Cancellation();
  cancelOnSignals(cancellation);
  const machine: Machine = {
    exec: createExec(),
    clock: systemClock,
    cwd: process.cwd(),
    environment: process.env,
    write: (text) => process.stdout.write(text),
    colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    cancellation,
  };
  try {
    const options = parseOptions(process.argv.slice(2));
    if ('help' in options) {
      process.stdout.write(printable(await showHelp(options.help, machine)));
      return 0;
    }
    const conclusion = await runFile(options, machine);
    return cancellation.reason === 'user' ? CANCELLED_STATUS : STATUS[conclusion];
  } catch (error) {
    const { family, message, fix, detail } = describeError(error);
    const shown = [message, fix, family === 'internal' ? detail : undefined].filter(Boolean);
    process.stderr.write(printable(`${shown.join('\n')}\n`));
    return family === 'user' ? USAGE_STATUS : FAILED;
  }
}

process.exitCode = await main();
