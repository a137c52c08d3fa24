import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { parse } from 'yaml';
import type { Case } from '../case.ts';
import { caseOf, programCase } from './case.ts';
import { programHeaderSchema, userCaseFileSchema } from './schema.ts';

/** Larger files are no cases. */
const MAX_BYTES = 256 * 1024;
const MAX_FILES = 1_000;

/**
 * Reads a folder of users' own cases: `*.yml` and `*.yaml` files, and programs (`#!`) with a header between two lines
 * `# ---`. Other files are refused, but for `README*` and those that begin with a dot.
 *
 * @param taken ids that cannot be used again
 * @throws UserError `invalid-user-case` naming the file and what is wrong with it
 */
export async function readUserCases(folder: string, taken: readonly string[]): Promise<readonly Case[]> {
  const names = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw invalid(folder, 'the folder cannot be read', cause);
  });
  const cases: Case[] = [];
  const seen = new Map<string, string>(taken.map((id) => [id, 'the catalogue']));
  for (const name of names.sort()) {
    for (const item of await readFileOf(folder, name)) {
      const before = seen.get(item.id);
      if (before !== undefined) {
        throw invalid(name, `a case named ${item.id} is in ${before} already`);
      }
      seen.set(item.id, name);
      cases.push(item);
    }
  }
  if (cases.length === 0 || names.length > MAX_FILES) {
    throw invalid(folder, cases.length === 0 ? 'there is no case in it' : `more than ${MAX_FILES} files`);
  }
  return cases;
}

async function readFileOf(folder: string, name: string): Promise<readonly Case[]> {
  const file = path.join(folder, name);
  const found = await lstat(file);
  const plain = path.basename(name);
  if (
    found.isDirectory() ||
    name.split(path.sep).some((part) => part.startsWith('.')) ||
    /^README/i.test(plain)
  ) {
    return [];
  }
  if (!found.isFile() || found.size > MAX_BYTES) {
    throw invalid(
      name,
      found.isFile() ? `it has more than ${MAX_BYTES / 1024} KiB` : 'it is no regular file',
    );
  }
  const text = await readFile(file, 'utf8');
  if (/\.ya?ml$/.test(plain)) {
    return yamlCases(name, text);
  }
  if (text.startsWith('#!')) {
    return [programCase(parseHeader(name, text), text)];
  }
  throw invalid(name, 'it is neither YAML (*.yml) nor a program (#!)');
}

function yamlCases(name: string, text: string): readonly Case[] {
  const parsed = userCaseFileSchema.safeParse(yaml(name, text));
  if (!parsed.success) {
    throw invalid(name, problemsOf(parsed.error.issues));
  }
  return ('cases' in parsed.data ? parsed.data.cases : [parsed.data]).map(caseOf);
}

function parseHeader(name: string, text: string): ReturnType<typeof programHeaderSchema.parse> {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => /^#\s*---\s*$/.test(line));
  const end = lines.findIndex((line, index) => index > begin && /^#\s*---\s*$/.test(line));
  const header = lines.slice(begin + 1, end);
  if (begin < 0 || end < 0 || header.some((line) => !line.startsWith('#'))) {
    throw invalid(name, 'it has no header: YAML in comments between two lines "# ---"');
  }
  const parsed = programHeaderSchema.safeParse(
    yaml(name, header.map((line) => line.replace(/^# ?/, '')).join('\n')),
  );
  if (!parsed.success) {
    throw invalid(name, problemsOf(parsed.error.issues));
  }
  return parsed.data;
}

function yaml(name: string, text: string): unknown {
  try {
    return parse(text, { uniqueKeys: true, strict: true, maxAliasCount: 100 });
  } catch (cause) {
    throw invalid(name, cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause), cause);
  }
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** A union says why none of its forms fits: the form with the fewest faults is the one that was meant. */
function problemsOf(issues: readonly Issue[]): string {
  return issues
    .flatMap((issue) => {
      const forms = (issue.errors ?? []).filter((form) => form.length > 0);
      const meant = [...forms].sort((a, b) => a.length - b.length)[0];
      return meant ?? [issue];
    })
    .map((issue) => `${issue.path.map(String).join('.') || '(top)'}: ${issue.message}`)
    .join('; ');
}

function invalid(where: string, why: string, cause?: unknown): UserError {
  return new UserError(`The user case ${where} is not valid: ${why}`, {
    code: 'invalid-user-case',
    fix: 'See packages/fvt/schema/user-cases.schema.json and the examples in actions/run-fvt/README.md.',
    ...(cause === undefined ? {} : { cause }),
  });
}
