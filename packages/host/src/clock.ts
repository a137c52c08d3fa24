/** Where time comes from; code that needs the time takes a clock, so that runs can be repeated. */
export interface Clock {
  /** The current time. */
  now(): Date;
  /** Milliseconds from an arbitrary start, never going back. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

/** A clock that stands at `time` and whose sleeps end at once, moving it forward. */
export function fixedClock(time: Date | string): Clock {
  let current = new Date(time).getTime();
  return {
    now: () => new Date(current),
    monotonic: () => current,
    sleep: async (ms) => {
      current += ms;
    },
  };
}
