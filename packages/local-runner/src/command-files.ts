import { UserError } from '@golden-image/host';

/** A step's summary is at most this long (bytes); a longer one is refused. */
export const SUMMARY_LIMIT = 1024 * 1024;

/**
 * Parses GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE by the rules of actions/runner, FileCommandManager.cs:
 * `name=value` lines, or `name<<DELIMITER`, lines, `DELIMITER`. A later value of a name wins.
 *
 * @throws UserError `command-file-invalid`
 */
export function parsePairs(text: string, file: string): Map<string, string> {
  const found = new Map<string, string>();
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') {
      continue;
    }
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      found.set(named(line.slice(0, equals), line, file), line.slice(equals + 1));
      continue;
    }
    const delimiter = heredoc < 0 ? '' : line.slice(heredoc + 2);
    if (delimiter === '') {
      throw invalid(
        file,
        `the line ${JSON.stringify(line.slice(0, 100))} is neither name=value nor name<<DELIMITER`,
      );
    }
    const name = named(line.slice(0, heredoc), line, file);
    const end = lines.indexOf(delimiter, index + 1);
    if (end < 0) {
      throw invalid(
        file,
        `the delimiter ${JSON.stringify(delimiter)} of ${JSON.stringify(name)} is not closed`,
      );
    }
    found.set(name, lines.slice(index + 1, end).join('\n'));
    index = end;
  }
  return found;
}

/** Parses GITHUB_ENV; NODE_OPTIONS would run code in every later action and is refused, as GitHub does. */
export function parseEnvironment(text: string): Map<string, string> {
  const found = parsePairs(text, 'GITHUB_ENV');
  for (const name of found.keys()) {
    if (name.toUpperCase() === 'NODE_OPTIONS') {
      throw invalid('GITHUB_ENV', 'NODE_OPTIONS may not be set for later steps');
    }
  }
  return found;
}

/** Parses GITHUB_PATH: one folder a line. */
export function parsePath(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n/)
    .filter((line) => line !== '');
}

function named(name: string, line: string, file: string): string {
  if (name === '') {
    throw invalid(file, `the line ${JSON.stringify(line.slice(0, 100))} has no name`);
  }
  return name;
}

function invalid(file: string, what: string): UserError {
  return new UserError(`The step wrote an invalid ${file}: ${what}`, {
    code: 'command-file-invalid',
    fix: 'Write name=value, or name<<DELIMITER, the lines of the value, and DELIMITER on a line of its own.',
  });
}
