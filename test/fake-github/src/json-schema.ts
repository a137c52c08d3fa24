/** From OpenAPI 3.0's dialect of JSON Schema to the one that ajv reads, and back-filling of what no test looks at. */
export type Schema = { readonly [key: string]: unknown };

/**
 * OpenAPI 3.0 says `nullable: true` where JSON Schema says `type: [..., 'null']`, and GitHub's description uses `oneOf`
 * for alternatives that overlap: both are put into words that ajv takes.
 */
export function toJsonSchema(value: unknown, inProperties = false): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => toJsonSchema(entry));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, entry]) => {
    if (inProperties) {
      return [key, toJsonSchema(entry)] as const;
    }
    return [key === 'oneOf' ? 'anyOf' : key, toJsonSchema(entry, key === 'properties')] as const;
  });
  const converted = Object.fromEntries(entries) as Record<string, unknown>;
  if (inProperties || converted.nullable !== true) {
    return converted;
  }
  const { nullable: _nullable, ...rest } = converted;
  return { anyOf: [rest, { type: 'null' }] };
}

/**
 * Names of fields that say where things are, or count what nothing here looks at. Only these are filled in: a handler
 * that forgets any other required field is found out by the contract.
 */
const filler =
  /(_url|_count|_id)$|^(url|node_id|has_\w+|forks|watchers|open_issues|size|disabled|site_admin|language|homepage|license|_links|labels|assignee|milestone|locked|auto_merge|maintainer_can_modify|mergeable|mergeable_state|merged_by|comments|review_comments|comments_count|author_association|archived|parents|tree|verification|permissions|public_repos|public_gists|followers|following|bio|blog|company|email|hireable|location|archived_at|description|pushed_at|assets|display_title|run_number|path|conclusion|status|os|busy|task|payload|html|self|href|git|user_view_type|review_comment|statuses|commits|issue)$/;

/** Adds required fields that are missing and that `filler` names; everything else stays as the handler made it. */
export function fill(schema: Schema | undefined, value: unknown, resolve: (ref: string) => Schema): unknown {
  if (!schema || value === null || value === undefined) {
    return value;
  }
  if (typeof schema.$ref === 'string') {
    return fill(resolve(schema.$ref), value, resolve);
  }
  if (Array.isArray(value)) {
    return schema.items
      ? value.map((entry) => fill(schema.items as Schema, entry, resolve))
      : fillAlternative(schema, value, resolve);
  }
  if (typeof value !== 'object') {
    return value;
  }
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const filled: Record<string, unknown> = { ...value };
  for (const [name, entry] of Object.entries(filled)) {
    filled[name] = fill(properties[name], entry, resolve);
  }
  for (const name of (schema.required as string[] | undefined) ?? []) {
    if (!(name in filled) && filler.test(name)) {
      filled[name] = placeholder(properties[name], resolve);
    }
  }
  return fillAlternative(schema, filled, resolve);
}

function fillAlternative(schema: Schema, value: unknown, resolve: (ref: string) => Schema): unknown {
  let filled = value;
  for (const part of (schema.allOf as Schema[] | undefined) ?? []) {
    filled = fill(part, filled, resolve);
  }
  // Fields of a union's first member serve; validation says whether they are enough.
  const [first] = ((schema.anyOf ?? schema.oneOf) as Schema[] | undefined) ?? [];
  return first && !schema.properties && first.type !== 'null' ? fill(first, filled, resolve) : filled;
}

/** The dullest value that a schema allows. */
function placeholder(schema: Schema | undefined, resolve: (ref: string) => Schema): unknown {
  if (!schema) {
    return null;
  }
  if (typeof schema.$ref === 'string') {
    return placeholder(resolve(schema.$ref), resolve);
  }
  if (schema.nullable === true) {
    return null;
  }
  const alternatives = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Schema[] | undefined;
  if (alternatives && schema.type === undefined) {
    return placeholder(alternatives[0], resolve);
  }
  if (Array.isArray(schema.enum)) {
    return schema.enum[0];
  }
  switch (schema.type) {
    case 'object':
      return fill({ ...schema, required: schema.required ?? [] }, deep(schema, resolve), resolve);
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return schema.format === 'uri'
        ? 'https://github.test/'
        : schema.format === 'date-time'
          ? '2026-01-01T00:00:00Z'
          : '';
  }
}

/** Every required property of an object that is itself a filler. */
function deep(schema: Schema, resolve: (ref: string) => Schema): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const names = (schema.required as string[] | undefined) ?? [];
  return Object.fromEntries(names.map((name) => [name, placeholder(properties[name], resolve)]));
}
