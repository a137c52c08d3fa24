/**
 * Whether a path matches a glob from the repository's root. `*` and `?` stay within a folder, `**` as a whole segment
 * crosses folders, everything else stands for itself. No backtracking beyond the number of segments.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  return matchSegments(pattern.split('/'), path.split('/'));
}

/** The two-pointer wildcard match, over segments: `**` is the wildcard. */
function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  return wildcard(
    pattern.length,
    path.length,
    (index) => pattern[index] === '**',
    (index, at) => matchSegment(pattern[index] ?? '', path[at] ?? ''),
  );
}

function matchSegment(pattern: string, segment: string): boolean {
  return wildcard(
    pattern.length,
    segment.length,
    (index) => pattern[index] === '*',
    (index, at) => pattern[index] === '?' || pattern[index] === segment[at],
  );
}

/** Goes back only to the last wildcard, so that time is at most the product of the lengths. */
function wildcard(
  patterns: number,
  items: number,
  isStar: (index: number) => boolean,
  matches: (index: number, at: number) => boolean,
): boolean {
  let index = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < items) {
    if (index < patterns && isStar(index)) {
      star = index;
      resume = at;
      index += 1;
    } else if (index < patterns && matches(index, at)) {
      index += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      index = star + 1;
    } else {
      return false;
    }
  }
  while (index < patterns && isStar(index)) {
    index += 1;
  }
  return index === patterns;
}
