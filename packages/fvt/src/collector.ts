import { UserError } from '@golden-image/host';
import type { ProbeResult } from './observations.ts';
import type { Probe } from './probes.ts';

/** How much of a probe's output is taken, in bytes. */
const MAX_STDOUT = 512 * 1024;
const MAX_STDERR = 4 * 1024;
const TAG = 'FVT1';

/**
 * One POSIX shell script for all probes, to be fed to `sh -s` as root: one line a probe,
 * `FVT1 id rc base64(stdout) base64(stderr)`, and `FVT1-END count` at the end.
 */
export function collectorScript(probes: readonly Probe[], timeoutScale: number): string {
  const calls = probes.map(
    (probe) => `p ${probe.id} ${Math.ceil(probe.seconds * timeoutScale)} ${shellQuote(probe.script)}`,
  );
  return [
    'set -u',
    'export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'unset HISTFILE',
    'd=$(mktemp -d /run/fvt.XXXXXX) || exit 70',
    'export d',
    'trap \'rm -rf "$d"\' EXIT',
    'n=0',
    'p() {',
    '  timeout -k 5 "$2" sh -c "$3" fvt >"$d/out" 2>"$d/err" </dev/null; rc=$?',
    `  printf '${TAG} %s %s ' "$1" "$rc"`,
    `  head -c ${MAX_STDOUT} "$d/out" | base64 | tr -d '\\n'; printf ' .'`,
    `  head -c ${MAX_STDERR} "$d/err" | base64 | tr -d '\\n'; printf '\\n'`,
    '  n=$((n + 1))',
    '}',
    ...calls,
    `printf '${TAG}-END %s\\n' "$n"`,
    '',
  ].join('\n');
}

/**
 * The results of `collectorScript`.
 *
 * @throws UserError `collector-cut-short` when the end is missing or a probe brought no line: never a pass
 */
export function parseCollected(
  text: string,
  probes: readonly Probe[],
): Readonly<Record<string, ProbeResult>> {
  const results: Record<string, ProbeResult> = {};
  let end: number | undefined;
  for (const line of text.split('\n')) {
    const [tag, id = '', rc = '', stdout = '', stderr = ''] = line.split(' ');
    if (tag === TAG && /^\d{1,3}$/.test(rc) && stderr.startsWith('.')) {
      results[id] = { rc: Number(rc), stdout: decode(stdout), stderr: decode(stderr.slice(1)) };
    } else if (tag === `${TAG}-END`) {
      end = Number(id);
    }
  }
  const missing = probes.filter((probe) => !Object.hasOwn(results, probe.id)).map((probe) => probe.id);
  if (end !== probes.length || missing.length > 0) {
    const seen = Object.keys(results).length;
    throw new UserError(
      `The collector was cut short: ${seen} of ${probes.length} probes answered${missing.length > 0 ? `, missing ${missing.slice(0, 5).join(', ')}` : ''}`,
      {
        code: 'collector-cut-short',
        fix: 'The guest died or its SSH connection broke while facts were collected: see the console log.',
      },
    );
  }
  return results;
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

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
