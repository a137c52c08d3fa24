import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inRanges } from './line-ranges.ts';

describe('the lines of a change', () => {
  it('are those of its ranges, however these are sorted and overlap', () => {
    const line = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(line, line), { maxLength: 8 }), (ranges) => {
        const isIn = inRanges(ranges);
        for (let at = 1; at <= 62; at += 1) {
          expect([at, isIn(at)]).toEqual([at, ranges.some(([first, last]) => at >= first && at <= last)]);
        }
      }),
    );
  });

  it('are found quickly among many ranges', () => {
    const isIn = inRanges(
      Array.from({ length: 200_000 }, (_unused, index) => [index * 3 + 1, index * 3 + 1]),
    );
    const before = performance.now();
    let found = 0;
    for (let line = 1; line <= 600_000; line += 1) {
      found += isIn(line) ? 1 : 0;
    }
    expect(found).toBe(200_000);
    // One after another it would be 6 * 10^10 comparisons: minutes.
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
