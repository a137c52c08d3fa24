import { parseArgs } from 'node:util';
import { UserError } from '@golden-image/host';

export const USAGE = `Runs a workflow file on this machine.

Usage: local-runner <workflow.yml> [options]

  --input NAME=VALUE   an input of workflow_dispatch or workflow_call; may be repeated
  --event FILE         the event's payload (JSON)
  --event-name NAME    the event; default workflow_dispatch, or the first of the workflow
  --job NAME           run this job and those that it needs; may be repeated
  --secret NAME        a secret; its value is that of the environment variable NAME
                       (or NAME in capitals with underscores); may be repeated
  --var NAME=VALUE     a configuration variable (vars.NAME); may be repeated
  --out DIR            where artifacts, summary.md and result.json go; default out/<time>, with the link out/latest
  --workspace DIR      where the jobs work; default <out>/work
  --keep-workspace     do not remove the jobs' workspaces
  --debug              show debug output
  --help               show this, and the workflow's inputs

What a workflow needs and the runner has not is refused by name before anything runs.
Exit status: 0 success, 1 failure, 2 wrong usage or something unsupported, 130 cancelled.
`;

export interface Options {
  readonly workflow: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: string | undefined;
  readonly eventName: string | undefined;
  readonly jobs: readonly string[] | undefined;
  readonly secrets: readonly string[];
  readonly vars: Readonly<Record<string, string>>;
  readonly out: string | undefined;
  readonly workspace: string | undefined;
  readonly keepWorkspace: boolean;
  readonly debug: boolean;
}

/** The arguments ask for help, on a workflow when one is named. */
export interface HelpRequest {
  readonly help: string | undefined;
}

/**
 * Reads the arguments.
 *
 * @throws UserError `usage`
 */
export function parseOptions(args: readonly string[]): Options | HelpRequest {
  const { values, positionals } = parse(args);
  const [workflow, ...more] = positionals;
  if (values.help) {
    return { help: workflow };
  }
  if (workflow === undefined || more.length > 0) {
    throw usage(
      workflow === undefined ? 'No workflow file is given' : `One workflow file, not also ${more[0]}`,
    );
  }
  return {
    workflow,
    inputs: pairs(values.input ?? [], '--input'),
    event: values.event,
    eventName: values['event-name'],
    jobs: values.job,
    secrets: values.secret ?? [],
    vars: pairs(values.var ?? [], '--var'),
    out: values.out,
    workspace: values.workspace,
    keepWorkspace: values['keep-workspace'] ?? false,
    debug: values.debug ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: 'string', multiple: true },
        event: { type: 'string' },
        'event-name': { type: 'string' },
        job: { type: 'string', multiple: true },
        secret: { type: 'string', multiple: true },
        var: { type: 'string', multiple: true },
        out: { type: 'string' },
        workspace: { type: 'string' },
        'keep-workspace': { type: 'boolean' },
        debug: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function pairs(texts: readonly string[], option: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      if (equals <= 0) {
        throw usage(`${option} ${text}: NAME=VALUE is expected`);
      }
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

export function usage(message: string): UserError {
  return new UserError(message, { code: 'usage', fix: 'See local-runner --help.' });
}
