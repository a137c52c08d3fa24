import path from 'node:path';
import { UserError } from '@golden-image/host';
import { readAction } from './action-reader.ts';
import { Refusals } from './refusal.ts';
import type { JobState } from './run-state.ts';
import { type Position, showPosition } from './template-walk.ts';
import type { UseReference } from './use-reference.ts';
import type { ActionModel } from './workflow-model.ts';

/**
 * Reads the action that a step uses: `./folder` from the job's workspace, as on GitHub, one named by its repository
 * from the repository itself.
 *
 * @throws UserError `action-not-found` or `workflow-refused`
 */
export async function resolveAction(
  reference: UseReference,
  position: Position,
  job: JobState,
): Promise<ActionModel> {
  if (reference.kind !== 'local' && reference.kind !== 'own') {
    throw new UserError(`${showPosition(position)}: the action is not supported`, {
      code: 'workflow-refused',
    });
  }
  const base = reference.kind === 'local' ? job.workspace : job.run.root;
  const folder = path.resolve(base, reference.path);
  const refusals = new Refusals();
  const action = await readAction(folder, reference.path, position, refusals);
  if (!action) {
    refusals.check();
    throw new UserError(`There is no action in ${reference.path}`, { code: 'action-not-found' });
  }
  refusals.check();
  return action;
}
