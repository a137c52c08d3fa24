import { UserError } from '@golden-image/host';

/** A line of sources.list(5): where a distribution has its packages. */
export interface AptSource {
  readonly kind: 'deb';
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
  /** Path of the keys that sign it; default: those that apt trusts on this machine. */
  readonly signedBy: string | undefined;
}

/** A folder that holds `repodata/`. */
export interface RpmSource {
  readonly kind: 'rpm';
  readonly uri: string;
  /** Path of the armored key that signs `repomd.xml`; without one only HTTPS and this machine are believed. */
  readonly signedBy: string | undefined;
}

export type PackageSource = AptSource | RpmSource;

/**
 * Lines of the forms `deb [signed-by=FILE] URI SUITE COMPONENT…` and `rpm [signed-by=FILE] URI`.
 *
 * @throws UserError `invalid-sources`
 */
export function parseSources(lines: readonly string[]): readonly PackageSource[] {
  return lines.map((line) => parseDeb(line) ?? parseRpm(line) ?? refuse(line));
}

function parseDeb(line: string): AptSource | undefined {
  const match = /^deb\s+(?:\[\s*signed-by=(\/\S+)\s*\]\s+)?((?:https?|file):\/\S+)\s+(\S+)\s+(\S.*)$/.exec(
    line,
  );
  return match && !/[[\]"'\\]/.test(match.slice(2).join(' '))
    ? {
        kind: 'deb',
        signedBy: match[1],
        uri: match[2] ?? '',
        suite: match[3] ?? '',
        components: (match[4] ?? '').trim().split(/\s+/),
      }
    : undefined;
}

function parseRpm(line: string): RpmSource | undefined {
  const match = /^rpm\s+(?:\[\s*signed-by=(\/\S+)\s*\]\s+)?((?:https?:\/\/|file:\/)[^\s?#]+)$/.exec(line);
  const uri = match?.[2]?.replace(/\/+$/, '');
  if (!match || uri === undefined) {
    return undefined;
  }
  if (uri.startsWith('http:') && match[1] === undefined) {
    throw new UserError(
      `${uri} is neither encrypted nor signed: anybody on the way could say what is in it`,
      {
        code: 'invalid-sources',
        fix: 'Take its https address, or name the key that signs repomd.xml: `rpm [signed-by=/path/of/key.asc] URI`.',
      },
    );
  }
  return { kind: 'rpm', signedBy: match[1], uri };
}

function refuse(line: string): never {
  throw new UserError(`${JSON.stringify(line)} is not a line of package sources`, {
    code: 'invalid-sources',
    fix: 'Write `deb [signed-by=/path/of/keys] https://mirror/debian trixie-security main` or `rpm [signed-by=/path/of/key.asc] https://mirror/BaseOS/x86_64/os`, one a line.',
  });
}
