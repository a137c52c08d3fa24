export type { Case, Need, Suite, Verdict } from './case.ts';
export { CASES, NOT_RUN_YET } from './cases/index.ts';
export { type Expectations, expectationsSchema, parseExpectations } from './expectations.ts';
export { type CaseResult, count, type FvtResult, type Outcome } from './results.ts';
export { type FvtOutcome, type FvtRequest, runFvt } from './run-fvt.ts';
