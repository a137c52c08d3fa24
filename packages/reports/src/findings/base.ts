/** How often each finding was there, by identity. */
export type Base = ReadonlyMap<string, number>;

export function emptyBase(): Map<string, number> {
  return new Map();
}
