import type { Handlers } from '../handler.ts';
import { actionsHandlers } from './actions.ts';
import { environmentHandlers } from './environments.ts';
import { peopleHandlers } from './people.ts';
import { pullHandlers } from './pulls.ts';
import { repositoryHandlers } from './repository.ts';
import { ruleHandlers } from './rules.ts';

/** One handler for each operation of `operations.ts`. */
export const handlers: Handlers = {
  ...repositoryHandlers,
  ...pullHandlers,
  ...peopleHandlers,
  ...ruleHandlers,
  ...environmentHandlers,
  ...actionsHandlers,
};
