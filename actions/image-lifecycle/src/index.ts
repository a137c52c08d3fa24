import { runAction } from '@golden-image/action-kit';
import { STORE_TOOLS } from '@golden-image/catalog';
import { changeCommand } from './change-command.ts';
import { checkCommand } from './check-command.ts';
import { readContext } from './context.ts';
import { definition } from './definition.ts';
import { exportCommand, siteCommand, verifyCommand } from './read-commands.ts';

const COMMANDS = {
  publish: changeCommand,
  deprecate: changeCommand,
  obsolete: changeCommand,
  revoke: changeCommand,
  restore: changeCommand,
  tick: changeCommand,
  'check-updates': checkCommand,
  verify: verifyCommand,
  site: siteCommand,
  export: exportCommand,
} as const;

await runAction(definition, async (inputs, ports) => {
  await ports.tools.ensure(STORE_TOOLS);
  return COMMANDS[inputs.command]({
    inputs,
    ports,
    ...readContext(inputs, process.env, ports),
    env: process.env,
  });
});
