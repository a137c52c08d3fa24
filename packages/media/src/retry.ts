import type { Clock } from '@golden-image/host';

/** The longest wait between two tries, in seconds; a server that asks for more is not worth waiting for. */
const MAX_WAIT = 300;
const MAX_BACKOFF = 30;

/**
 * Waits before try number `attempt` (from 1): 1, 2, 4… seconds up to 30, or what the server asked for.
 *
 * @returns the seconds waited
 */
export async function waitBefore(
  attempt: number,
  asked: number | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  const wait = Math.min(MAX_WAIT, asked ?? Math.min(MAX_BACKOFF, 2 ** (attempt - 1)));
  await clock.sleep(wait * 1000, signal);
  return wait;
}

/** An abort signal that fires after a time without `alive()`, when `outer` does, and at `stop()`. */
export function stallSignal(
  seconds: number,
  outer: AbortSignal,
): { readonly signal: AbortSignal; readonly alive: () => void; readonly stop: () => void } {
  const stalled = new AbortController();
  const fire = (): void => stalled.abort(new Error(`no data for ${seconds} s`));
  const timer = setTimeout(fire, seconds * 1000);
  return {
    signal: AbortSignal.any([stalled.signal, outer]),
    alive: () => timer.refresh(),
    stop: () => {
      clearTimeout(timer);
      // A body that is not wanted any more must not hold its connection.
      stalled.abort(new Error('done'));
    },
  };
}
