import { runAction } from '@golden-image/action-kit';
import { definition } from './definition.ts';
import { runMerge } from './merge.ts';
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
      return runMerge(inputs, ports);
  }
});
