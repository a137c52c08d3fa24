/**
 * Cuts the part of GitHub's API that the project uses out of GitHub's own descriptions, for the fake server in
 * test/fake-github: the REST operations of `operations.ts`, and the GraphQL types and fields of our queries.
 *
 * Run by hand when an operation or a query is added, or to follow GitHub. Fetches two packages with npm (30 MB).
 *
 *   node scripts/slice-github-api.ts
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  assertValidSchema,
  buildSchema,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { COMMIT_MUTATION } from '../packages/catalog/src/store/commit-mutation.ts';
import { queries } from '../packages/github/src/queries.ts';
import { catalogOperations, operations } from '../test/fake-github/src/operations.ts';

const run = promisify(execFile);
const REST = '@octokit/openapi@23.0.2';
const GRAPHQL = '@octokit/graphql-schema@15.26.1';
const OPERATIONS = Object.keys({ ...operations, ...catalogOperations }).sort();
const fixtures = path.resolve(import.meta.dirname, '../test/fake-github/fixtures');

type Json = Readonly<Record<string, unknown>>;

/** Prose and addresses: a validator does not read them. */
const PROSE = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'callbacks',
  'deprecated',
  'x-github',
  'x-github-breaking-changes',
  'x-octokit',
]);

async function unpack(name: string, file: string, work: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', work, name]);
  await run('tar', ['-xzf', path.join(work, stdout.trim()), '-C', work, `package/${file}`]);
  return readFile(path.join(work, 'package', file), 'utf8');
}

/** Drops prose; names of properties are kept whatever they are. */
function strip(value: unknown, names = false): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => strip(entry));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => names || !PROSE.has(key))
      .map(([key, entry]) => [key, strip(entry, key === 'properties' && !names)]),
  );
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(references);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, entry]) =>
    key === '$ref' && typeof entry === 'string' ? [entry] : references(entry),
  );
}

/** One line for each operation and component, so that a later version shows as a readable diff. */
function sliceRest(text: string): string {
  const description = JSON.parse(text) as {
    paths: Record<string, Record<string, Json>>;
    components: Record<string, Record<string, Json>>;
  };
  const paths: Record<string, Record<string, unknown>> = {};
  const components: Record<string, Record<string, unknown>> = {};
  const queue: string[] = [];
  for (const operation of OPERATIONS) {
    const [method = '', template = ''] = operation.split(' ');
    const found = description.paths[template]?.[method.toLowerCase()];
    if (!found) {
      throw new Error(`GitHub's description has no ${operation}`);
    }
    const slice = strip(found);
    paths[template] = { ...paths[template], [method.toLowerCase()]: slice };
    queue.push(...references(slice));
  }
  for (let reference = queue.pop(); reference; reference = queue.pop()) {
    const [, , kind = '', name = ''] = reference.split('/');
    if (components[kind]?.[name]) {
      continue;
    }
    const slice = strip(description.components[kind]?.[name]);
    components[kind] = { ...components[kind], [name]: slice };
    queue.push(...references(slice));
  }
  const lines = (entries: Record<string, unknown>): string =>
    Object.keys(entries)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${JSON.stringify(entries[key])}`)
      .join(',\n');
  const kinds = Object.keys(components)
    .sort()
    .map((kind) => `${JSON.stringify(kind)}:{\n${lines(components[kind] ?? {})}\n}`);
  return `{"source":${JSON.stringify(REST)},\n"paths":{\n${lines(paths)}\n},\n"components":{\n${kinds.join(',\n')}\n}}\n`;
}

interface Used {
  /** Type to the fields that a query asks for. */
  readonly fields: Map<string, Set<string>>;
  readonly types: Set<string>;
}

function use(schema: GraphQLSchema, document: DocumentNode, used: Used): void {
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: () => {
        const parent = info.getParentType();
        const field = info.getFieldDef();
        const type = info.getType();
        if (!parent || !field || !type || field.name.startsWith('__')) {
          return;
        }
        used.fields.set(parent.name, (used.fields.get(parent.name) ?? new Set()).add(field.name));
        used.types.add(parent.name).add(getNamedType(type).name);
      },
      Argument: () => {
        const type = info.getInputType();
        if (type) {
          useInput(getNamedType(type), used);
        }
      },
    }),
  );
}

/** An input is taken whole, with what it is made of. */
function useInput(type: GraphQLNamedType, used: Used): void {
  if (used.types.has(type.name)) {
    return;
  }
  used.types.add(type.name);
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      useInput(getNamedType(field.type), used);
    }
  }
}

function sliceGraphql(text: string): string {
  // GitHub's own file defines a field twice; our slice is checked below.
  const schema = buildSchema(text, { assumeValidSDL: true });
  // An interface needs a field, also when queries only name the types behind it.
  const used: Used = { fields: new Map([['Node', new Set(['id'])]]), types: new Set() };
  for (const query of [...Object.values(queries), COMMIT_MUTATION]) {
    use(schema, parse(query), used);
  }
  const parts = [`# Cut from ${GRAPHQL} by scripts/slice-github-api.ts.`];
  for (const name of [...used.types].sort()) {
    const type = schema.getType(name);
    if (isObjectType(type) || isInterfaceType(type)) {
      const kept = [...(used.fields.get(name) ?? [])].sort();
      const interfaces = type.getInterfaces().filter((entry) => used.types.has(entry.name));
      // An interface's fields that a query asks for through it belong to every type that has it.
      const inherited = interfaces.flatMap((entry) => [...(used.fields.get(entry.name) ?? [])]);
      const fields = [...new Set([...kept, ...inherited])].sort().map((field) => {
        const definition = type.getFields()[field];
        const args = (definition?.args ?? [])
          .filter((argument) => used.types.has(getNamedType(argument.type).name))
          .map((argument) => `${argument.name}: ${argument.type}`);
        return `  ${field}${args.length > 0 ? `(${args.join(', ')})` : ''}: ${definition?.type}`;
      });
      const head = interfaces.length > 0 ? ` implements ${interfaces.map(String).join(' & ')}` : '';
      parts.push(`${isObjectType(type) ? 'type' : 'interface'} ${name}${head} {\n${fields.join('\n')}\n}`);
    } else if (isUnionType(type)) {
      parts.push(`union ${name} = ${type.getTypes().map(String).join(' | ')}`);
    } else if (isEnumType(type)) {
      const values = type.getValues().map((value) => `  ${value.name}`);
      parts.push(`enum ${name} {\n${values.join('\n')}\n}`);
    } else if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).map((field) => `  ${field.name}: ${field.type}`);
      parts.push(`input ${name} {\n${fields.join('\n')}\n}`);
    } else if (type && !['ID', 'Int', 'String', 'Boolean', 'Float'].includes(name)) {
      parts.push(`scalar ${name}`);
    }
  }
  parts.push(...implementations(schema, used));
  const slice = `${parts.join('\n\n')}\n`;
  assertValidSchema(buildSchema(slice));
  return slice;
}

/** Types behind the interfaces that our queries meet: whoever may be an author or owner, and how a commit is signed. */
function implementations(schema: GraphQLSchema, used: Used): readonly string[] {
  const names = ['Actor', 'GitSignature', 'RepositoryOwner'].filter((name) => used.types.has(name));
  const fieldsOf = new Map<string, Map<string, string>>();
  const interfacesOf = new Map<string, string[]>();
  for (const name of names) {
    const type = schema.getType(name);
    const possible = isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
    for (const implementation of possible.filter((entry) => !used.types.has(entry.name))) {
      const fields = fieldsOf.get(implementation.name) ?? new Map<string, string>();
      for (const field of used.fields.get(name) ?? []) {
        fields.set(field, String(implementation.getFields()[field]?.type));
      }
      fieldsOf.set(implementation.name, fields);
      interfacesOf.set(implementation.name, [...(interfacesOf.get(implementation.name) ?? []), name]);
    }
  }
  return [...fieldsOf].sort().map(([name, fields]) => {
    const lines = [...fields].sort().map(([field, type]) => `  ${field}: ${type}`);
    return `type ${name} implements ${interfacesOf.get(name)?.join(' & ')} {\n${lines.join('\n')}\n}`;
  });
}

const work = await mkdtemp(path.join(tmpdir(), 'github-api-'));
try {
  const rest = sliceRest(await unpack(REST, 'generated/api.github.com.json', work));
  await writeFile(path.join(fixtures, 'rest.json'), rest);
  console.log(`rest.json: ${rest.length} bytes, ${OPERATIONS.length} operations`);
  const graphql = sliceGraphql(await unpack(GRAPHQL, 'schema.graphql', work));
  await writeFile(path.join(fixtures, 'schema.graphql'), graphql);
  console.log(`schema.graphql: ${graphql.length} bytes`);
} finally {
  await rm(work, { recursive: true, force: true });
}
