import path from 'node:path';
import type { ReplacedAction } from './replaced-action.ts';

const MAJOR = process.versions.node.split('.')[0] ?? '';

/** Puts the Node that runs this program first on the steps' PATH. */
export const setupNode: ReplacedAction = {
  inputs: ['node-version'],
  ignored: ['cache', 'package-manager-cache', 'check-latest', 'token', 'cache-dependency-path'],
  refuse: (input, value) =>
    input !== 'node-version' || value === '' || new RegExp(`^[v^~]*${MAJOR}(\\.|$)`).test(value)
      ? undefined
      : `Node ${value} is not here: the local runner offers the Node that runs it, ${process.versions.node}`,
  run: async (_inputs, step) => {
    step.job.path.unshift(path.dirname(process.execPath));
    step.outputs['node-version'] = process.version;
    step.output.line(`Node ${process.version}`);
    return true;
  },
};
