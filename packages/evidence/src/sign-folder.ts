import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, publishAtomically, UserError } from '@golden-image/host';
import { signDataBundle, signDigestBundle, signStatementBundle } from './bundle.ts';
import { type Chain, determineChain, type NamedStatement } from './chain.ts';
import type { Check } from './check.ts';
import { formatChecksums } from './checksums.ts';
import { digestFolder, type FolderDigests } from './digest-folder.ts';
import { sha256Of } from './file-signature.ts';
import { signGlance } from './glance.ts';
import { signMinisign } from './minisign.ts';
import { signClear, signDetached } from './openpgp.ts';
import { judgeReport } from './proof.ts';
import type { SignRequest, SignResult } from './sign-types.ts';
import { signatureFiles } from './signature-files.ts';
import { SIGNING_TOOLS } from './signer.ts';
import { predicateTypes, statementSchema } from './statement.ts';
import { verifyFolder } from './verify-folder.ts';
import { verifyCommands, verifyGuide } from './verify-guide.ts';

type SignPorts = Pick<Ports, 'exec' | 'log' | 'signal' | 'clock' | 'tools'>;

/**
 * Signs an image folder: checks the chain of evidence, hashes each file once, writes lists, signatures, bundles and
 * VERIFY.md, verifies all of them, and publishes them together.
 *
 * @throws UserError `no-method`, `broken-chain`, `digest-mismatch`, `not-bound`, `file-changed` and those of its parts;
 *   nothing is written then
 */
export async function signFolder(request: SignRequest, ports: SignPorts): Promise<SignResult> {
  if (!request.signer && !request.openpgp && !request.minisign) {
    throw new UserError('There is nothing to sign with', {
      code: 'no-method',
      fix: 'Pass at least one key, and name its method.',
    });
  }
  await ports.tools.ensure(SIGNING_TOOLS);
  const statements = await readStatements(request);
  const expected = expectedDigest(request, statements);
  const chain = checkedChain(request, statements, expected);
  const digests = await digestFolder(request.folder, ports, request.minisign ? [request.disk] : []);
  const sha256 = digests.get(request.disk)?.sha256;
  if (sha256 !== expected) {
    throw new UserError(`${request.disk} is sha256:${sha256 ?? '(missing)'}, expected sha256:${expected}`, {
      code: 'digest-mismatch',
      fix: 'This is not the disk that was tested: run the steps before signing again, or get the image folder again.',
    });
  }
  for (const { name, bytes } of statements) {
    if (digests.get(`evidence/${name}.json`)?.sha256 !== sha256Of(bytes)) {
      throw new UserError(`evidence/${name}.json changed while the folder was read`, {
        code: 'file-changed',
        fix: 'Make sure that nothing writes to the image folder, and run this step again.',
      });
    }
  }
  const target = path.join(request.folder, 'signatures');
  return publishAtomically(target, async (partial) => {
    const written = await writeSignatures(request, statements, digests, partial, ports);
    const { checks, provenBy } = await verifyOwn(request, digests, partial, ports);
    const publicKeys = `signatures/${signatureFiles.allKeys}`;
    const commands = verifyCommands(request, written, chain);
    const result = { sha256, chain, ...written, publicKeys, provenBy, verifyCommands: commands, checks };
    await publishAtomically(path.join(request.folder, 'VERIFY.md'), (guide) =>
      writeFile(guide, verifyGuide(request, result)),
    );
    return result;
  });
}

/** cosign asks the network for a trusted root unless it is given one; with a key it needs none. */
const NO_TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}\n';

type ReadStatement = NamedStatement & { readonly bytes: Buffer };

async function readStatements(request: SignRequest): Promise<readonly ReadStatement[]> {
  return Promise.all(
    [...request.evidence].sort().map(async (name) => {
      try {
        const bytes = await readFile(path.join(request.folder, 'evidence', `${name}.json`));
        return { name, bytes, statement: statementSchema.parse(JSON.parse(bytes.toString('utf8'))) };
      } catch (cause) {
        throw new UserError(`evidence/${name}.json is not a readable in-toto statement`, {
          code: 'invalid-evidence',
          fix: 'Run the step that writes it again; do not edit evidence.',
          cause,
        });
      }
    }),
  );
}

/** What the disk must be: the caller's digest, the last statement's subject and the descriptor's digest, all equal. */
function expectedDigest(request: SignRequest, statements: readonly NamedStatement[]): string {
  const steps: readonly string[] = [
    predicateTypes.medium,
    predicateTypes.provenance,
    predicateTypes.testResult,
  ];
  const last = statements.findLast(({ statement }) => steps.includes(statement.predicateType));
  const claims = [
    { by: 'expected-sha256', sha256: request.expectedSha256 },
    { by: last ? `evidence/${last.name}.json` : '', sha256: last?.statement.subject[0]?.digest.sha256 },
  ].filter((claim) => claim.sha256 !== undefined);
  const [first] = claims;
  if (!first?.sha256) {
    throw new UserError('Nothing says which disk was tested: there is no evidence and no expected-sha256', {
      code: 'not-bound',
      fix: 'Run the steps that write evidence (build-image, harden, run-fvt) before, or pass expected-sha256.',
    });
  }
  const all = [...claims, { by: 'image.json', sha256: request.describedSha256 ?? first.sha256 }];
  const other = all.find((claim) => claim.sha256 !== first.sha256);
  if (other) {
    throw new UserError(
      `${first.by} says the disk is sha256:${first.sha256}, ${other.by} says sha256:${other.sha256}`,
      {
        code: 'digest-mismatch',
        fix: 'The statements are about another disk: run the steps after the last change of the disk again.',
      },
    );
  }
  return first.sha256;
}

function checkedChain(request: SignRequest, statements: readonly NamedStatement[], sha256: string): Chain {
  const chain = determineChain(statements, { name: request.disk, digest: { sha256 } });
  const gaps = [...chain.gaps];
  if (request.requireMedium && chain.origin !== 'medium' && gaps.length === 0) {
    const first = chain.links[0]?.artifact;
    gaps.push(`no statement says from which medium ${first?.name} sha256:${first?.digest.sha256} was built`);
  }
  if (gaps.length > 0) {
    throw new UserError(`The chain of evidence is broken: ${gaps.join('; ')}`, {
      code: 'broken-chain',
      fix: 'Run the steps from the first one that is named here again, in order, on the same image folder.',
    });
  }
  return chain;
}

type Written = Pick<SignResult, 'checksums' | 'signatures' | 'bundles' | 'attestations'>;

async function writeSignatures(
  request: SignRequest,
  statements: readonly ReadStatement[],
  digests: FolderDigests,
  partial: string,
  ports: SignPorts,
): Promise<Written> {
  const written = { checksums: [], signatures: [], bundles: [], attestations: [] } as {
    [K in keyof Written]: string[];
  };
  const put = async (kind: keyof Written, name: string, content: string | Uint8Array): Promise<void> => {
    const file = path.join(partial, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    written[kind].push(`signatures/${name}`);
  };
  const keys = async (name: string, content: string): Promise<void> => {
    await mkdir(path.join(partial, 'keys'), { recursive: true });
    await writeFile(path.join(partial, name), content);
  };
  const { signer, openpgp, minisign } = request;
  const disk = digests.get(request.disk);
  const lists = {
    SHA256SUMS: formatChecksums(pick(digests, 'sha256')),
    SHA512SUMS: formatChecksums(pick(digests, 'sha512')),
  };
  const date = ports.clock.now();
  for (const [list, text] of Object.entries(lists)) {
    await put('checksums', list, text);
    if (openpgp) {
      await put(
        'signatures',
        signatureFiles.openpgpDetached(list),
        await signDetached(openpgp, Buffer.from(text), date),
      );
      await put('signatures', signatureFiles.openpgpClear(list), await signClear(openpgp, text, date));
    }
    if (signer) {
      const data = Buffer.from(text);
      await put('signatures', signatureFiles.openssl(list), await signer.sign(data));
      await put('bundles', signatureFiles.sigstore(list), await signDataBundle(signer, data, sha256Of(data)));
    }
  }
  await keys(
    signatureFiles.allKeys,
    [signer?.publicKey.pem, openpgp?.publicKey, minisign?.publicKey.text].filter(Boolean).join(''),
  );
  if (minisign && disk?.blake2b512) {
    const comment = `timestamp:${Math.floor(date.getTime() / 1000)}\tfile:${request.disk}\thashed`;
    const signature = signMinisign(minisign, Buffer.from(disk.blake2b512, 'hex'), comment);
    await put('signatures', signatureFiles.minisign(request.disk), signature);
    await keys(signatureFiles.minisignKey, minisign.publicKey.text);
  }
  if (openpgp) {
    await keys(signatureFiles.openpgpKey, openpgp.publicKey);
  }
  if (signer) {
    await keys(signatureFiles.publicKey, signer.publicKey.pem);
    await keys(signatureFiles.noTrustedRoot, NO_TRUSTED_ROOT);
    for (const { name, bytes } of statements) {
      await put('bundles', signatureFiles.statement(name), await signStatementBundle(signer, bytes));
      written.attestations.push(`signatures/${signatureFiles.statement(name)}`);
    }
  }
  if (signer && request.glance && disk) {
    await put('signatures', signatureFiles.glance(request.disk), await signGlance(signer, disk.sha256));
  }
  if (signer?.signDigest && disk) {
    const raw = await signer.signDigest(Buffer.from(disk.sha256, 'hex'));
    await put('signatures', signatureFiles.openssl(request.disk), raw);
    await put('bundles', signatureFiles.sigstore(request.disk), await signDigestBundle(signer, disk.sha256));
  } else if (signer) {
    ports.log.warning(
      `An Ed25519 key cannot sign ${request.disk} from its digest: it is covered by the signed lists and statements only. Use an EC or RSA key for a signature of its own.`,
    );
  }
  return written;
}

/** Everything that was written is checked as a stranger would, before anybody sees it. */
async function verifyOwn(
  request: SignRequest,
  digests: FolderDigests,
  signatures: string,
  ports: SignPorts,
): Promise<{ readonly checks: readonly Check[]; readonly provenBy: SignResult['provenBy'] }> {
  const { folder, disk, signer, openpgp, minisign } = request;
  const keys = {
    publicKey: signer?.publicKey,
    openpgpKey: openpgp?.publicKey,
    minisignKey: minisign?.publicKey,
  };
  const report = await verifyFolder({ folder, disk, signatures, digests, ...keys }, ports);
  const signed = report.statements.filter(
    ({ name }) => signer !== undefined && request.evidence.includes(name),
  );
  const statements = signed.map((entry) => entry.check);
  const checks = [...report.checks, ...statements];
  const bad = checks.filter((check) => check.status !== 'pass');
  const { provenBy } = judgeReport(report, { disk, ...keys });
  if (bad.length > 0 || provenBy.length === 0) {
    const reasons = bad.map((check) => `${check.file}: ${check.reason}`);
    throw new UserError(`The signatures made do not verify: ${reasons.join('; ')}`, {
      code: 'self-verification-failed',
      fix: 'Nothing was published. Check that nothing writes to the image folder and that a kms command signs with its public key.',
    });
  }
  return { checks, provenBy };
}

function pick(digests: FolderDigests, algorithm: 'sha256' | 'sha512'): Record<string, string> {
  return Object.fromEntries([...digests].map(([name, entry]) => [name, entry[algorithm]]));
}
