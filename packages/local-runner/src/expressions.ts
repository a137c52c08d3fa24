import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { ExpressionData } from '@actions/expressions/data/expressiondata';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
} from '@actions/workflow-parser';
import { asText, isTrue, type Json, type JsonObject } from './json.ts';
import { entries, type Token } from './template-walk.ts';

/** What `success()`, `failure()` and `cancelled()` answer. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** What an expression can see. */
export interface Scope {
  readonly contexts: JsonObject;
  readonly status: Status;
  /** Digest of the files that match; empty when none does. */
  readonly hashFiles: (patterns: readonly string[]) => string;
}

const MANY = 255;

/**
 * Evaluates the text between `${{` and `}}`.
 *
 * @throws ExpressionError or ExpressionEvaluationError of @actions/expressions
 */
export function evaluate(expression: string, scope: Scope): Json {
  const functions = functionsOf(scope);
  // The lexer undoubles only the first quote of a text.
  const tokens = new Lexer(expression).lex().tokens.map((token) => {
    const isText = token.lexeme.startsWith("'");
    return isText ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") } : token;
  });
  const tree = new Parser(tokens, Object.keys(scope.contexts), [...functions.values()]).parse();
  const contexts = JSON.parse(JSON.stringify(scope.contexts), data.reviver) as data.Dictionary;
  const result = new Evaluator(tree, contexts, functions).evaluate();
  return JSON.parse(JSON.stringify(result, data.replacer) ?? 'null') as Json;
}

/** Whether a condition (as the parser wrapped it) holds. */
export function holds(condition: string, scope: Scope): boolean {
  return isTrue(evaluate(condition, scope));
}

/** A template with every expression in it evaluated. */
export function evaluateToken(token: Token, scope: Scope): Json {
  if (isString(token) || isNumber(token) || isBoolean(token)) {
    return token.value;
  }
  if (isBasicExpression(token)) {
    return token.originalExpressions === undefined || token.source === undefined
      ? evaluate(token.expression, scope)
      : splitTemplate(token.source)
          .map((part) => ('text' in part ? part.text : asText(evaluate(part.expression, scope))))
          .join('');
  }
  if (isSequence(token)) {
    return [...token].map((item) => evaluateToken(item, scope));
  }
  if (isMapping(token)) {
    const pairs = entries(token).map(({ keyToken, value }) => [
      asText(evaluateToken(keyToken, scope)),
      evaluateToken(value, scope),
    ]);
    return Object.fromEntries(pairs) as JsonObject;
  }
  return null;
}

/** A template as text; an absent one is undefined. */
export function evaluateText(token: Token | undefined, scope: Scope): string | undefined {
  return token === undefined ? undefined : asText(evaluateToken(token, scope));
}

/** A mapping of templates as texts, e.g. `env` or `with`; a whole mapping may come from one expression. */
export function evaluateTexts(token: Token | undefined, scope: Scope): Record<string, string> {
  const value = token === undefined ? {} : evaluateToken(token, scope);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return {};
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
}

type TemplatePart = { readonly text: string } | { readonly expression: string };

/** Takes a text with expressions apart. A `}}` within quotes does not end an expression. */
export function splitTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  const pattern = /\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}/g;
  let end = 0;
  for (const match of template.matchAll(pattern)) {
    parts.push({ text: template.slice(end, match.index) }, { expression: (match[1] ?? '').trim() });
    end = match.index + match[0].length;
  }
  return [...parts, { text: template.slice(end) }];
}

function functionsOf(scope: Scope): Map<string, FunctionDefinition> {
  const flag = (name: string, value: boolean): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: MANY,
    call: () => new data.BooleanData(value),
  });
  const all: FunctionDefinition[] = [
    flag('success', scope.status.success),
    flag('failure', scope.status.failure),
    flag('cancelled', scope.status.cancelled),
    flag('always', true),
    {
      name: 'hashFiles',
      minArgs: 1,
      maxArgs: MANY,
      call: (...patterns: ExpressionData[]) =>
        new data.StringData(scope.hashFiles(patterns.map((pattern) => pattern.coerceString()))),
    },
  ];
  return new Map(all.map((definition) => [definition.name.toLowerCase(), definition]));
}
