export type { Decision, Finding } from './decision/decision.ts';
export type { LineRange } from './facts/change.ts';
export { type Fact, type FactOf, type Facts, factsOf, parseFacts } from './facts/facts.ts';
export { type Known, known } from './facts/known.ts';
export type { Commit, Person, Push, Review } from './facts/people.ts';
export { decideMerge } from './merge/decide-merge.ts';
export {
  decideOnMerge,
  type MergeOutcome,
  type MergeRequest,
  type ObserveChange,
  replayMerge,
} from './merge/merge.ts';
export { type OwnerLine, ownersOf, ownerTeams, parseCodeOwners } from './policy/code-owners.ts';
export { matchesGlob } from './policy/glob.ts';
export { parsePolicy } from './policy/policy-file.ts';
export type {
  ChangeRule,
  EnvironmentPolicy,
  Policy,
  QualityPolicy,
  ReleasePolicy,
} from './policy/policy-schema.ts';
export { environmentTeams, mergeTeams } from './policy/teams.ts';
export type { ReportInputs } from './quality/collect-reports.ts';
export { type Approval, type ApprovalRequest, checkApproval } from './release/approval.ts';
export { type CollectRequest, collectReleaseFacts } from './release/collect-release.ts';
export { decideRelease } from './release/decide-release.ts';
export { decideOnRelease, type ReleaseOutcome, type ReleaseRequest } from './release/release.ts';
export type { ReleaseTable } from './release/release-table.ts';
export {
  parseVerificationSummary,
  readVerificationSummary,
  type VerificationSummary,
} from './release/vsa.ts';
