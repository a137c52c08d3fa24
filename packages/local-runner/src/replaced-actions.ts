import { downloadArtifact, uploadArtifact } from './artifacts.ts';
import { cache, restoreCache, saveCache } from './cache.ts';
import { checkout } from './checkout.ts';
import type { ReplacedAction } from './replaced-action.ts';
import { setupNode } from './setup-node.ts';

/** Actions of GitHub that need GitHub's services, and what they do here. */
export const replacedActions: Readonly<Record<string, ReplacedAction>> = {
  'actions/checkout': checkout,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
  'actions/cache': cache,
  'actions/cache/restore': restoreCache,
  'actions/cache/save': saveCache,
  'actions/setup-node': setupNode,
};
