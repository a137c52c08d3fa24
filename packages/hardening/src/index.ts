export {
  type ComplianceRequest,
  type ComplianceResult,
  checkCompliance,
  splitProfiles,
} from './booted/compliance.ts';
export type { GuestCommand, GuestShell } from './booted/guest-shell.ts';
export { type Difference, type MergedRule, type MergedScan, mergeScans } from './booted/merge.ts';
export { type BootedScan, scanBooted } from './booted/scan-booted.ts';
export { CONTENT_TOOLS } from './content/debian-packages.ts';
export { RELEASES, type ReleaseContent } from './content/table.ts';
export { type HardenRequest, type HardenResult, harden } from './harden.ts';
export { fixedRules, type HardeningOutcome, remainingRules, waivedRules } from './outcome.ts';
