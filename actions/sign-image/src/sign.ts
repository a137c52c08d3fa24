import { readAnnotations, type SignRequest, signFolder, uploadAttestations } from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import { type ImageSource, readEvidence } from '@golden-image/image-folder';
import { requiredApproval } from './approval.ts';
import { type Inputs, methodNames, type Outcome, title } from './outcome.ts';
import { signers } from './signers.ts';
import { signSummary } from './summary.ts';

/** Signs the image and says what was written. */
export async function sign(image: ImageSource, inputs: Inputs, ports: Ports): Promise<Outcome> {
  const { folder, name, version } = image;
  const evidence = inputs.evidence ?? (await readEvidence(folder)).map((entry) => entry.name);
  const permit = await requiredApproval(image, inputs, ports);
  const using = await signers(inputs, ports);
  const result = await signFolder(
    {
      ...image,
      title: title(image),
      expectedSha256: inputs['expected-sha256']?.toLowerCase(),
      permit,
      evidence,
      annotations: readAnnotations(inputs.annotations ?? []),
      release: { name, version: version || '0' },
      upload: inputs['upload-attestations'] ? uploader(inputs, using, ports) : undefined,
      ...using,
    },
    ports,
  );
  const paths = (names: readonly (string | undefined)[]): string =>
    names.map((file) => (file === undefined ? '' : `${folder}/${file}`)).join('\n');
  return {
    outputs: {
      sha256: result.sha256,
      checksums: paths(result.checksums),
      signatures: paths(result.signatures),
      bundles: paths(result.bundles),
      attestations: paths(result.attestations),
      'attestation-urls': result.uploaded.join('\n'),
      methods: methodNames(result.provenBy),
      identity: result.identity?.subject,
      issuer: result.identity?.issuer,
      'trusted-root': paths([result.identity?.root]),
      'public-keys': paths([result.publicKeys]),
      'verify-commands': `${folder}/VERIFY.md`,
    },
    summary: signSummary(title(image), result, permit !== undefined),
  };
}

/** Stores statements where `gh attestation verify` looks for them; it believes identities only. */
function uploader(
  inputs: Inputs,
  using: Pick<SignRequest, 'keyless'>,
  ports: Ports,
): NonNullable<SignRequest['upload']> {
  const { GITHUB_REPOSITORY: repository, GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: server } = process.env;
  const token = inputs['github-token'];
  if (!using.keyless) {
    throw new UserError('upload-attestations needs the method sigstore-keyless', {
      code: 'keyless-missing',
      fix: 'Add sigstore-keyless to method: gh attestation verify believes no signatures by a key.',
    });
  }
  if (!repository || !token) {
    throw new UserError('upload-attestations needs a repository on GitHub and github-token', {
      code: 'not-on-github',
      fix: 'Use it in a job on GitHub with attestations: write, or leave it out.',
    });
  }
  const store = { apiUrl: apiUrl ?? 'https://api.github.com', repository, token };
  return async (bundles) => {
    const ids = await uploadAttestations(store, bundles, ports);
    return ids.map((id) => `${server ?? 'https://github.com'}/${repository}/attestations/${id}`);
  };
}
