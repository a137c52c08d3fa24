/** One stanza of a Debian control file: field names in lower case. */
export type Stanza = ReadonlyMap<string, string>;

/** Parses a control file (Packages, Release, dpkg status): deb822(5). Continuation lines keep their line breaks. */
export function parseDeb822(text: string): readonly Stanza[] {
  const stanzas: Map<string, string>[] = [];
  let current: Map<string, string> | undefined;
  let field = '';
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      current = undefined;
      continue;
    }
    if (line.startsWith('#')) {
      continue;
    }
    if (/^[ \t]/.test(line)) {
      current?.set(field, `${current.get(field) ?? ''}\n${line.slice(1)}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) {
      continue;
    }
    if (!current) {
      current = new Map();
      stanzas.push(current);
    }
    field = line.slice(0, colon).toLowerCase();
    current.set(field, line.slice(colon + 1).trim());
  }
  return stanzas;
}

/**
 * The stanzas of these packages. A distribution's index has 70,000, and an image a few hundred of them: the others are
 * not taken apart.
 */
export function stanzasOf(text: string, packages: ReadonlySet<string>): readonly Stanza[] {
  const stanzas: Stanza[] = [];
  let parsed = 0;
  for (const { index, 1: name = '' } of text.matchAll(/^package:[ \t]*(\S+)/gim)) {
    if (index < parsed || !packages.has(name)) {
      continue;
    }
    const before = text.lastIndexOf('\n\n', index);
    const after = text.indexOf('\n\n', index);
    const from = Math.max(parsed, before);
    parsed = after === -1 ? text.length : after;
    const wanted = parseDeb822(text.slice(from, parsed)).filter((one) =>
      packages.has(one.get('package') ?? ''),
    );
    for (const stanza of wanted) {
      stanzas.push(stanza);
    }
  }
  return stanzas;
}

/** Source package and its version; `Source: name (version)` or the binary's own. */
export function sourceOf(stanza: Stanza): { readonly name: string; readonly version: string } {
  const own = { name: stanza.get('package') ?? '', version: stanza.get('version') ?? '' };
  const match = /^(\S+)(?:\s+\(([^)]+)\))?$/.exec(stanza.get('source') ?? '');
  return match ? { name: match[1] ?? own.name, version: match[2] ?? own.version } : own;
}
