import { stableJson } from '@golden-image/evidence';

/** JSON with sorted keys in one line, without a line break at its end: the same value always gives the same bytes. */
export function stableLine(value: unknown): string {
  return JSON.stringify(JSON.parse(stableJson(value)));
}
