import { runAction } from '@golden-image/action-kit';
import { readImageSource } from '@golden-image/image-folder';
import { definition } from './definition.ts';
import { sign } from './sign.ts';
import { verify } from './verify.ts';

await runAction(definition, async (inputs, ports) => {
  const image = await readImageSource(inputs.image);
  return inputs.mode === 'verify' ? verify(image, inputs, ports) : sign(image, inputs, ports);
});
