/** Compares two Debian versions as dpkg does (deb-version(7)): negative when `left` is the older one. */
export function compareDebianVersions(left: string, right: string): number {
  const [a, b] = [parts(left), parts(right)];
  return a.epoch - b.epoch || compareText(a.upstream, b.upstream) || compareText(a.revision, b.revision);
}

function parts(version: string): {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
} {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(version.trim()) ?? [];
  const dash = rest.lastIndexOf('-');
  return dash < 0
    ? { epoch: Number(epoch), upstream: rest, revision: '' }
    : { epoch: Number(epoch), upstream: rest.slice(0, dash), revision: rest.slice(dash + 1) };
}

/** Runs of anything but digits and runs of digits in turn, each compared as what it is. */
function compareText(left: string, right: string): number {
  let [a, b] = [left, right];
  while (a !== '' || b !== '') {
    const [wordA, wordB] = [/^\D*/.exec(a)?.[0] ?? '', /^\D*/.exec(b)?.[0] ?? ''];
    const words = compareWords(wordA, wordB);
    if (words !== 0) {
      return words;
    }
    [a, b] = [a.slice(wordA.length), b.slice(wordB.length)];
    const [numberA, numberB] = [/^\d*/.exec(a)?.[0] ?? '', /^\d*/.exec(b)?.[0] ?? ''];
    const [bigA, bigB] = [BigInt(numberA || 0), BigInt(numberB || 0)];
    if (bigA !== bigB) {
      return bigA < bigB ? -1 : 1;
    }
    [a, b] = [a.slice(numberA.length), b.slice(numberB.length)];
  }
  return 0;
}

function compareWords(left: string, right: string): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = rank(left[index]) - rank(right[index]);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** `~` before the end, letters before all other signs. */
function rank(sign: string | undefined): number {
  if (sign === undefined) {
    return 0;
  }
  if (sign === '~') {
    return -1;
  }
  return /[A-Za-z]/.test(sign) ? sign.charCodeAt(0) : sign.charCodeAt(0) + 256;
}
