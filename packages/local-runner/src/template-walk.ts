import { isMapping, isSequence, isString } from '@actions/workflow-parser';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';

export type Token = TemplateToken;

/** A place in a workflow or action file. */
export interface Position {
  /** Path relative to the repository. */
  readonly file: string;
  /** One-based; 0 when the parser knows none. */
  readonly line: number;
}

export function positionOf(token: Token, file: string): Position {
  return { file, line: token.range?.start.line ?? 0 };
}

export function showPosition(position: Position): string {
  return position.line > 0 ? `${position.file}:${position.line}` : position.file;
}

export interface Entry {
  readonly key: string;
  readonly keyToken: Token;
  readonly value: Token;
}

/** The entries of a mapping; none of anything else. */
export function entries(token: Token | undefined): Entry[] {
  if (!token || !isMapping(token)) {
    return [];
  }
  return [...token].map((pair) => ({ key: pair.key.toString(), keyToken: pair.key, value: pair.value }));
}

export function find(token: Token | undefined, ...keys: readonly string[]): Token | undefined {
  let current = token;
  for (const key of keys) {
    current = entries(current).find((entry) => entry.key === key)?.value;
  }
  return current;
}

/** The items of a sequence; a scalar counts as a sequence of one. */
export function items(token: Token | undefined): Token[] {
  if (!token) {
    return [];
  }
  return isSequence(token) ? [...token] : [token];
}

/** The text of a literal string; undefined of anything else. */
export function textOf(token: Token | undefined): string | undefined {
  return token && isString(token) ? token.value : undefined;
}
