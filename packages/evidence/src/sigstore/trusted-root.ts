import { type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import { TrustedRoot } from '@sigstore/protobuf-specs';

const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.trustedroot(\.v0\.[12]\+json|\+json;version=0\.1)$/;

/**
 * Reads a sigstore trusted root (JSON), or several of them, one a line, as `gh attestation trusted-root` prints them.
 *
 * @throws UserError `invalid-trusted-root`
 */
export function readTrustedRoots(text: string): readonly TrustedRoot[] {
  const documents = parseDocuments(text);
  if (documents.length === 0) {
    throw invalid('it is empty');
  }
  return documents.map((document) => {
    let root: TrustedRoot;
    try {
      root = TrustedRoot.fromJSON(document);
    } catch (cause) {
      throw invalid('it is not a sigstore trusted root', cause);
    }
    if (!MEDIA_TYPE.test(root.mediaType)) {
      throw invalid(`its media type is ${JSON.stringify(root.mediaType)}`);
    }
    if (root.certificateAuthorities.length + root.timestampAuthorities.length === 0) {
      throw invalid('it trusts no certificate authority and no timestamp authority');
    }
    return root;
  });
}

/** The text that `readTrustedRoots` reads again, without what cosign 2.5 does not know and therefore refuses. */
export function formatTrustedRoots(roots: readonly TrustedRoot[]): string {
  const known = roots.map((root) => ({
    ...root,
    tlogs: root.tlogs.map(withoutOperator),
    ctlogs: root.ctlogs.map(withoutOperator),
    certificateAuthorities: root.certificateAuthorities.map(withoutOperator),
    timestampAuthorities: root.timestampAuthorities.map(withoutOperator),
  }));
  return known.map((root) => `${JSON.stringify(TrustedRoot.toJSON(root))}\n`).join('');
}

/** Empty fields are left out of the JSON form. */
function withoutOperator<T extends { readonly operator: string }>(instance: T): T {
  return { ...instance, operator: '' };
}

/**
 * The trusted root of the public good instance, through its TUF repository; the one thing here that is fetched.
 *
 * @throws UserError `trusted-root-unavailable`
 */
export async function fetchTrustedRoots(ports: Pick<Ports, 'log'>): Promise<readonly TrustedRoot[]> {
  ports.log.info('Fetch the trusted root of the public good sigstore instance (TUF)');
  // Loaded only when it is needed: an action starts faster without it.
  const { getTrustedRoot } = await import('@sigstore/tuf');
  try {
    return [await withTemporaryFolder('tuf', (cachePath) => getTrustedRoot({ cachePath, timeout: 20_000 }))];
  } catch (cause) {
    throw new UserError('The trusted root of the public good sigstore instance cannot be fetched', {
      code: 'trusted-root-unavailable',
      fix: 'Pass trusted-root: the path of a trusted_root.json, as `cosign trusted-root create` or `gh attestation trusted-root` make it.',
      cause,
    });
  }
}

/** One JSON document, or one a line. */
function parseDocuments(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    try {
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as unknown);
    } catch (cause) {
      throw invalid('it is not JSON', cause);
    }
  }
}

function invalid(reason: string, cause?: unknown): UserError {
  return new UserError(`The trusted root cannot be used: ${reason}`, {
    code: 'invalid-trusted-root',
    fix: 'Pass the path of a trusted_root.json, as `cosign trusted-root create` or `gh attestation trusted-root` make it.',
    ...(cause === undefined ? {} : { cause }),
  });
}
