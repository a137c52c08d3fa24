import { runAction } from '@golden-image/action-kit';
import { UserError } from '@golden-image/host';
import { definition } from './definition.ts';
import { runRelease } from './release.ts';
import { runAudit, runProvision } from './repository.ts';

await runAction(definition, (inputs, ports) => {
  switch (inputs.mode) {
    case 'release':
      return runRelease(inputs, ports);
    case 'provision':
      return runProvision(inputs, ports);
    case 'audit':
      return runAudit(inputs, ports);
    case 'merge':
      throw new UserError(`The mode ${inputs.mode} is not implemented yet`, {
        code: 'not-implemented-yet',
        fix: 'Use another mode; merge comes with a later version of gate-approval (issue 8).',
      });
  }
});
