import { MediumError } from './host.ts';

/** Names of Debian packages, one a line; `#` starts a comment. */
export function listPackages(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((name) => name !== '')
    .map(checked);
}

/**
 * The `packages: add:` list of an image definition. Reads just these lines of the YAML, in block or flow style: this
 * folder runs straight after `git clone`, without any library.
 */
export function definitionPackages(yaml: string): readonly string[] {
  const lines = yaml.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trimEnd());
  const section = block(lines, /^packages:$/);
  const inline = section.map((line) => /^\s+add:\s*\[(.*)\]$/.exec(line)?.[1]).find((found) => found);
  const names = inline?.split(',') ?? block(section, /^\s+add:$/).map((line) => line.replace(/^\s*-\s*/, ''));
  return names.map((name) => checked(name.trim().replace(/^(['"])(.*)\1$/, '$2')));
}

/** The lines that belong to a key: those indented deeper, or list items at its own depth. */
function block(lines: readonly string[], key: RegExp): readonly string[] {
  const start = lines.findIndex((line) => key.test(line));
  if (start < 0) {
    return [];
  }
  const depth = indent(lines[start] ?? '');
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(
    (line) =>
      line !== '' && (indent(line) < depth || (indent(line) === depth && !line.trimStart().startsWith('-'))),
  );
  return rest.slice(0, end < 0 ? undefined : end).filter((line) => line !== '');
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

/** Debian policy 5.6.1; keeps anything else from being read as an option or a pattern by apt. */
function checked(name: string): string {
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name)) {
    throw new MediumError(`Not a package name: ${JSON.stringify(name)}`);
  }
  return name;
}
