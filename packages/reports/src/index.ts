export type { Coverage } from './coverage/coverage.ts';
export type { Lines } from './coverage/line-hits.ts';
export { FileMatcher } from './coverage/match.ts';
export { type CoverageReport, readCoverage } from './coverage/read-coverage.ts';
export type { Base } from './findings/base.ts';
export type { ByLevel, Level } from './findings/level.ts';
export { type FindingsReport, readBase, readFindings } from './findings/read-findings.ts';
export type { Finding as CodeFinding } from './findings/tally.ts';
export { readTests, type TestReport } from './tests/read-tests.ts';
