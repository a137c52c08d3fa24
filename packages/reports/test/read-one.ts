/** A program for tests: reads one report, and says how it ended and what it took. `read-one.ts <reader> <file>` */
import { readBase, readCoverage, readFindings, readTests } from '../src/index.ts';

const [reader = '', file = ''] = process.argv.slice(2);
const ports = { signal: new AbortController().signal };
const readers: Readonly<Record<string, () => Promise<unknown>>> = {
  coverage: async () => (await readCoverage([file], ports)).coverage.count(),
  findings: async () => (await readFindings([file], await readBase([file], ports), ports)).total,
  tests: async () => {
    const { passed, failed, skipped } = await readTests([file], ports);
    return { passed, failed, skipped };
  },
};
const started = performance.now();
const result = await readers[reader]?.().then(
  (value) => ({ value }),
  (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
);
process.stdout.write(
  JSON.stringify({
    ...result,
    seconds: (performance.now() - started) / 1000,
    peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
  }),
);
