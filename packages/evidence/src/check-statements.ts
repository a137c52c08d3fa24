import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { verifyStatementBundle } from './bundle.ts';
import { type Check, type CheckContext, missing, outcome, readText, unchecked } from './check.ts';
import { signatureFiles, statementName } from './signature-files.ts';
import { type Statement, statementSchema } from './statement.ts';

export interface SignedStatement {
  readonly name: string;
  readonly check: Check;
  /** Only when its signature holds and the evidence file says the same. */
  readonly statement?: Statement;
}

/** Every statement that lies in the folder as evidence or as a bundle. */
export async function checkStatements({
  request,
  signatures,
  files,
}: CheckContext): Promise<readonly SignedStatement[]> {
  const folder = path.join(request.folder, 'evidence');
  const evidence = (await readdir(folder).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name));
  const names = new Set([
    ...evidence.map((name) => name.slice(0, -'.json'.length)),
    ...files.map(statementName).filter((name) => name !== undefined),
  ]);
  const statements: SignedStatement[] = [];
  for (const name of [...names].sort()) {
    const file = signatureFiles.statement(name);
    const check = { kind: 'statement', file, subject: `evidence/${name}.json` } as const;
    const key = request.publicKey;
    let statement: Statement | undefined;
    const result =
      key || !files.includes(file)
        ? await outcome(check, async () => {
            if (!key || !files.includes(file)) {
              throw new UserError(`evidence/${name}.json is not signed`, { code: 'unsigned' });
            }
            const payload = verifyStatementBundle(await readText(path.join(signatures, file)), key);
            if (
              !payload.equals(await readFile(path.join(folder, `${name}.json`)).catch(() => missing(name)))
            ) {
              throw new UserError(`evidence/${name}.json is not what was signed`, {
                code: 'digest-mismatch',
              });
            }
            statement = statementSchema.parse(JSON.parse(payload.toString('utf8')));
            return `sha256:${key.fingerprint}`;
          })
        : unchecked(check, 'public key');
    statements.push({ name, check: result, ...(statement ? { statement } : {}) });
  }
  return statements;
}
