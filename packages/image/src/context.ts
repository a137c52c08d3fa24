import type { Ports } from '@golden-image/host';

/** What building uses of the machine. */
export type BuildPorts = Pick<Ports, 'exec' | 'log' | 'clock' | 'signal' | 'tools'>;

/** Wall time of the steps of a build. */
export interface Stopwatch {
  /** By step, in seconds. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Times `body` and says in the log how long it took. */
  readonly step: <T>(title: string, body: () => Promise<T>) => Promise<T>;
}

export function stopwatch({ clock, log }: Pick<Ports, 'clock' | 'log'>): Stopwatch {
  const seconds: Record<string, number> = {};
  return {
    seconds,
    step: async (title, body) => {
      const start = clock.monotonic();
      const result = await body();
      const taken = (clock.monotonic() - start) / 1000;
      seconds[title] = taken;
      log.info(`${title}: ${taken.toFixed(1)} s`);
      return result;
    },
  };
}
