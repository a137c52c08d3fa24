export {
  type ComplianceRequest,
  type ComplianceResult,
  checkCompliance,
  splitProfiles,
} from './booted/compliance.ts';
export type { GuestCommand, GuestShell } from './booted/guest-shell.ts';
export { type Difference, type MergedRule, type MergedScan, mergeScans } from './booted/merge.ts';
export { type BootedScan, scanBooted } from './booted/scan-booted.ts';
export { readDatastream } from './content/datastream.ts';
export { CONTENT_TOOLS, fetchDebianPackages } from './content/debian-packages.ts';
export { findRelease, RELEASES, type ReleaseContent } from './content/table.ts';
export { type HardenResult, harden } from './harden.ts';
export { fixedRules, type HardeningOutcome, inWords, remainingRules, waivedRules } from './outcome.ts';
export type { PlannedFile, PlannedFix } from './plan/preview.ts';
export type { HardenRequest } from './request.ts';
export { parseVariables } from './tailoring/variables.ts';
