export type { Case, Need, Suite, Verdict } from './case.ts';
export { CASES } from './cases/index.ts';
export type { ComplianceScan, RootShell } from './compliance.ts';
export { type Expectations, expectationsSchema, parseExpectations } from './expectations.ts';
export type { Compliance } from './observations.ts';
export type { FvtRequest } from './request.ts';
export {
  type CaseResult,
  count,
  type Difference,
  type FirmwareRun,
  type FvtResult,
  type Outcome,
  SEVERITY,
} from './results.ts';
export { type FvtOutcome, runFvt } from './run-fvt.ts';
export { type Shard, shardOf } from './select.ts';
export { publishedSchema } from './user-cases/schema.ts';
