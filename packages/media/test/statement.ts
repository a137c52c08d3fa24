import { type Statement, statementSchema } from '@golden-image/evidence';

export { digestSet } from '@golden-image/evidence';

/** A statement from its text, checked by the schema that its readers use. */
export function readStatementText(text: string): Statement {
  return statementSchema.parse(JSON.parse(text));
}
