import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '@golden-image/host';
import type { Check, TrustedKeys } from './check.ts';
import { checkFileSignatures, checkList, checkOpenPgp } from './check-signatures.ts';
import { checkStatements, type SignedStatement } from './check-statements.ts';
import { type ChecksumList, checksumLists } from './checksums.ts';
import { digestFolder, type FolderDigests } from './digest-folder.ts';
import { signatureFiles } from './signature-files.ts';

export interface VerifyRequest extends TrustedKeys {
  /** The image folder. */
  readonly folder: string;
  /** The disk's file name inside it. */
  readonly disk: string;
  /** Files that are to be proven, relative to the folder; default: all that are in it. */
  readonly artefacts?: readonly string[] | undefined;
  /** Where the signatures lie; default: `signatures` in the folder. */
  readonly signatures?: string;
  /** When the folder was hashed already. */
  readonly digests?: FolderDigests;
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
  const files = (await readdir(signatures).catch(() => [])).sort();
  const minisign = files.includes(signatureFiles.minisign(request.disk)) && request.minisignKey !== undefined;
  const digests =
    request.digests ??
    (await digestFolder(request.folder, ports, {
      artefacts: request.artefacts,
      blake2b: minisign ? [request.disk] : [],
    }));
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
