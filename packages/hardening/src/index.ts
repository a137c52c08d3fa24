export { CONTENT_TOOLS } from './content/debian-packages.ts';
export { RELEASES, type ReleaseContent } from './content/table.ts';
export { type HardenRequest, type HardenResult, harden } from './harden.ts';
export { fixedRules, type HardeningOutcome, remainingRules, waivedRules } from './outcome.ts';
