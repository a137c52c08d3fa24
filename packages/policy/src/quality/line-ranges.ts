import type { LineRange } from '../facts/change.ts';

/**
 * Whether a line is in one of the ranges. Both the ranges and the lines that are asked for come from outside and may be
 * many: each question takes the logarithm of the ranges.
 */
export function inRanges(ranges: readonly LineRange[]): (line: number) => boolean {
  const merged: [number, number][] = [];
  for (const [first, end] of ranges.filter(([a, b]) => a <= b).sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && first <= last[1] + 1) {
      last[1] = Math.max(last[1], end);
    } else {
      merged.push([first, end]);
    }
  }
  return (line) => {
    let from = 0;
    let to = merged.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((merged[middle]?.[1] ?? 0) < line) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return line >= (merged[from]?.[0] ?? Number.POSITIVE_INFINITY);
  };
}
