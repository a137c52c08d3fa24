import { UserError } from '@golden-image/host';
import type { ProbeResult } from './observations.ts';
import type { Probe } from './probes.ts';

/** How much of a probe's output is taken, in bytes. */
const MAX_STDOUT = 512 * 1024;
const MAX_STDERR = 4 * 1024;
const TAG = 'FVT1';
const DATA = `${TAG}-DATA`;
const END = `${TAG}-END`;

/**
 * One POSIX shell script for all probes, run as root. A line `FVT1 id` when each ends; then everything that they
 * printed in one base64 stream (starting a program for each would take longer than the probes): a line `id rc` each,
 * the sizes of the outputs and of the error texts, one a line, and the outputs and error texts themselves.
 *
 * Probes that wait for the guest come first, one after the other. Then two workers share the others: one begins with the
 * slow ones, each goes on with what the other has not begun, from its end.
 */
export function collectorScript(probes: readonly Probe[], timeoutScale: number): string {
  const calls = (lane: Probe['lane']): readonly string[] =>
    probes.flatMap((probe, index) => (probe.lane === lane ? [`p${index}`] : []));
  const [own, slow] = [calls(undefined), calls('slow')];
  return [
    'set -u',
    'export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'unset HISTFILE',
    'd=$(mktemp -d /run/fvt.XXXXXX) || exit 70',
    'export d',
    'trap \'rm -rf "$d"\' EXIT',
    // Whoever makes the file first runs the probe; nothing else is written twice.
    'set -C',
    'p() {',
    '  { command : >"$d/$1.begun"; } 2>/dev/null || return 0',
    '  timeout -k 5 "$2" sh -c "$3" fvt >"$d/$1.out" 2>"$d/$1.err" </dev/null',
    `  echo "$1 $?" >"$d/$1.rc"; echo "${TAG} $1"`,
    '}',
    ...probes.map(
      ({ id, seconds, script }, index) =>
        `p${index}() { p ${id} ${Math.ceil(seconds * timeoutScale)} ${shellQuote(script)}; }`,
    ),
    ...calls('settle'),
    `second() { :; ${[...slow, ...own.toReversed()].map((call) => `${call}; `).join('')}}`,
    'second &',
    ...own,
    ...slow.toReversed(),
    'wait',
    'cd "$d" || exit 71',
    `set -- ${probes.map((probe) => probe.id).join(' ')}`,
    'r=""; o=""; e=""',
    'for i in "$@"; do r="$r $i.rc"; o="$o $i.out"; e="$e $i.err"; done',
    `echo ${DATA}`,
    `{ cat $r; stat -c %s $o; stat -c %s $e; head -q -c ${MAX_STDOUT} $o; head -q -c ${MAX_STDERR} $e; } | base64`,
    `echo "${END} $#"`,
  ].join('\n');
}

/**
 * The results of `collectorScript`, from the lines that it printed.
 *
 * @throws UserError `collector-cut-short` when the end is missing or a probe brought nothing: never a pass
 */
export function parseCollected(
  lines: readonly string[],
  probes: readonly Probe[],
): Readonly<Record<string, ProbeResult>> {
  const answered = lines.filter((line) => probeOfLine(line) !== undefined).length;
  const data = lines.indexOf(DATA);
  const end = lines.indexOf(`${END} ${probes.length}`);
  if (data < 0 || end < data) {
    throw cutShort(answered, probes, 'its end is missing');
  }
  const bytes = Buffer.from(lines.slice(data + 1, end).join(''), 'base64');
  const header = headerOf(bytes, 3 * probes.length);
  if (!header) {
    throw cutShort(answered, probes, 'what came has no form');
  }
  const sizes = (from: number, limit: number): readonly number[] =>
    header.lines.slice(from, from + probes.length).map((size) => Math.min(Number(size), limit));
  const outputs = sizes(probes.length, MAX_STDOUT);
  const errors = sizes(2 * probes.length, MAX_STDERR);
  const total = [...outputs, ...errors].reduce((sum, size) => sum + size, header.bytes);
  if (total !== bytes.length) {
    throw cutShort(answered, probes, `${bytes.length} of ${total} bytes came`);
  }
  let at = header.bytes;
  const take = (size: number): string => {
    at += size;
    return bytes.toString('utf8', at - size, at);
  };
  const texts = [...outputs, ...errors].map(take);
  return Object.fromEntries(
    probes.map((probe, index) => {
      const [id, rc = ''] = (header.lines[index] ?? '').split(' ');
      if (id !== probe.id || !/^\d{1,3}$/.test(rc)) {
        throw cutShort(answered, probes, `${probe.id} brought no result`);
      }
      const result = {
        rc: Number(rc),
        stdout: texts[index] ?? '',
        stderr: texts[probes.length + index] ?? '',
      };
      return [probe.id, result] as const;
    }),
  );
}

/** A line that tells a watcher which probe just ended. */
export function probeOfLine(line: string): string | undefined {
  const [tag, id] = line.split(' ', 2);
  return tag === TAG ? id : undefined;
}

/** One word for a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The first `count` lines and how many bytes they take. */
function headerOf(
  bytes: Buffer,
  count: number,
): { readonly lines: readonly string[]; readonly bytes: number } | undefined {
  const lines: string[] = [];
  let at = 0;
  while (lines.length < count) {
    const next = bytes.indexOf(10, at);
    if (next < 0) {
      return undefined;
    }
    lines.push(bytes.toString('latin1', at, next));
    at = next + 1;
  }
  return { lines, bytes: at };
}

function cutShort(answered: number, probes: readonly Probe[], why: string): UserError {
  return new UserError(
    `The collector was cut short: ${answered} of ${probes.length} probes answered (${why})`,
    {
      code: 'collector-cut-short',
      fix: 'The guest died or its SSH connection broke while facts were collected: see the console log.',
    },
  );
}
