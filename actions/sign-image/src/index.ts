import { runAction } from '@golden-image/action-kit';
import { readImageSource } from '@golden-image/image-folder';
import { definition } from './definition.ts';

// Only the mode that runs is loaded.
await runAction(definition, async (inputs, ports) => {
  const image = await readImageSource(inputs.image);
  if (inputs.mode === 'verify') {
    const { verify } = await import('./verify.ts');
    return verify(image, inputs, ports);
  }
  const { sign } = await import('./sign.ts');
  return sign(image, inputs, ports);
});
