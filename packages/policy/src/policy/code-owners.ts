import { matchesGlob } from './glob.ts';

export interface OwnerLine {
  readonly line: number;
  readonly pattern: string;
  /** `@login`, `@org/team` or an e-mail address. Empty: nobody owns these files. */
  readonly owners: readonly string[];
}

/**
 * Parses CODEOWNERS. Source: GitHub's documentation "About code owners". A line that GitHub would skip as invalid owns
 * nothing.
 */
export function parseCodeOwners(text: string): readonly OwnerLine[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const words = raw.replace(/(?:^|\s)#.*$/, '').match(/(?:\\ |\S)+/g);
    if (!words) {
      return [];
    }
    const [pattern = '', ...owners] = words.map((word) => word.replaceAll('\\ ', ' '));
    const valid = owners.every((owner) => /^@[\w.-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+$/.test(owner));
    // GitHub supports neither negation nor character ranges here.
    return valid && !/^!|[[\]]|^\\#/.test(pattern) ? [{ line: index + 1, pattern, owners }] : [];
  });
}

/** The owners of a file: those of the last line that matches. */
export function ownersOf(lines: readonly OwnerLine[], path: string): readonly string[] {
  return lines.findLast(({ pattern }) => matchesOwnerPattern(pattern, path))?.owners ?? [];
}

/** As in .gitignore: anchored if it has a slash before its end; a folder owns what is below it, `folder/*` only its files. */
function matchesOwnerPattern(pattern: string, path: string): boolean {
  const anchored = pattern.slice(0, -1).includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const glob = anchored ? body : `**/${body}`;
  if (pattern.endsWith('/')) {
    return matchesGlob(`${glob}/**`, path) && !matchesGlob(glob, path);
  }
  if (matchesGlob(glob, path)) {
    return true;
  }
  return !body.endsWith('*') && matchesGlob(`${glob}/**`, path);
}

/** The teams among owners, as `org/slug` in lower case. */
export function ownerTeams(lines: readonly OwnerLine[]): readonly string[] {
  const teams = lines.flatMap(({ owners }) =>
    owners.filter((owner) => owner.startsWith('@') && owner.includes('/')),
  );
  return [...new Set(teams.map((team) => team.slice(1).toLowerCase()))].sort();
}
