import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ASN1Obj } from '@sigstore/core';
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from '@sigstore/mock';
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs';

/** A private sigstore instance on loopback: @sigstore/mock's services behind real HTTP. */
export interface SigstoreServices {
  /** For the input `sigstore-endpoints`. */
  readonly endpoints: string;
  readonly fulcio: string;
  readonly rekor: string;
  readonly tsa: string;
  /** `trusted_root.json` that vouches for all of them. */
  readonly trustedRoot: string;
  /** Bodies that were received, in order, by path. */
  readonly requests: { readonly path: string; readonly body: Buffer }[];
  /** What the services answer to the next requests instead: by path. */
  readonly failures: Map<string, { readonly status: number; readonly body: string; times: number }>;
  close(): Promise<void>;
}

interface ServiceOptions {
  /** What the clock of the timestamp authority and the log shows; default: the real time. */
  readonly clock?: Date;
}

export const IDENTITY =
  'https://github.com/example/images/.github/workflows/golden-image.yml@refs/heads/main';
export const ISSUER = 'https://token.actions.githubusercontent.com';

/** A token as GitHub gives it to a job; its signature is not checked by the mock. */
export function identityToken(claims: Record<string, unknown> = {}): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const all = {
    iss: ISSUER,
    aud: 'sigstore',
    sub: IDENTITY,
    repository: 'example/images',
    ref: 'refs/heads/main',
    ...claims,
  };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(all)}.${Buffer.from('signature').toString('base64url')}`;
}

export async function startSigstore({ clock }: ServiceOptions = {}): Promise<SigstoreServices> {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ctlog = await initializeCTLog(pair(), clock);
  const ca = await initializeCA(pair(), ctlog, clock);
  const tsa = await initializeTSA(pair(), clock);
  // Whole seconds, as sigstore's own authority has them: asn1js writes fractions that @sigstore/core cannot read.
  const wholeSeconds = (): Date => new Date(Math.floor((clock?.getTime() ?? Date.now()) / 1000) * 1000);
  Object.assign(tsa, { getCurrentTime: wholeSeconds });
  const requests: SigstoreServices['requests'] = [];
  const failures: SigstoreServices['failures'] = new Map();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tlog = await initializeTLog(base, pair(), clock);
  const fulcio = fulcioHandler(ca);
  const rekor = rekorHandler({
    ...tlog,
    log: (entry) => tlog.log(canonicalEntry(entry)),
    publicKey: tlog.publicKey,
  });
  const timestamp = tsaHandler(tsa);
  const routes = new Map([
    [fulcio.path, (body: Buffer) => fulcio.fn(body.toString('utf8'))],
    [rekor.path, (body: Buffer) => rekor.fn(body.toString('utf8'))],
    [timestamp.path, (body: Buffer) => timestamp.fn(timestampRequest(body))],
  ]);
  server.on('request', (request, response) => {
    void answer(request, response, { routes, requests, failures });
  });
  const since = { start: new Date(0), end: undefined };
  const key = (rawBytes: Buffer) => ({
    baseUrl: base,
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: { rawBytes, keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256, validFor: since },
    logId: { keyId: createHash('sha256').update(rawBytes).digest() },
    checkpointKeyId: undefined,
    operator: 'test',
  });
  const authority = (...certificates: ArrayBufferView[]) => ({
    subject: { commonName: 'sigstore', organization: 'sigstore.mock' },
    uri: base,
    certChain: { certificates: certificates.map((view) => ({ rawBytes: bytes(view) })) },
    validFor: since,
    operator: 'test',
  });
  const root = TrustedRoot.toJSON({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [key(tlog.publicKey)],
    ctlogs: [key(ctlog.publicKey)],
    certificateAuthorities: [authority(ca.rootCertificate)],
    timestampAuthorities: [authority(tsa.intCertificate, tsa.rootCertificate)],
  });
  return {
    endpoints: `fulcio=${base}\nrekor=${base}\ntsa=${base}`,
    fulcio: base,
    rekor: base,
    tsa: base,
    trustedRoot: `${JSON.stringify(root)}\n`,
    requests,
    failures,
    close: () => closeServer(server),
  };
}

interface Routing extends Pick<SigstoreServices, 'requests' | 'failures'> {
  readonly routes: ReadonlyMap<
    string,
    (body: Buffer) => Promise<{
      statusCode: number;
      response: string | ArrayBufferView;
      contentType?: string | undefined;
    }>
  >;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { routes, requests, failures }: Routing,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const path = request.url ?? '';
  const body = Buffer.concat(chunks);
  requests.push({ path, body });
  const failure = failures.get(path);
  if (failure && failure.times > 0) {
    failure.times -= 1;
    response.writeHead(failure.status, { 'content-type': 'application/json' }).end(failure.body);
    return;
  }
  const route = routes.get(path);
  if (!route || request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  const result = await route(body);
  response.writeHead(result.statusCode, { 'content-type': result.contentType ?? 'text/plain' });
  response.end(typeof result.response === 'string' ? result.response : bytes(result.response));
}

/** Rekor stores a `dsse` entry without the envelope: its hashes and signatures. The mock logs what it gets as it is. */
function canonicalEntry(entry: object): object {
  const { kind, apiVersion, spec } = entry as {
    kind: string;
    apiVersion: string;
    spec: { proposedContent?: { envelope: string; verifiers: string[] } };
  };
  if (kind !== 'dsse' || !spec.proposedContent) {
    return entry;
  }
  const { envelope, verifiers } = spec.proposedContent;
  const { payload, signatures } = JSON.parse(envelope) as {
    payload: string;
    signatures: { sig: string }[];
  };
  const hash = (data: Buffer | string) => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(data).digest('hex'),
  });
  return {
    apiVersion,
    kind,
    spec: {
      envelopeHash: hash(envelope),
      payloadHash: hash(Buffer.from(payload, 'base64')),
      signatures: signatures.map(({ sig }, index) => ({ signature: sig, verifier: verifiers[index] })),
    },
  };
}

/** The mock reads sigstore's JSON form of a request; RFC 3161's is DER: version, {algorithm, hash}, nonce?, certReq?. */
function timestampRequest(body: Buffer): string {
  const [, imprint, ...rest] = ASN1Obj.parseBuffer(bytes(body)).subs;
  const nonce = rest.find((part) => part.tag.isUniversal() && part.tag.number === 2);
  return JSON.stringify({
    artifactHash: imprint?.subs[1]?.value.toString('base64'),
    hashAlgorithm: 'sha256',
    nonce: nonce && Number(nonce.toInteger() % 1_000_000_000n),
    certificates: true,
  });
}

function bytes(view: ArrayBufferView): Buffer<ArrayBuffer> {
  return Buffer.from(Buffer.from(view.buffer, view.byteOffset, view.byteLength));
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
