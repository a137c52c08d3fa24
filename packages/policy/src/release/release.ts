import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Signer, signStatementBundle, stableJson } from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import type { Decision } from '../decision/decision.ts';
import { publishDecision, readInput } from '../decision/publish.ts';
import { type Facts, factsOf, parseFacts } from '../facts/facts.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import { type CollectRequest, collectReleaseFacts } from './collect-release.ts';
import { decideRelease } from './decide-release.ts';
import { type ReleaseTable, releaseTable } from './release-table.ts';
import { verificationSummary } from './vsa.ts';

export interface ReleaseRequest extends CollectRequest {
  /** Path of the policy file. */
  readonly policy: string;
  /** Saved facts to decide on instead of observing: nothing but the decision comes of it. */
  readonly replay: string | undefined;
  /** Signs the verification summary; without one it is written as unsigned. */
  readonly signer: Signer | undefined;
  /** Where facts, report and summary go; default: `release` in the image folder. */
  readonly output: string;
}

export interface ReleaseOutcome {
  readonly decision: Decision;
  readonly facts: Facts;
  readonly table: ReleaseTable;
  readonly replayed: boolean;
  /** Paths of what was written; `vsa` only for an approval whose policy emits one. */
  readonly files: { readonly facts: string; readonly report: string; readonly vsa: string | undefined };
}

/**
 * Decides on the release of an image and writes `facts.json`, `report.md` and, after an approval, the verification
 * summary. What an earlier run wrote there is replaced, so that no old approval stays.
 *
 * @param report the text of `report.md`
 * @throws UserError `invalid-policy`, `policy-incomplete`, `policy-not-found`, `invalid-facts`
 */
export async function decideOnRelease(
  request: ReleaseRequest,
  report: (outcome: Omit<ReleaseOutcome, 'files'>) => string,
  ports: Pick<Ports, 'exec' | 'log' | 'signal' | 'clock'>,
): Promise<ReleaseOutcome> {
  const policyText = await readInput(request.policy, 'policy');
  const policy = parsePolicy(policyText, path.basename(request.policy));
  const { release } = policy;
  if (!release) {
    throw new UserError(`The policy ${request.policy} has no section release`, {
      code: 'policy-incomplete',
      fix: 'Say under `release: require:` which statements a release needs.',
    });
  }
  const isReplay = request.replay !== undefined;
  const facts =
    request.replay === undefined
      ? await collectReleaseFacts(request, policy, ports)
      : replayed(await readInput(request.replay, 'facts'), request.replay);
  const decision = decideRelease({ ...policy, release }, facts);
  const result = { decision, facts, table: releaseTable(facts), replayed: isReplay };
  const files = await publishDecision(request.output, facts, report(result), async (folder) => {
    const emits = release.emit === 'vsa' && decision.decision === 'approved' && !isReplay;
    return emits ? writeVsa(request, facts, policyText, folder) : undefined;
  });
  const vsa = files.more === undefined ? undefined : path.join(request.output, files.more);
  return { ...result, files: { facts: files.facts, report: files.report, vsa } };
}

/** @throws UserError `invalid-facts` also for the facts of a merge */
function replayed(text: string, file: string): Facts {
  const facts = parseFacts(text, file);
  if (facts.mode !== 'release') {
    throw new UserError(`${file} holds the facts of a ${facts.mode}, not of a release`, {
      code: 'invalid-facts',
      fix: `Replay them with mode: ${facts.mode}.`,
    });
  }
  return facts;
}

/** Writes the summary into `folder` and returns its name: an unsigned one is named so. */
async function writeVsa(
  request: ReleaseRequest,
  facts: Facts,
  policyText: string,
  folder: string,
): Promise<string> {
  const image = factsOf(facts, 'image')[0]?.value;
  const sha256 = factsOf(facts, 'disk')[0]?.value?.sha256;
  if (!image || !sha256) {
    throw new UserError('An approval without an image', { code: 'no-image' });
  }
  const statement = verificationSummary({
    disk: { name: image.disk, sha256 },
    resourceUri: `pkg:generic/${encodeURIComponent(image.name)}@${encodeURIComponent(image.version)}`,
    policy: { uri: path.basename(request.policy), sha256: digest(policyText) },
    inputs: await bundles(path.join(request.image, 'signatures')),
    timeVerified: facts.time,
    hasProvenance: factsOf(facts, 'statement').some(
      (fact) => fact.value?.predicateType.startsWith('https://slsa.dev/provenance/') ?? false,
    ),
  });
  const text = stableJson(statement);
  if (!request.signer) {
    await writeFile(path.join(folder, 'vsa.unsigned.json'), text);
    return 'vsa.unsigned.json';
  }
  const name = 'vsa.intoto.sigstore.json';
  await writeFile(path.join(folder, name), await signStatementBundle(request.signer, Buffer.from(text)));
  return name;
}

async function bundles(folder: string): Promise<readonly { uri: string; sha256: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.intoto.sigstore.json')).sort();
  return Promise.all(
    names.map(async (name) => ({
      uri: `signatures/${name}`,
      sha256: digest(await readFile(path.join(folder, name))),
    })),
  );
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
