/** An action for the tests of `runAction`: what it does is chosen by its inputs. */
import { UserError } from '@golden-image/host';
import { choice, defineAction, flag, runAction, secret } from '../src/index.ts';

const definition = defineAction({
  name: 'sample',
  title: 'Sample',
  description: 'For tests',
  branding: { icon: 'disc', color: 'blue' },
  inputs: {
    behaviour: choice(['succeed', 'refuse', 'user-error', 'bug', 'tool', 'wait', 'need-tool', 'who'], {
      description: 'What to do',
      required: true,
    }),
    key: secret({ description: 'A key' }),
    'install-tools': flag({ description: 'Install', default: 'false' }),
  },
  outputs: { path: 'Where', empty: 'Nothing' },
  root: process.env.SAMPLE_ROOT === 'true',
});

await runAction(definition, async (inputs, ports) => {
  switch (inputs.behaviour) {
    case 'user-error':
      throw new UserError('The list is unsigned', {
        code: 'unsigned',
        fix: 'Sign it.',
        detail: '::error::from a server',
      });
    case 'bug':
      throw new TypeError('x is undefined');
    case 'who':
      ports.log.info(`user ${process.getuid?.()}, key ${inputs.key}`);
      break;
    case 'tool':
      await ports.exec({ command: 'sh', args: ['-c', 'echo "::error::tool" >&2; exit 9'] });
      break;
    case 'wait':
      ports.log.info('waiting');
      await ports.exec({ command: 'sleep', args: ['60'] }).catch((cause: unknown) => {
        // As code does that takes every failure for its own.
        throw new UserError('There is no sleep', { code: 'no-sleep', fix: 'Rest.', cause });
      });
      break;
    case 'need-tool':
      await ports.tools.ensure([
        { command: 'sh', package: 'dash' },
        { command: 'no-such-tool', package: 'no-such-package' },
      ]);
      break;
  }
  return {
    outputs: { path: `/tmp/${inputs.key ?? 'x'}\nsecond line`, empty: undefined },
    summary: '## Sample\n',
    ...(inputs.behaviour === 'refuse' ? { failure: 'Refused:\nno approval' } : {}),
  };
});
