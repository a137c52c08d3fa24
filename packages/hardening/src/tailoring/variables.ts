import { UserError } from '@golden-image/host';

/**
 * `name=value` lines; empty lines and those that begin with `#` are left out.
 *
 * @throws UserError `invalid-variables`
 */
export function parseVariables(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split('\n').map((part) => part.trim())) {
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    const [, name, value] = /^([A-Za-z][\w.-]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined || variables.has(name)) {
      throw new UserError(`The variables have the line ${JSON.stringify(line.slice(0, 80))}`, {
        code: 'invalid-variables',
        fix: 'One name=value a line, each name once, e.g. var_accounts_tmout=600.',
      });
    }
    variables.set(name, value);
  }
  return variables;
}
