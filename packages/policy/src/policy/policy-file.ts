import { UserError } from '@golden-image/host';
import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Policy, policySchema } from './policy-schema.ts';

/**
 * Parses a policy; every mistake is named with its line and column.
 *
 * @throws UserError `invalid-policy`
 */
export function parsePolicy(text: string, file: string): Policy {
  const lines = new LineCounter();
  // The core schema has no dates and no merge keys; aliases cannot multiply without bound.
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    uniqueKeys: true,
    strict: true,
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const problems = document.errors.map((error) => `${at(error.pos[0])} ${error.message.split('\n')[0]}`);
  if (problems.length === 0) {
    const parsed = policySchema.safeParse(document.toJS({ maxAliasCount: 20 }));
    if (parsed.success) {
      return parsed.data;
    }
    for (const issue of parsed.error.issues) {
      problems.push(...describe(issue, (path) => at(offsetOf(document, path))));
    }
  }
  throw new UserError(
    `The policy ${file} is not valid: ${problems.map((entry) => `${file}:${entry}`).join('; ')}`,
    {
      code: 'invalid-policy',
      fix: 'See docs/verify-an-image.md and examples/debian-13/image-policy.yml for what a policy may say.',
    },
  );
}

/** One issue with its position; unknown keys one by one, each where it stands. */
function describe(issue: z.core.$ZodIssue, at: (path: readonly PropertyKey[]) => string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${at([...issue.path, key])} unknown key ${show([...issue.path, key])}`);
  }
  return [`${at(issue.path)} ${show(issue.path)}: ${issue.message}`];
}

function show(path: readonly PropertyKey[]): string {
  return path.map(String).join('.') || 'the document';
}

/** Where the deepest node that exists on this path begins; for a key, where the key begins. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true) as
      | { items?: readonly { key?: Node & { value?: unknown } }[] }
      | undefined;
    const last = path[length - 1];
    const key = parent?.items?.find((item) => item?.key?.value === last)?.key;
    const node = key ?? (document.getIn(path.slice(0, length), true) as Node | undefined);
    if (node?.range) {
      return node.range[0];
    }
  }
  return document.contents?.range?.[0] ?? 0;
}
