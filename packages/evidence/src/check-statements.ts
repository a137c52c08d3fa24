import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { verifyStatementBundle } from './bundle.ts';
import { type Check, type CheckContext, outcome } from './check.ts';
import { checkBundle, signedBy } from './check-bundle.ts';
import { signatureFiles, statementName } from './signature-files.ts';
import { readSmallFile } from './small-file.ts';
import { type Statement, statementSchema } from './statement.ts';
import { statementFacts } from './statement-facts.ts';
import { expectedPredicateType } from './statement-names.ts';

/** How far the clocks of two machines may differ, in milliseconds. */
const CLOCK_SKEW_MS = 5 * 60_000;

export interface SignedStatement {
  readonly name: string;
  readonly check: Check;
  /** Only when its signature holds and the evidence file, where there is one, says the same. */
  readonly statement?: Statement;
}

/** Every statement that lies in the folder as evidence or as a bundle. */
export async function checkStatements(context: CheckContext): Promise<readonly SignedStatement[]> {
  const { request, files, ports } = context;
  const folder = path.join(request.folder, 'evidence');
  const evidence = (await readdir(folder).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name));
  const names = new Set([
    ...evidence.map((name) => name.slice(0, -'.json'.length)),
    ...files.map(statementName).filter((name) => name !== undefined),
  ]);
  const statements: SignedStatement[] = [];
  for (const name of [...names].sort()) {
    const file = signatureFiles.statement(name);
    const isEvidence = evidence.includes(`${name}.json`);
    const check = {
      kind: 'statement',
      file,
      subject: isEvidence ? `evidence/${name}.json` : name,
    } as const;
    let statement: Statement | undefined;
    const result = files.includes(file)
      ? await checkBundle(context, check, async (text) => {
          const signed = verifyStatementBundle(text, request);
          if (isEvidence && !signed.payload.equals(await readSmallFile(path.join(folder, `${name}.json`)))) {
            throw new UserError(`evidence/${name}.json is not what was signed`, { code: 'digest-mismatch' });
          }
          statement = readSigned(name, signed.payload, ports.clock.now());
          return signedBy(signed);
        })
      : await outcome(check, async () => {
          throw new UserError(`evidence/${name}.json is not signed`, { code: 'unsigned' });
        });
    statements.push({ name, check: result, ...(statement ? { statement } : {}) });
  }
  return statements;
}

/** The statement in a payload whose signature holds: of the type that its name stands for, and not from the future. */
function readSigned(name: string, payload: Buffer, now: Date): Statement {
  const statement = statementSchema.parse(JSON.parse(payload.toString('utf8')));
  const expected = expectedPredicateType(name);
  if (expected !== undefined && statement.predicateType !== expected) {
    throw new UserError(`${name} holds a predicate of type ${statement.predicateType}, not ${expected}`, {
      code: 'wrong-predicate-type',
    });
  }
  const { finishedOn } = statementFacts(statement);
  if (finishedOn !== undefined && Date.parse(finishedOn) > now.getTime() + CLOCK_SKEW_MS) {
    throw new UserError(`${name} tells of work that ends in the future, on ${finishedOn}`, {
      code: 'future-statement',
    });
  }
  return statement;
}
