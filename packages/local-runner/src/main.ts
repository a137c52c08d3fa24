/** The command line: `local-runner <workflow.yml> …`. */
import { createExec, describeError, systemClock } from '@golden-image/host';
import { Cancellation } from './cancellation.ts';
import { parseOptions, USAGE } from './cli.ts';
import { printable } from './console.ts';
import type { Conclusion } from './report.ts';
import { runFile } from './run.ts';

const STATUS: Readonly<Record<Conclusion, number>> = { success: 0, skipped: 0, failure: 1, cancelled: 1 };
const USAGE_STATUS = 2;
const CANCELLED_STATUS = 130;

async function main(): Promise<number> {
  const cancellation = new Cancellation();
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals === 1) {
      process.stderr.write(
        '\nCancelling: the current step is ended, post steps still run. Again: end at once.\n',
      );
      cancellation.cancel('user');
    } else {
      cancellation.force();
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options === 'help') {
      process.stdout.write(USAGE);
      return 0;
    }
    const conclusion = await runFile(options, {
      exec: createExec(),
      clock: systemClock,
      cwd: process.cwd(),
      environment: process.env,
      write: (text) => process.stdout.write(text),
      colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
      cancellation,
    });
    return cancellation.reason === 'user' ? CANCELLED_STATUS : STATUS[conclusion];
  } catch (error) {
    const { family, message, fix, detail } = describeError(error);
    process.stderr.write(printable(`${[message, fix].filter(Boolean).join('\n')}\n`));
    if (family === 'internal' && detail) {
      process.stderr.write(printable(`${detail}\n`));
    }
    return family === 'user' ? USAGE_STATUS : 1;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

process.exitCode = await main();
