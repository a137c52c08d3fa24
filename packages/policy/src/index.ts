export { type CollectRequest, collectReleaseFacts } from './collect-release.ts';
export { decideRelease } from './decide-release.ts';
export type { Decision, Finding } from './decision.ts';
export { type Fact, type Facts, parseFacts } from './facts.ts';
export { parsePolicy } from './policy-file.ts';
export type { Policy, ReleasePolicy } from './policy-schema.ts';
export { decideOnRelease, type ReleaseOutcome, type ReleaseRequest } from './release.ts';
export type { ReleaseTable } from './release-table.ts';
