import path from 'node:path';
import { UserError } from '@golden-image/host';
import { stableJson } from './canonical-json.ts';
import type { NamedStatement } from './chain.ts';
import { readSmallFile } from './small-file.ts';
import { type Statement, statementSchema } from './statement.ts';

/** A statement with the bytes that are signed. */
export type SignableStatement = NamedStatement & { readonly bytes: Buffer };

/**
 * Reads statements of `evidence/` as they are, byte for byte.
 *
 * @param names without `.json`
 * @throws UserError `invalid-evidence`
 */
export async function readSignable(
  folder: string,
  names: readonly string[],
): Promise<readonly SignableStatement[]> {
  return Promise.all(
    [...names].sort().map(async (name) => {
      try {
        const bytes = await readSmallFile(path.join(folder, 'evidence', `${name}.json`));
        return { name, bytes, statement: statementSchema.parse(JSON.parse(bytes.toString('utf8'))) };
      } catch (cause) {
        throw new UserError(`evidence/${name}.json is not a readable in-toto statement`, {
          code: 'invalid-evidence',
          fix: 'Run the step that writes it again; do not edit evidence.',
          cause,
        });
      }
    }),
  );
}

/** A statement that was made here. */
export function signable(name: string, statement: Statement): SignableStatement {
  return { name, statement, bytes: Buffer.from(stableJson(statement)) };
}
