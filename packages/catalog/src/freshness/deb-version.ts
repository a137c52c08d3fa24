/**
 * Compares two Debian versions as dpkg does: below zero when `a` is earlier. Source: deb-version(7).
 */
export function compareDebVersions(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  return (
    left.epoch - right.epoch ||
    comparePart(left.upstream, right.upstream) ||
    comparePart(left.revision, right.revision)
  );
}

function split(version: string): {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
} {
  const colon = version.indexOf(':');
  const rest = version.slice(colon + 1);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: colon > 0 ? Number(version.slice(0, colon)) : 0,
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/** Runs of other characters and of digits in turn. */
function comparePart(a: string, b: string): number {
  let restA = a;
  let restB = b;
  while (restA !== '' || restB !== '') {
    const [textA = '', textB = ''] = [/^\D*/.exec(restA)?.[0], /^\D*/.exec(restB)?.[0]];
    const byText = compareText(textA, textB);
    if (byText !== 0) {
      return byText;
    }
    restA = restA.slice(textA.length);
    restB = restB.slice(textB.length);
    const [numberA = '', numberB = ''] = [/^\d*/.exec(restA)?.[0], /^\d*/.exec(restB)?.[0]];
    const byNumber = compareNumbers(numberA, numberB);
    if (byNumber !== 0) {
      return byNumber;
    }
    restA = restA.slice(numberA.length);
    restB = restB.slice(numberB.length);
  }
  return 0;
}

/** `~` before the end, the end before letters, letters before all else. */
function compareText(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = rank(a[at]) - rank(b[at]);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function rank(character: string | undefined): number {
  if (character === undefined) {
    return 0;
  }
  if (character === '~') {
    return -1;
  }
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}

/** Digits of any length. */
function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
