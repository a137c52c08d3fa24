import { DEBIAN_13 } from './debian13.ts';
import type { ReleaseTailoring } from './tailoring.ts';

/** The tailoring that comes with a release, where there is one. */
export function releaseTailoring(distribution: string, release: string): ReleaseTailoring | undefined {
  return distribution === 'debian' && release === '13' ? DEBIAN_13 : undefined;
}
