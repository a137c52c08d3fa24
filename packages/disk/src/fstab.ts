import { readFile } from 'node:fs/promises';
import { pathInside } from './inside.ts';

/** One line of fstab(5). */
export interface FstabEntry {
  readonly source: string;
  /** Absolute, without a trailing slash; `none` for swap. */
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** Reads fstab(5); comments and malformed lines are left out. */
export function parseFstab(text: string): readonly FstabEntry[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/[ \t]+/).map(unescapeField))
    .flatMap(([source, target, type, options = 'defaults']) =>
      source && target && type
        ? [{ source, target: target.replace(/(?<=.)\/+$/, ''), type, options: options.split(',') }]
        : [],
    );
}

/** Spaces and the like are written as three octal digits. */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_match, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

/** Whether `source` of an fstab line names this file system or partition. */
export function isNamedBy(
  source: string,
  names: {
    readonly uuid: string | undefined;
    readonly label: string | undefined;
    readonly partitionUuid: string | undefined;
    readonly partitionName: string | undefined;
  },
): boolean {
  const [, key, value] = /^([A-Z]+)=["']?(.*?)["']?$/.exec(source) ?? byPath(source);
  switch (key) {
    case 'UUID':
      return same(value, names.uuid);
    case 'LABEL':
      return value === names.label;
    case 'PARTUUID':
      return same(value, names.partitionUuid);
    case 'PARTLABEL':
      return value === names.partitionName;
    default:
      return false;
  }
}

function byPath(source: string): readonly (string | undefined)[] {
  const match = /^\/dev\/disk\/by-(uuid|label|partuuid|partlabel)\/(.+)$/.exec(source);
  return match ? [source, match[1]?.toUpperCase(), match[2]] : [];
}

function same(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
}

/** The entries of a root's fstab; none when it has none. */
export async function readFstab(root: string): Promise<readonly FstabEntry[]> {
  return parseFstab(await readFile(await pathInside(root, '/etc/fstab'), 'utf8').catch(() => ''));
}
