export { stableJson } from './canonical-json.ts';
export { type Algorithm, digestFile } from './digests.ts';
export {
  createStatement,
  type DigestSet,
  digestSet,
  predicateTypes,
  type ResourceDescriptor,
  resourceDescriptor,
  STATEMENT_TYPE,
  type Statement,
  statementSchema,
  type TestResult,
  testResultPredicate,
} from './statement.ts';
