/** GitHub's own OpenAPI description as a judge of requests and of our answers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { fill, type Schema, toJsonSchema } from './json-schema.ts';

const file = path.resolve(import.meta.dirname, '../fixtures/rest.json');

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response | { readonly $ref: string }>>;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Response {
  readonly content?: Content;
}

interface Description {
  /** Package and version that it was cut from. */
  readonly source: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Route {
  /** `GET /repos/{owner}/{repo}`. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Contract {
  readonly source: string;
  readonly routes: readonly string[];
  match(method: string, pathname: string): Route | undefined;
  /** What is wrong with a request; empty when nothing is. */
  requestProblems(route: Route, query: URLSearchParams, body: unknown): readonly string[];
  /** Fills in fields that nobody looks at, e.g. addresses of related things. */
  complete(route: string, status: number, body: unknown): unknown;
  /** What is wrong with an answer of ours. */
  responseProblems(route: string, status: number, body: unknown): readonly string[];
}

/** Statuses that GitHub's description does not list for each operation: authentication, permissions, limits, faults. */
const ANY_OPERATION = [400, 401, 403, 404, 422, 429, 500, 502, 503];

export function loadContract(): Contract {
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  const resolve = <T>(ref: string): T => {
    const [, , kind = '', name = ''] = ref.split('/');
    return description.components[kind]?.[name] as T;
  };
  const deref = <T extends object>(value: T | { readonly $ref: string }): T =>
    '$ref' in value ? resolve<T>(value.$ref) : (value as T);
  const ajv = new Ajv({ strict: false, formats, inlineRefs: false, code: { optimize: false } });
  ajv.addSchema({ $id: 'github', components: toJsonSchema(description.components) as Schema }, 'github');
  const compiled = new Map<string, ValidateFunction>();
  const validator = (key: string, schema: Schema): ValidateFunction => {
    const known = compiled.get(key);
    const made = known ?? ajv.compile(absolute(toJsonSchema(schema)) as Schema);
    compiled.set(key, made);
    return made;
  };
  const check = (key: string, schema: Schema, value: unknown): readonly string[] => {
    const validate = validator(key, schema);
    return validate(value)
      ? []
      : (validate.errors ?? []).slice(0, 5).map((error) => `${error.instancePath || '/'} ${error.message}`);
  };
  const patterns = Object.entries(description.paths).flatMap(([template, methods]) =>
    Object.keys(methods).map((method) => pattern(method.toUpperCase(), template)),
  );
  const operation = (route: string): Operation => {
    const [method = '', template = ''] = route.split(' ');
    const found = description.paths[template]?.[method.toLowerCase()];
    if (!found) {
      throw new Error(`the slice has no operation ${route}`);
    }
    return found;
  };
  const schemaOf = (route: string, status: number): Schema | undefined => {
    const response = operation(route).responses[String(status)];
    return response && deref<Response>(response).content?.['application/json']?.schema;
  };
  return {
    source: description.source,
    routes: patterns.map(({ name }) => name),
    match: (method, pathname) => {
      for (const entry of patterns) {
        const groups = entry.method === method ? entry.expression.exec(pathname)?.groups : undefined;
        if (groups) {
          const parameters = Object.entries(groups).map(([key, value]) => [key, decodeURIComponent(value)]);
          return { name: entry.name, parameters: Object.fromEntries(parameters) };
        }
      }
      return undefined;
    },
    requestProblems: (route, query, body) => {
      const { parameters = [], requestBody } = operation(route.name);
      const declared = parameters.map((entry) => deref<Parameter>(entry));
      const problems: string[] = [];
      for (const [name, value] of [...Object.entries(route.parameters), ...query]) {
        const parameter = declared.find((entry) => entry.name === name && entry.in !== 'header');
        if (!parameter) {
          problems.push(`no parameter is named ${name}`);
          continue;
        }
        const key = `${route.name} ${name}`;
        problems.push(
          ...check(key, parameter.schema, typed(value, parameter.schema, resolve)).map(
            (problem) => `${name}=${value}: ${problem}`,
          ),
        );
      }
      const missing = declared.filter((entry) => entry.in === 'query' && entry.required);
      problems.push(
        ...missing.filter((entry) => !query.has(entry.name)).map((entry) => `${entry.name} is missing`),
      );
      const schema = requestBody?.content['application/json']?.schema;
      if (schema && (body !== undefined || requestBody?.required)) {
        problems.push(...check(`${route.name} body`, schema, body));
      } else if (!schema && body !== undefined) {
        problems.push('this operation takes no body');
      }
      return problems;
    },
    complete: (route, status, body) => fill(schemaOf(route, status), body, resolve),
    responseProblems: (route, status, body) => {
      const declared = operation(route).responses[String(status)];
      if (!declared && !ANY_OPERATION.includes(status)) {
        return [`${route} never answers ${status}`];
      }
      const schema = schemaOf(route, status) ?? (status >= 400 ? basicError : undefined);
      if (!schema) {
        return body === undefined ? [] : [`${route} answers ${status} without a body`];
      }
      return check(`${route} ${status}`, schema, body);
    },
  };
}

const basicError: Schema = {
  type: 'object',
  properties: { message: { type: 'string' }, documentation_url: { type: 'string' } },
  required: ['message'],
};

const formats = {
  uri: (text: string) => URL.canParse(text),
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^[^@\s]+@[^@\s]+$/,
  int64: true,
  timestamp: true,
  'repo.nwo': true,
} as const;

/** References of one operation's schema point into the components that are registered as `github`. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(absolute);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === '$ref' && typeof entry === 'string' && entry.startsWith('#')
        ? `github${entry}`
        : absolute(entry),
    ]),
  );
}

function typed(value: string, schema: Schema, resolve: (ref: string) => Schema): unknown {
  const known = typeof schema.$ref === 'string' ? resolve(schema.$ref) : schema;
  if ((known.type === 'integer' || known.type === 'number') && /^-?\d+$/.test(value)) {
    return Number(value);
  }
  if (known.type === 'boolean' && (value === 'true' || value === 'false')) {
    return value === 'true';
  }
  return value;
}

/** `{path}` of contents and `{ref}` of git take slashes; every other parameter is one segment. */
function pattern(method: string, template: string): { name: string; method: string; expression: RegExp } {
  const source = template.replace(/\{(\w+)\}/g, (_match, name: string) =>
    name === 'path' || name === 'ref' ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  return { name: `${method} ${template}`, method, expression: new RegExp(`^${source}/?$`) };
}
