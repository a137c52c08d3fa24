import { type ActionOutcome, runAction } from '@golden-image/action-kit';
import { judgeReport, signFolder, verifyFolder } from '@golden-image/evidence';
import { UserError } from '@golden-image/host';
import { readEvidence, readImageFolder } from '@golden-image/image-folder';
import { definition } from './definition.ts';
import { signers, trustedKeys } from './keys.ts';
import { signSummary, verifySummary } from './summary.ts';

await runAction(
  definition,
  async (inputs, ports): Promise<ActionOutcome<keyof typeof definition.outputs>> => {
    const { folder, descriptor } = await readImageFolder(inputs.image);
    const title = `${descriptor.name} ${descriptor.version}`;
    const disk = descriptor.disk.file;
    const none = { checksums: '', signatures: '', bundles: '', attestations: '', 'public-keys': '' };

    if (inputs.mode === 'verify') {
      const keys = await trustedKeys(inputs);
      if (!inputs['public-key']) {
        throw new UserError('Verifying needs public-key', {
          code: 'key-missing',
          fix: 'Pass the public keys of the image maintainers, got from elsewhere than the image itself.',
        });
      }
      const report = await verifyFolder({ folder, disk, ...keys }, ports);
      const proof = judgeReport(report, { disk, ...keys });
      const wrong =
        inputs['expected-sha256'] && proof.sha256 !== inputs['expected-sha256'].toLowerCase()
          ? [`${disk} is sha256:${proof.sha256}, expected sha256:${inputs['expected-sha256']}`]
          : [];
      const problems = [...wrong, ...proof.problems];
      return {
        outputs: { ...none, sha256: proof.sha256, methods: methods(proof.provenBy), 'verify-commands': '' },
        summary: verifySummary(title, report, proof, problems),
        ...(problems.length > 0 ? { failure: `${title} is not proven: ${problems.join('; ')}` } : {}),
      };
    }

    const evidence = await readEvidence(folder);
    const result = await signFolder(
      {
        folder,
        title,
        disk,
        describedSha256: descriptor.disk.sha256,
        expectedSha256: inputs['expected-sha256']?.toLowerCase(),
        requireMedium: descriptor.class === 'stock',
        evidence: inputs.evidence ?? evidence.map(({ name }) => name),
        ...(await signers(inputs, ports)),
      },
      ports,
    );
    const paths = (names: readonly string[]): string => names.map((name) => `${folder}/${name}`).join('\n');
    return {
      outputs: {
        sha256: result.sha256,
        checksums: paths(result.checksums),
        signatures: paths(result.signatures),
        bundles: paths(result.bundles),
        attestations: paths(result.attestations),
        methods: methods(result.provenBy),
        'public-keys': `${folder}/${result.publicKeys}`,
        'verify-commands': `${folder}/VERIFY.md`,
      },
      summary: signSummary(title, result),
    };
  },
);

function methods(provenBy: readonly { readonly method: string }[]): string {
  return provenBy
    .map(({ method }) => (method === 'sigstore' ? 'sigstore (key)' : method))
    .sort()
    .join(', ');
}
