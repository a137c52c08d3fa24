import { runAction } from '@golden-image/action-kit';
import { EXPORT_FORMATS, exportImage } from '@golden-image/image';
import { definition } from './definition.ts';
import { summary } from './summary.ts';

await runAction(definition, async (inputs, ports) => {
  const { GITHUB_SERVER_URL: server, GITHUB_WORKFLOW_REF: workflow } = process.env;
  const result = await exportImage(
    {
      image: inputs.image,
      formats: EXPORT_FORMATS.filter((format) => inputs.formats.includes(format)),
      epoch: inputs['source-date-epoch'],
      builderId: server && workflow ? `${server}/${workflow}` : 'urn:golden-image:local',
    },
    ports,
  );
  return {
    outputs: {
      files: result.files.map(({ file }) => file).join('\n'),
      statement: result.statement,
    },
    summary: summary(result),
  };
});
