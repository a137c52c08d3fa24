import { runAction } from '@golden-image/action-kit';
import { definition } from './definition.ts';

// Each mode is loaded alone: what one needs (reports, GitHub's client, signatures) the others would start slower for.
await runAction(definition, async (inputs, ports) => {
  switch (inputs.mode) {
    case 'release': {
      const { runRelease } = await import('./release.ts');
      return runRelease(inputs, ports);
    }
    case 'provision': {
      const { runProvision } = await import('./repository.ts');
      return runProvision(inputs, ports);
    }
    case 'audit': {
      const { runAudit } = await import('./repository.ts');
      return runAudit(inputs, ports);
    }
    case 'merge': {
      const { runMerge } = await import('./merge.ts');
      return runMerge(inputs, ports);
    }
  }
});
