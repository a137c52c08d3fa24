import { shortName } from '../scap/names.ts';

const BEGIN = /^# BEGIN fix \(\d+ \/ \d+\) for '([^']+)'$/;
const END = /^\) # END fix for '([^']+)'$/;

/** The parts of a script that `oscap xccdf generate fix` wrote, by the rule's short name; rules without a fix are left out. */
export function splitFixScript(script: string): ReadonlyMap<string, string> {
  const fixes = new Map<string, string>();
  let rule: string | undefined;
  let lines: string[] = [];
  for (const line of script.split('\n')) {
    const begin = BEGIN.exec(line);
    if (begin?.[1]) {
      rule = shortName(begin[1]);
      lines = [];
    } else if (rule !== undefined) {
      lines.push(line);
      if (END.test(line)) {
        fixes.set(rule, body(lines));
        rule = undefined;
      }
    }
  }
  return fixes;
}

/** Between the line that opens the subshell and the one that closes it. */
function body(lines: readonly string[]): string {
  const start = lines.findIndex((line) => line.endsWith('; ('));
  return lines.slice(start + 1, -1).join('\n');
}

/** One rule's fix. */
export interface Fix {
  readonly rule: string;
  readonly script: string;
  readonly origin: 'content' | 'project';
}

/** Says on standard error which fix begins and how it ended. */
const MARK = 'golden-image-fix';

/**
 * All fixes as one script, each in a subshell of its own: one that fails or exits does not stop the others.
 *
 * @param options.stepwise wait for a line on standard input after each
 */
export function joinFixes(fixes: readonly Fix[], options: { readonly stepwise?: boolean } = {}): string {
  const wait = options.stepwise ? 'read -r _ || exit 0\n' : '';
  const parts = fixes.map(
    ({ rule, script }) =>
      `echo '${MARK} begin ${rule}' >&2\n(\n${script}\n) < /dev/null\necho "${MARK} end ${rule} $?" >&2\n${wait}`,
  );
  return `#!/bin/bash\numask 022\n${parts.join('\n')}`;
}

/** What a line of the script's standard error tells, if it is one of its marks. */
export function parseMark(
  line: string,
): { readonly kind: 'begin' | 'end'; readonly rule: string; readonly status: number } | undefined {
  const match = /^golden-image-fix (begin|end) ([\w./:-]+)(?: (\d+))?$/.exec(line);
  return match?.[1] && match[2]
    ? { kind: match[1] as 'begin' | 'end', rule: match[2], status: Number(match[3] ?? 0) }
    : undefined;
}
