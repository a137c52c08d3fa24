/** A workflow command as a step writes it to its output. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The commands that GitHub's runner knows; anything else in this form is ordinary text. */
export const COMMANDS: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

/**
 * Parses a line by the rules of actions/runner, ActionCommand.cs: `::name key=value,…::data` at its start (after
 * white space), or the older `##[name key=value;…]data` anywhere in it.
 *
 * @param names the commands that count; others are text
 */
export function parseCommand(line: string, names: readonly string[] = COMMANDS): WorkflowCommand | undefined {
  return parseCurrent(line.trimStart(), names) ?? parseOlder(line, names);
}

function parseCurrent(line: string, names: readonly string[]): WorkflowCommand | undefined {
  if (!line.startsWith('::')) {
    return undefined;
  }
  const end = line.indexOf('::', 2);
  if (end < 0) {
    return undefined;
  }
  const head = splitHead(line.slice(2, end));
  if (!names.includes(head.name)) {
    return undefined;
  }
  return {
    name: head.name,
    properties: properties(head.rest, ',', [
      ['%0D', '\r'],
      ['%0A', '\n'],
      ['%3A', ':'],
      ['%2C', ','],
      ['%25', '%'],
    ]),
    data: unescapeText(line.slice(end + 2), [
      ['%0D', '\r'],
      ['%0A', '\n'],
      ['%25', '%'],
    ]),
  };
}

function parseOlder(line: string, names: readonly string[]): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) {
    return undefined;
  }
  const head = splitHead(line.slice(start + 3, end));
  if (!names.includes(head.name)) {
    return undefined;
  }
  const escapes: readonly Escape[] = [
    ['%3B', ';'],
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%5D', ']'],
    ['%25', '%'],
  ];
  return {
    name: head.name,
    properties: properties(head.rest, ';', escapes),
    data: unescapeText(line.slice(end + 1), escapes),
  };
}

type Escape = readonly [escaped: string, plain: string];

function splitHead(head: string): { name: string; rest: string } {
  const space = head.indexOf(' ');
  return space < 0
    ? { name: head.toLowerCase(), rest: '' }
    : { name: head.slice(0, space).toLowerCase(), rest: head.slice(space + 1).trim() };
}

function properties(text: string, separator: string, escapes: readonly Escape[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(equals, 0)).trim();
    const value = part.slice(equals + 1);
    if (key !== '' && value !== '') {
      found[key] = unescapeText(value, escapes);
    }
  }
  return found;
}

/** `%25` last, so that `%250A` stays `%0A`. */
function unescapeText(text: string, escapes: readonly Escape[]): string {
  return escapes.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text);
}

/** Whether a token may stop commands: a guessable one would let outside text start them again. */
export function isAllowedStopToken(token: string): boolean {
  return token.trim() !== '' && token !== 'pause-logging' && !COMMANDS.includes(token.toLowerCase());
}
