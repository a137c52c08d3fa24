/** Compares dotted version numbers such as `0.1.82`; a Debian revision (`-1`) is left out. Negative: a is older. */
export function compareVersions(a: string, b: string): number {
  const parts = (text: string): number[] =>
    text
      .replace(/^\d+:/, '')
      .replace(/-[^-]*$/, '')
      .split('.')
      .map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
