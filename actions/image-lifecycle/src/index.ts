import { runAction } from '@golden-image/action-kit';
import { STORE_TOOLS } from '@golden-image/catalog';
import type { Command, Outputs } from './command.ts';
import { readContext } from './context.ts';
import { definition } from './definition.ts';

type Run = (command: Command) => Promise<Outputs>;

const change = async (): Promise<Run> => (await import('./change-command.ts')).changeCommand;

/** Only the command that runs is loaded. */
const COMMANDS: Readonly<Record<Command['inputs']['command'], () => Promise<Run>>> = {
  publish: change,
  deprecate: change,
  obsolete: change,
  revoke: change,
  restore: change,
  tick: change,
  'check-updates': async () => (await import('./check-command.ts')).checkCommand,
  verify: async () => (await import('./read-commands.ts')).verifyCommand,
  site: async () => (await import('./read-commands.ts')).siteCommand,
  export: async () => (await import('./read-commands.ts')).exportCommand,
};

await runAction(definition, async (inputs, ports) => {
  await ports.tools.ensure(STORE_TOOLS);
  const run = await COMMANDS[inputs.command]();
  return run({ inputs, ports, ...readContext(inputs, process.env, ports), env: process.env });
});
