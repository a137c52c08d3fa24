import { UserError } from '@golden-image/host';
import { explain } from './failure.ts';

/**
 * Turns whatever GitHub refuses into an error that says what, and which permission to grant.
 *
 * @param what what was asked for, e.g. `the rulesets`
 * @param state how things stand now, e.g. `nothing was changed`
 * @throws UserError `github-refused`
 */
export async function orRefused<T>(
  what: string,
  state: string,
  signal: AbortSignal,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof UserError) {
      throw cause;
    }
    const { detail, permission } = explain(cause);
    throw new UserError(`GitHub refused ${what}: ${detail}; ${state}`, {
      code: 'github-refused',
      fix: permission
        ? `Pass as token one that has ${permission}, and run again.`
        : 'Put it right and run again.',
      cause,
    });
  }
}
