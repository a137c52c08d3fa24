import type { LineRange } from '@golden-image/policy';

/**
 * The lines that a patch adds or changes, in the new file.
 *
 * @param patch unified diff hunks as GitHub's API gives them, without file headers
 * @returns undefined for something that is not a patch
 */
export function addedLines(patch: string): LineRange[] | undefined {
  const ranges: LineRange[] = [];
  let line: number | undefined;
  for (const text of patch.split('\n')) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (hunk) {
      line = Number(hunk[1]);
    } else if (line === undefined) {
      return undefined;
    } else if (text.startsWith('+')) {
      const last = ranges.at(-1);
      if (last && last[1] === line - 1) {
        last[1] = line;
      } else {
        ranges.push([line, line]);
      }
      line += 1;
    } else if (!text.startsWith('-') && !text.startsWith('\\')) {
      line += 1;
    }
  }
  return ranges;
}
