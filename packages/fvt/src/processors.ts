import { availableParallelism } from 'node:os';
import type { AcceleratorName } from '@golden-image/vm';
import type { Need } from './case.ts';

/** Of a machine when nobody names a number. */
const USUAL = 2;

/**
 * Processors of each machine. Emulated ones that boot side by side get no more than the host has for them: two of two
 * processors each take a quarter longer on two host processors than two of one each.
 *
 * @param wanted what was asked for
 * @param needs of the selected cases
 * @param parallel machines that may run at once
 * @param host processors of the host
 */
export function processorsOf(
  wanted: number | undefined,
  accelerator: AcceleratorName,
  needs: ReadonlySet<Need>,
  parallel: number,
  host: number = availableParallelism(),
): number {
  if (wanted !== undefined || accelerator !== 'tcg') {
    return wanted ?? USUAL;
  }
  const boots = needs.has('second-boot') || (needs.has('reboot') && needs.has('stop-start'));
  const sideBySide = boots && parallel > 1;
  return Math.max(1, Math.min(USUAL, Math.floor(host / (sideBySide ? 2 : 1))));
}
