/** LVM's text metadata as a tree: sections, and values that are texts, numbers or lists of them. */
export interface LvmSection {
  readonly [name: string]: LvmValue | undefined;
}
export type LvmValue = LvmSection | string | number | readonly (string | number)[];

const TOKEN = /\s+|#[^\n]*|([\w.+-]+)|"((?:[^"\\]|\\.)*)"|([={}[\],])/y;
/** Deeper than volume group, volume, segment never happens. */
const MAX_DEPTH = 8;

/**
 * Reads LVM's text format (lvm.conf(5), "configuration file format").
 *
 * @throws SyntaxError for anything else
 */
export function parseLvmConfig(text: string): LvmSection {
  const tokens = tokenise(text);
  const [section, end] = readSection(tokens, 0, 0);
  if (end !== tokens.length) {
    throw new SyntaxError('LVM metadata has a closing brace too many');
  }
  return section;
}

interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  readonly value: string;
}

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new SyntaxError(`LVM metadata cannot be read at byte ${at}`);
    }
    const [, word, quoted, mark] = match;
    if (word !== undefined) {
      tokens.push({ kind: 'word', value: word });
    } else if (quoted !== undefined) {
      tokens.push({ kind: 'text', value: quoted.replace(/\\(.)/g, '$1') });
    } else if (mark !== undefined) {
      tokens.push({ kind: 'mark', value: mark });
    }
  }
  return tokens;
}

function readSection(tokens: readonly Token[], from: number, depth: number): readonly [LvmSection, number] {
  if (depth > MAX_DEPTH) {
    throw new SyntaxError('LVM metadata is nested too deeply');
  }
  const section: Record<string, LvmValue> = Object.create(null);
  let at = from;
  for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
    if (isMark(token, '}')) {
      break;
    }
    const next = tokens[at + 1];
    if (token.kind === 'mark') {
      throw new SyntaxError(`LVM metadata has ${token.value} where a name belongs`);
    }
    if (isMark(next, '{')) {
      const [inner, end] = readSection(tokens, at + 2, depth + 1);
      if (!isMark(tokens[end], '}')) {
        throw new SyntaxError(`LVM metadata ends within ${token.value}`);
      }
      section[token.value] = inner;
      at = end + 1;
    } else if (isMark(next, '=')) {
      const [value, end] = readValue(tokens, at + 2);
      section[token.value] = value;
      at = end;
    } else {
      throw new SyntaxError(`LVM metadata has nothing after ${token.value}`);
    }
  }
  return [section, at];
}

function readValue(tokens: readonly Token[], from: number): readonly [LvmValue, number] {
  if (!isMark(tokens[from], '[')) {
    return [scalar(tokens[from]), from + 1];
  }
  const list: (string | number)[] = [];
  let at = from + 1;
  while (!isMark(tokens[at], ']')) {
    list.push(scalar(tokens[at]));
    at += isMark(tokens[at + 1], ',') ? 2 : 1;
  }
  return [list, at + 1];
}

function scalar(token: Token | undefined): string | number {
  if (!token || token.kind === 'mark') {
    throw new SyntaxError('LVM metadata lacks a value');
  }
  return token.kind === 'word' && /^-?\d+(\.\d+)?$/.test(token.value) ? Number(token.value) : token.value;
}

function isMark(token: Token | undefined, value: string): boolean {
  return token?.kind === 'mark' && token.value === value;
}
