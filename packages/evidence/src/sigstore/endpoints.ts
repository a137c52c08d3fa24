import { UserError } from '@golden-image/host';
import { type Service, ServiceSelector, SigningConfig } from '@sigstore/protobuf-specs';

/** The services of one sigstore instance. */
export interface SigstoreEndpoints {
  /** For people: `public-good`, `github`, or the host of the certificate authority. */
  readonly name: string;
  /** Certificate authority (Fulcio). */
  readonly fulcio: string;
  /** Transparency log (Rekor) and the major version of its API; none: nothing is published. */
  readonly rekor?: { readonly url: string; readonly version: 1 | 2 };
  /** RFC 3161 timestamp authority. */
  readonly timestampAuthority?: string;
}

/** Source: actions/toolkit, packages/attest/src/endpoints.ts. */
const INSTANCES: Readonly<Record<string, SigstoreEndpoints>> = {
  'public-good': {
    name: 'public-good',
    fulcio: 'https://fulcio.sigstore.dev',
    rekor: { url: 'https://rekor.sigstore.dev', version: 1 },
  },
  github: {
    name: 'github',
    fulcio: 'https://fulcio.githubapp.com',
    timestampAuthority: 'https://timestamp.githubapp.com/api/v1/timestamp',
  },
};

/** What @sigstore/sign speaks. */
const MAX_VERSIONS = { fulcio: 1, rekor: 2, tsa: 1 } as const;

/**
 * Reads the name of a known instance, a private one as `fulcio=URL`, `rekor=URL`, `rekor-v2=URL` and `tsa=URL` (one a
 * line), or a sigstore signing config (v0.2, JSON).
 *
 * @param now the moment for which a signing config's services must be valid
 * @throws UserError `invalid-endpoints`
 */
export function readEndpoints(text: string, now: Date): SigstoreEndpoints {
  const known = INSTANCES[text.trim()];
  if (known) {
    return known;
  }
  return text.trimStart().startsWith('{') ? fromSigningConfig(text, now) : fromLines(text);
}

function fromLines(text: string): SigstoreEndpoints {
  const urls = new Map<string, string>();
  for (const line of text.split(/[\n,]/).map((entry) => entry.trim())) {
    const [, name, url] = /^(fulcio|rekor|rekor-v2|tsa)\s*=\s*(\S+)$/.exec(line) ?? [];
    if (line === '') {
      continue;
    }
    if (!name || !url || urls.has(name)) {
      throw invalid(`${JSON.stringify(line.slice(0, 80))} is not understood`);
    }
    urls.set(name, serviceUrl(url));
  }
  const rekor = urls.get('rekor');
  const rekorV2 = urls.get('rekor-v2');
  if (rekor && rekorV2) {
    throw invalid('it names two transparency logs');
  }
  return endpoints(
    urls.get('fulcio'),
    rekorV2 ? { url: rekorV2, version: 2 } : rekor ? { url: rekor, version: 1 } : undefined,
    urls.get('tsa'),
  );
}

function fromSigningConfig(text: string, now: Date): SigstoreEndpoints {
  let config: SigningConfig;
  try {
    config = SigningConfig.fromJSON(JSON.parse(text));
  } catch (cause) {
    throw invalid('it is not a sigstore signing config', cause);
  }
  if (!/^application\/vnd\.dev\.sigstore\.signingconfig\.v0\.2\+json$/.test(config.mediaType)) {
    throw invalid(`its media type is ${JSON.stringify(config.mediaType)}, not that of a signing config v0.2`);
  }
  const selectors = [config.rekorTlogConfig?.selector, config.tsaConfig?.selector];
  if (selectors.some((selector) => selector !== undefined && selector !== ServiceSelector.ANY)) {
    throw invalid('it asks for several services of a kind at once (selector ALL or EXACT)');
  }
  const rekor = newest(config.rekorTlogUrls, MAX_VERSIONS.rekor, now);
  return endpoints(
    newest(config.caUrls, MAX_VERSIONS.fulcio, now)?.url,
    rekor && { url: serviceUrl(rekor.url), version: rekor.majorApiVersion === 2 ? 2 : 1 },
    newest(config.tsaUrls, MAX_VERSIONS.tsa, now)?.url,
  );
}

function endpoints(
  fulcio: string | undefined,
  rekor: SigstoreEndpoints['rekor'],
  timestampAuthority: string | undefined,
): SigstoreEndpoints {
  if (!fulcio) {
    throw invalid('it names no certificate authority (fulcio)');
  }
  if (!rekor && !timestampAuthority) {
    throw invalid(
      'it names neither a transparency log nor a timestamp authority: nothing would prove the time',
    );
  }
  return {
    name: new URL(serviceUrl(fulcio)).host,
    fulcio: serviceUrl(fulcio),
    ...(rekor ? { rekor } : {}),
    ...(timestampAuthority ? { timestampAuthority: serviceUrl(timestampAuthority) } : {}),
  };
}

/** The service that began last among those that are valid now and speak a version that we speak. */
function newest(services: readonly Service[], maxVersion: number, now: Date): Service | undefined {
  return services
    .filter(({ majorApiVersion, validFor }) => {
      const from = validFor?.start ?? new Date(0);
      return (
        majorApiVersion <= maxVersion && from <= now && (validFor?.end === undefined || now <= validFor.end)
      );
    })
    .sort((a, b) => (b.validFor?.start?.getTime() ?? 0) - (a.validFor?.start?.getTime() ?? 0))[0];
}

/**
 * A service's URL without a slash at its end; HTTPS, or HTTP on this machine.
 *
 * @throws UserError `invalid-endpoints`
 */
export function serviceUrl(text: string): string {
  const url = URL.parse(text);
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(url?.hostname ?? '');
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
    throw invalid(`${JSON.stringify(text.slice(0, 200))} is not an https URL`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('a URL holds a user name or password, which would be shown in logs');
  }
  return url.href.replace(/\/$/, '');
}

function invalid(reason: string, cause?: unknown): UserError {
  return new UserError(`The sigstore endpoints cannot be used: ${reason}`, {
    code: 'invalid-endpoints',
    fix: 'Pass public-good, github, lines of fulcio=URL, rekor=URL (or rekor-v2=URL) and tsa=URL, or the path of a signing config.',
    ...(cause === undefined ? {} : { cause }),
  });
}
