import { DEBIAN_13 } from './debian13.ts';
import type { OwnFixes } from './own-fix.ts';

const NONE: OwnFixes = { preparations: [], fixes: {}, neverFixed: {} };

/** The project's fixes for a release. */
export function ownFixes(distribution: string, release: string): OwnFixes {
  return distribution === 'debian' && release === '13' ? DEBIAN_13 : NONE;
}
