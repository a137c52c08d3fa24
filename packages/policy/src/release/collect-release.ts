import {
  type Check,
  judgeReport,
  type Method,
  methods,
  type SignedStatement,
  statementFacts,
  type TrustedKeys,
  verifyFolder,
} from '@golden-image/evidence';
import { describeError, type Ports } from '@golden-image/host';
import { type ImageFolder, readImageFolder } from '@golden-image/image-folder';
import { worst } from '../decision/finding.ts';
import type { Fact, Facts } from '../facts/facts.ts';
import type { Policy } from '../policy/policy-schema.ts';

export interface CollectRequest extends TrustedKeys {
  /** The image folder. */
  readonly image: string;
  readonly environment: string | undefined;
  /** Observes what only GitHub knows: the run, the environment, who approved, the history. Absent outside GitHub. */
  readonly deployment?: ((policy: Policy) => Promise<readonly Fact[]>) | undefined;
}

type CollectPorts = Pick<Ports, 'exec' | 'log' | 'signal' | 'clock'>;

/**
 * Observes a signed image folder: hashes every file, checks every list, signature and statement, walks the chain.
 * What is wrong or cannot be observed becomes a fact that says so; nothing is decided here.
 */
export async function collectReleaseFacts(
  request: CollectRequest,
  policy: Policy,
  ports: CollectPorts,
): Promise<Facts> {
  const time = ports.clock.now().toISOString();
  const facts: Fact[] = [...(await deploymentFacts(request, policy, time))];
  try {
    const image = await readImageFolder(request.image);
    facts.push(imageFact(image, time), ...(await folderFacts(request, image, time, ports)));
  } catch (error) {
    ports.signal.throwIfAborted();
    facts.push({
      kind: 'image',
      status: 'fail',
      source: request.image,
      time,
      detail: describeError(error).message,
    });
  }
  const environment = request.environment === undefined ? {} : { environment: request.environment };
  return { version: 1, mode: 'release', time, ...environment, facts };
}

function imageFact({ folder, descriptor }: ImageFolder, time: string): Fact {
  const { name, version, class: imageClass, disk } = descriptor;
  const value = { name, version, class: imageClass, disk: disk.file };
  return { kind: 'image', status: 'pass', source: `${folder}/image.json`, time, value };
}

async function folderFacts(
  request: CollectRequest,
  { folder, descriptor }: ImageFolder,
  time: string,
  ports: CollectPorts,
): Promise<readonly Fact[]> {
  const { publicKey, identity, trustedRoots, openpgpKey, minisignKey } = request;
  const keys = { publicKey, identity, trustedRoots, openpgpKey, minisignKey };
  const disk = descriptor.disk.file;
  const report = await verifyFolder({ folder, disk, ...keys }, ports);
  const proof = judgeReport(report, { disk, ...keys });
  const sha256 = proof.sha256 ?? '';
  const sameDisk = sha256 === descriptor.disk.sha256;
  const lists = report.checks.filter((check) => check.kind === 'checksums');
  const gaps = proof.chain.gaps;
  return [
    {
      kind: 'disk',
      status: sameDisk ? 'pass' : 'fail',
      source: `${folder}/${disk}, hashed`,
      time,
      value: { sha256 },
      ...(sameDisk
        ? {}
        : { detail: `${disk} is sha256:${sha256}, image.json says sha256:${descriptor.disk.sha256}` }),
    },
    { kind: 'checksums', source: `${folder}/signatures`, time, ...verdict(lists) },
    ...methods.map((method) => signatureFact(method, report.checks, proof.provenBy, folder, time)),
    {
      kind: 'inventory',
      status: 'pass',
      source: `${folder}/evidence`,
      time,
      value: report.statements.map(({ name }) => name),
    },
    ...report.statements.map((entry) => statementFact(entry, folder, time)),
    {
      kind: 'chain',
      status: gaps.length === 0 ? 'pass' : 'fail',
      source: `${folder}/signatures`,
      time,
      value: {
        origin: proof.chain.origin,
        digests: proof.chain.links.map((link) => link.artifact.digest.sha256),
      },
      ...(gaps.length === 0 ? {} : { detail: gaps.join('; ') }),
    },
  ];
}

/** All of several checks, with the reason of each that did not pass. */
function verdict(checks: readonly Check[]): Pick<Fact, 'status' | 'detail'> {
  const bad = checks.filter((check) => check.status !== 'pass');
  const detail = bad.map((check) => `${check.file}: ${check.reason}`).join('; ');
  return { status: worst(checks.map(({ status }) => status)), ...(detail === '' ? {} : { detail }) };
}

function signatureFact(
  method: Method,
  checks: readonly Check[],
  provenBy: readonly { readonly method: string; readonly by: string }[],
  folder: string,
  time: string,
): Fact {
  const common = { kind: 'signature', source: `${folder}/signatures`, time, value: { method } } as const;
  const kinds: readonly string[] = method === 'sigstore' ? ['sigstore', 'openssl', 'glance'] : [method];
  const own = checks.filter((check) => kinds.includes(check.kind));
  const proven = provenBy.find((entry) => entry.method === method);
  const judged = verdict(own);
  if (own.length === 0) {
    return { ...common, status: 'unknown', detail: `there is no ${method} signature` };
  }
  if (judged.status === 'pass' && !proven) {
    return { ...common, status: 'fail', detail: `no ${method} signature covers the disk` };
  }
  return { ...common, ...judged, ...(proven && judged.status === 'pass' ? { by: proven.by } : {}) };
}

function statementFact({ name, check, statement }: SignedStatement, folder: string, time: string): Fact {
  const common = { kind: 'statement', name, source: `${folder}/signatures/${check.file}`, time } as const;
  if (check.status !== 'pass' || !statement) {
    return {
      ...common,
      status: check.status === 'unknown' ? 'unknown' : 'fail',
      detail: `${check.file}: ${check.reason ?? 'it cannot be read'}`,
    };
  }
  // Through JSON, so that undefined fields vanish: a replay reads the same value.
  const value = JSON.parse(JSON.stringify(statementFacts(statement)));
  return { ...common, status: 'pass', ...(check.by === undefined ? {} : { by: check.by }), value };
}

/** Who approved a deployment is known to GitHub only. */
async function deploymentFacts(
  request: CollectRequest,
  policy: Policy,
  time: string,
): Promise<readonly Fact[]> {
  if (Object.keys(policy.environments ?? {}).length === 0) {
    return [];
  }
  if (request.deployment) {
    return request.deployment(policy);
  }
  const detail = 'nobody asked GitHub who approved the environment: the gate has no token';
  return [{ kind: 'run', status: 'unknown', source: 'GitHub', time, detail, permission: 'actions: read' }];
}
