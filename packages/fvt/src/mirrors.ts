import type { Ports } from '@golden-image/host';
import type { MirrorCheck } from './observations.ts';

const TIMEOUT_MS = 10_000;

/**
 * Whether the repositories that the profile names can be reached from this host. Only those are asked: addresses
 * that the guest names could be anything.
 */
export function checkMirrors(
  { fetch, signal }: Pick<Ports, 'fetch' | 'signal'>,
  allowed: readonly string[],
): Promise<readonly MirrorCheck[]> {
  return Promise.all(
    allowed.map(async (entry) => {
      const uri = entry.replace(/^mirror\+/, '');
      try {
        const response = await fetch(uri, {
          method: 'HEAD',
          redirect: 'manual',
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        });
        return { uri, reachable: response.status < 500, detail: `HTTP ${response.status}` };
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        return { uri, reachable: false, detail: cause instanceof Error ? cause.message : String(cause) };
      }
    }),
  );
}
