import { UserError } from '@golden-image/host';
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Definition, definitionSchema } from './schema.ts';
import { nearest } from './suggest.ts';

/** More than any definition needs; a bound for the parser. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
/** An alias may be used this often: no document grows without bound. */
const MAX_ALIASES = 100;

/**
 * Parses and validates `image.yml`.
 *
 * @param file for messages
 * @throws UserError `invalid-definition`, naming every problem with line and column
 */
export function parseDefinition(text: string, file: string): Definition {
  if (text.length > MAX_CHARACTERS) {
    throw invalid(file, ['1:1: the file is too large']);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const where = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    throw invalid(
      file,
      faults.map((fault) => `${where(fault.pos[0])}: ${fault.message}`),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw invalid(file, [`1:1: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const parsed = definitionSchema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  throw invalid(
    file,
    parsed.error.issues.flatMap((issue) => explain(issue, document, where)),
  );
}

function invalid(file: string, problems: readonly string[]): UserError {
  const shown = problems.slice(0, 8).map((problem) => `${file}:${problem}`);
  const more = problems.length > 8 ? ` and ${problems.length - 8} more` : '';
  return new UserError(`The definition is not valid: ${shown.join('; ')}${more}`, {
    code: 'invalid-definition',
    fix: 'See packages/image/schema/image.schema.json for every field.',
  });
}

function explain(
  issue: z.core.$ZodIssue,
  document: Document,
  where: (offset: number) => string,
): readonly string[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const guess = nearest(key, knownKeys(path));
      const hint = guess ? `, did you mean ${JSON.stringify(guess)}?` : '';
      return `${where(keyOffset(document, path, key))}: unknown key ${JSON.stringify(key)}${hint}`;
    });
  }
  const name = path.join('.') || 'the file';
  const given = isNode(document.getIn(path, true)) ? '' : ' is missing';
  const text = given ? `${name}${given}` : `${name}: ${issue.message}`;
  return [`${where(valueOffset(document, path))}: ${text}`];
}

/** Where the value stands, or the nearest that contains it. */
function valueOffset(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return 0;
}

function keyOffset(document: Document, path: readonly (string | number)[], key: string): number {
  const parent = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(parent)
    ? parent.items.find((item) => isPair(item) && String(item.key) === key)
    : undefined;
  return isScalar(pair?.key) && pair.key.range ? pair.key.range[0] : valueOffset(document, path);
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** The keys that the object at `path` may have. */
function knownKeys(path: readonly (string | number)[]): readonly string[] {
  let node: SchemaNode | undefined = jsonSchema() as SchemaNode;
  for (const part of path) {
    node = typeof part === 'number' ? node?.items : node?.properties?.[part];
  }
  return Object.keys(node?.properties ?? {});
}

/** The definition's JSON Schema, as published. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(definitionSchema, { target: 'draft-2020-12', io: 'input' });
  return { ...schema, title: 'image.yml' };
}
