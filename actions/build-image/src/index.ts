import { homedir } from 'node:os';
import path from 'node:path';
import { runAction } from '@golden-image/action-kit';
import { buildImage } from '@golden-image/image';
import { definition } from './definition.ts';
import { summary } from './summary.ts';

await runAction(definition, async (inputs, ports) => {
  const userCache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const cacheFolder = inputs['cache-dir'] ?? path.join(userCache, 'golden-image/build');
  const { GITHUB_SERVER_URL: server, GITHUB_WORKFLOW_REF: workflow, ImageOS, ImageVersion } = process.env;
  const result = await buildImage(
    {
      definition: inputs.definition,
      version: inputs.version,
      medium: inputs.medium,
      mediumStatement: inputs['medium-statement'],
      output: inputs.output,
      cacheFolder: inputs.cache ? cacheFolder : undefined,
      sourceDateEpoch: inputs['source-date-epoch'],
      allowOutdatedHost: inputs['allow-outdated-host'],
      runnerImage: ImageOS ? `${ImageOS} ${ImageVersion ?? ''}`.trim() : undefined,
      builderId: server && workflow ? `${server}/${workflow}` : 'urn:golden-image:local',
    },
    ports,
  );
  return {
    outputs: {
      image: result.folder,
      disk: result.disk,
      sha256: result.descriptor.disk.sha256,
      size: result.descriptor.disk.size,
      sbom: result.sbom,
      'package-count': result.packageCount,
      'cache-hit': result.cacheHit,
      statement: result.statement,
    },
    summary: summary(result),
  };
});
