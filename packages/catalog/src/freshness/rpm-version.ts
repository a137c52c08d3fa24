/**
 * Compares two RPM versions `[epoch:]version[-release]` as rpm does: below zero when `a` is earlier. A release that is
 * not named in one of them does not count. Source: rpm-version(7), rpmio/rpmvercmp.cc.
 */
export function compareRpmVersions(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  return (
    left.epoch - right.epoch ||
    comparePart(left.version, right.version) ||
    (left.release === '' || right.release === '' ? 0 : comparePart(left.release, right.release))
  );
}

function split(text: string): { readonly epoch: number; readonly version: string; readonly release: string } {
  const [, epoch = '0', version = '', release = ''] = /^(?:(\d+):)?([^-]*)(?:-(.*))?$/s.exec(text) ?? [];
  return { epoch: Number(epoch), version, release };
}

/** Runs of digits and of letters in turn; everything else only separates, but for `~` and `^`. */
function comparePart(a: string, b: string): number {
  let [restA, restB] = [a, b];
  for (;;) {
    restA = restA.replace(/^[^A-Za-z0-9~^]+/, '');
    restB = restB.replace(/^[^A-Za-z0-9~^]+/, '');
    const [markA, markB] = [mark(restA), mark(restB)];
    if (markA !== 'other' || markB !== 'other') {
      // A tilde is before the end, a caret after it and before anything else.
      const order = ['tilde', 'end', 'caret', 'other'];
      if (markA !== markB) {
        return order.indexOf(markA) - order.indexOf(markB);
      }
      if (markA === 'end') {
        return 0;
      }
      [restA, restB] = [restA.slice(1), restB.slice(1)];
      continue;
    }
    const digits = /^\d/.test(restA);
    const form = digits ? /^\d+/ : /^[A-Za-z]+/;
    const [partA] = form.exec(restA) ?? [''];
    const [partB] = form.exec(restB) ?? [''];
    if (partB === '') {
      // Digits are later than letters.
      return digits ? 1 : -1;
    }
    const difference = digits ? compareNumbers(partA, partB) : compareText(partA, partB);
    if (difference !== 0) {
      return difference;
    }
    [restA, restB] = [restA.slice(partA.length), restB.slice(partB.length)];
  }
}

function mark(rest: string): 'tilde' | 'end' | 'caret' | 'other' {
  return rest === '' ? 'end' : rest[0] === '~' ? 'tilde' : rest[0] === '^' ? 'caret' : 'other';
}

/** Digits of any length. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
