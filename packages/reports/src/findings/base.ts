/** How often each finding was there, by identity. */
export type Base = Map<string, number>;

export function emptyBase(): Base {
  return new Map();
}
