import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports, UserError } from '@golden-image/host';
import { verifyDigestBundle, verifyStatementBundle } from './bundle.ts';
import { type ChecksumList, checksumLists, parseChecksums } from './checksums.ts';
import { digestFolder, type FolderDigests } from './digest-folder.ts';
import { sha256Of, verifyFileSignature } from './file-signature.ts';
import type { PublicKey } from './keys.ts';
import { verifyClear, verifyDetached } from './openpgp.ts';
import { signatureFiles, statementName } from './signature-files.ts';
import { type Statement, statementSchema } from './statement.ts';

export interface VerifyRequest {
  /** The image folder. */
  readonly folder: string;
  /** The disk's file name inside it. */
  readonly disk: string;
  /** Where the signatures lie; default: `signatures` in the folder. */
  readonly signatures?: string;
  /** For `.sig` files, bundles and statements. */
  readonly publicKey?: PublicKey | undefined;
  /** Armored public key for the lists. */
  readonly openpgpKey?: string | undefined;
  /** When the folder was hashed already. */
  readonly digests?: FolderDigests;
}

/** One thing that was checked. `unknown`: there was no key to check it with. */
export interface Check {
  readonly kind: 'checksums' | 'openpgp' | 'openssl' | 'sigstore' | 'statement';
  /** The signature or list, relative to the signatures folder. */
  readonly file: string;
  /** What it is about, relative to the image folder. */
  readonly subject: string;
  readonly status: 'pass' | 'fail' | 'unknown';
  /** Who signed, for a signature that holds: `sha256:…` of a key, or an OpenPGP fingerprint. */
  readonly by?: string;
  /** Why it did not pass. */
  readonly reason?: string;
}

export interface SignedStatement {
  readonly name: string;
  readonly check: Check;
  /** Only when its signature holds and the evidence file says the same. */
  readonly statement?: Statement;
}

export interface FolderReport {
  readonly digests: FolderDigests;
  /** Lists and signatures over files. */
  readonly checks: readonly Check[];
  /** Statements found as evidence or as bundles, sorted by name. */
  readonly statements: readonly SignedStatement[];
}

type FolderPorts = Pick<Ports, 'exec' | 'log' | 'signal' | 'clock'>;

/**
 * Checks every list, signature and statement of a signed image folder against the files and the keys given. What is
 * wrong is reported, not thrown: the caller decides. Nothing is fetched.
 *
 * @throws UserError when the folder cannot be read or holds links
 */
export async function verifyFolder(request: VerifyRequest, ports: FolderPorts): Promise<FolderReport> {
  const signatures = request.signatures ?? path.join(request.folder, 'signatures');
  const digests = request.digests ?? (await digestFolder(request.folder, ports));
  const files = (await readdir(signatures).catch(() => [])).sort();
  const context = { request, signatures, digests, files, ports };
  const checks: Check[] = [];
  for (const list of Object.keys(checksumLists) as ChecksumList[]) {
    checks.push(await checkList(context, list));
    checks.push(...(await checkOpenPgp(context, list)));
    checks.push(...(await checkFileSignatures(context, list)));
  }
  checks.push(...(await checkFileSignatures(context, request.disk)));
  return { digests, checks, statements: await checkStatements(context) };
}

interface Context {
  readonly request: VerifyRequest;
  readonly signatures: string;
  readonly digests: FolderDigests;
  readonly files: readonly string[];
  readonly ports: FolderPorts;
}

/** Runs one check; what it throws is its reason to fail. */
async function outcome(
  check: Omit<Check, 'status'>,
  body: () => Promise<string | undefined>,
): Promise<Check> {
  try {
    const by = await body();
    return { ...check, status: 'pass', ...(by === undefined ? {} : { by }) };
  } catch (error) {
    return { ...check, status: 'fail', reason: describeError(error).message };
  }
}

function unknown(check: Omit<Check, 'status'>, key: string): Check {
  return { ...check, status: 'unknown', reason: `no ${key} was given to check it with` };
}

/** The list names exactly the artefacts that are there, with their digests. */
function checkList({ signatures, digests }: Context, list: ChecksumList): Promise<Check> {
  const algorithm = list === 'SHA256SUMS' ? 'sha256' : 'sha512';
  return outcome({ kind: 'checksums', file: list, subject: 'all artefacts' }, async () => {
    const listed = parseChecksums(await readText(path.join(signatures, list)), list);
    const problems = Object.entries(listed).flatMap(([name, expected]) => {
      const actual = digests.get(name)?.[algorithm];
      if (actual === expected) {
        return [];
      }
      return [actual ? `${name} is ${algorithm}:${actual}, the list says ${expected}` : `${name} is missing`];
    });
    const unlisted = [...digests.keys()]
      .filter((name) => !(name in listed))
      .map((name) => `${name} is not listed`);
    if (problems.length + unlisted.length > 0) {
      throw new UserError([...problems, ...unlisted].join('; '), { code: 'digest-mismatch' });
    }
    return undefined;
  });
}

async function checkOpenPgp(
  { request, signatures, files, ports }: Context,
  list: ChecksumList,
): Promise<Check[]> {
  const checks: Check[] = [];
  const kinds = [
    { file: signatureFiles.openpgpDetached(list), verify: verifyDetachedText },
    { file: signatureFiles.openpgpClear(list), verify: verifyClearText },
  ];
  for (const { file, verify } of kinds.filter((kind) => files.includes(kind.file))) {
    const check = { kind: 'openpgp', file, subject: list } as const;
    const { openpgpKey } = request;
    checks.push(
      openpgpKey
        ? await outcome(check, async () => {
            const text = await readText(path.join(signatures, list));
            return verify(openpgpKey, await readText(path.join(signatures, file)), text, ports.clock.now());
          })
        : unknown(check, 'OpenPGP public key'),
    );
  }
  return checks;
}

type VerifyText = (key: string, signature: string, text: string, date: Date) => Promise<string>;
const verifyDetachedText: VerifyText = (key, signature, text, date) =>
  verifyDetached(key, Buffer.from(text), signature, date);
const verifyClearText: VerifyText = (key, signature, text, date) => verifyClear(key, signature, text, date);

/** `<file>.sig` and `<file>.sigstore.json`, for a list in the signatures folder or an artefact in the image folder. */
async function checkFileSignatures(context: Context, subject: string): Promise<Check[]> {
  const { request, signatures, digests, files, ports } = context;
  const isList = subject in checksumLists;
  const location = path.join(isList ? signatures : request.folder, subject);
  const read = (): Promise<Buffer> => readFile(location);
  const digest = async (): Promise<string> =>
    isList ? sha256Of(await read()) : (digests.get(subject)?.sha256 ?? missing(subject));
  const checks: Check[] = [];
  const openssl = { kind: 'openssl', file: signatureFiles.openssl(subject), subject } as const;
  const sigstore = { kind: 'sigstore', file: signatureFiles.sigstore(subject), subject } as const;
  for (const check of [openssl, sigstore].filter(({ file }) => files.includes(file))) {
    const key = request.publicKey;
    if (!key) {
      checks.push(unknown(check, 'public key'));
      continue;
    }
    const file = path.join(signatures, check.file);
    checks.push(
      await outcome(check, async () => {
        if (check.kind === 'openssl') {
          await verifyFileSignature(await readFile(file), await digest(), key, read, ports);
        } else {
          await verifyDigestBundle(await readText(file), await digest(), key, read, ports);
        }
        return `sha256:${key.fingerprint}`;
      }),
    );
  }
  return checks;
}

async function checkStatements({ request, signatures, files }: Context): Promise<readonly SignedStatement[]> {
  const folder = path.join(request.folder, 'evidence');
  const evidence = (await readdir(folder).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name));
  const names = new Set([
    ...evidence.map((name) => name.slice(0, -'.json'.length)),
    ...files.map(statementName).filter((name) => name !== undefined),
  ]);
  const statements: SignedStatement[] = [];
  for (const name of [...names].sort()) {
    const file = signatureFiles.statement(name);
    const check = { kind: 'statement', file, subject: `evidence/${name}.json` } as const;
    const key = request.publicKey;
    let statement: Statement | undefined;
    const result =
      key || !files.includes(file)
        ? await outcome(check, async () => {
            if (!key || !files.includes(file)) {
              throw new UserError(`evidence/${name}.json is not signed`, { code: 'unsigned' });
            }
            const payload = verifyStatementBundle(await readText(path.join(signatures, file)), key);
            if (
              !payload.equals(await readFile(path.join(folder, `${name}.json`)).catch(() => missing(name)))
            ) {
              throw new UserError(`evidence/${name}.json is not what was signed`, {
                code: 'digest-mismatch',
              });
            }
            statement = statementSchema.parse(JSON.parse(payload.toString('utf8')));
            return `sha256:${key.fingerprint}`;
          })
        : unknown(check, 'public key');
    statements.push({ name, check: result, ...(statement ? { statement } : {}) });
  }
  return statements;
}

function missing(name: string): never {
  throw new UserError(`${name} is missing`, { code: 'missing-file' });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`${path.basename(file)} is missing or cannot be read`, {
      code: 'missing-file',
      cause,
    });
  }
}
