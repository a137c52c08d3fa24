import { runAction, toolCache } from '@golden-image/action-kit';
import { verifyMedium } from '@golden-image/media';
import { definition } from './definition.ts';
import { summary } from './summary.ts';

await runAction(definition, async (inputs, ports) => {
  const verified = await verifyMedium(
    {
      source: inputs.source,
      checksum: inputs.checksum,
      checksumFile: inputs['checksum-file'],
      signature: inputs.signature,
      vendor: inputs.vendor,
      keyring: inputs.keyring,
      fingerprints: inputs.fingerprints,
      filename: inputs.filename,
      mirrors: inputs.mirrors,
      output: inputs.output,
      cache: inputs.cache ? toolCache('golden-image-medium') : undefined,
      expectDistribution: inputs['expect-distribution'],
      expectVersion: inputs['expect-version'],
      expectArchitecture: inputs['expect-architecture'],
      strictExpiry: inputs['strict-expiry'],
      allowUnsigned: inputs['allow-unsigned'],
      retries: inputs.retries,
      timeout: inputs.timeout,
    },
    ports,
  );
  const { medium, signer } = verified;
  return {
    outputs: {
      path: verified.path,
      sha256: verified.sha256,
      size: verified.size,
      'cache-hit': verified.cacheHit,
      trust: verified.trust,
      'signed-by': signer?.fingerprint,
      'volume-id': medium.volumeId,
      distribution: medium.distribution,
      version: medium.version,
      architecture: medium.architecture,
      statement: verified.statement,
    },
    summary: summary(verified),
  };
});
