import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type PublicKey,
  type Statement,
  statementFacts,
  statementSchema,
  verifyStatementBundle,
} from '@golden-image/evidence';
import { UserError } from '@golden-image/host';
import type { ImageFolder } from '@golden-image/image-folder';
import type { Attachment, Publication } from '../state/record.ts';

/** Larger files beside a disk are not ours: SBOMs have a few megabytes. */
const MAX_ATTACHMENT_BYTES = 64 * 1024 * 1024;

/** A file that goes into the catalog with an image. */
export interface ImageFile extends Attachment {
  readonly data: Buffer;
}

/** The SBOMs, the signatures and the statements of an image folder, and its verification summary. */
export async function imageFiles(folder: string, summary: string): Promise<readonly ImageFile[]> {
  const names = [
    ...(await filesOf(folder, '')).filter((name) => /^(sbom\.(spdx|cdx)\.json|VERIFY\.md)$/.test(name)),
    ...(await filesOf(folder, 'signatures')),
    ...(await filesOf(folder, 'signatures/keys')),
  ];
  const files = await Promise.all(
    names.map(async (name) => describe(name, await readFile(path.join(folder, name)))),
  );
  return [...files, describe('vsa.intoto.sigstore.json', Buffer.from(summary))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

function describe(name: string, data: Buffer): ImageFile {
  return { name, size: data.length, sha256: createHash('sha256').update(data).digest('hex'), data };
}

async function filesOf(folder: string, below: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, below)).catch(() => []);
  const found: string[] = [];
  for (const name of names.filter((entry) => !entry.startsWith('.')).sort()) {
    const relative = below === '' ? name : `${below}/${name}`;
    const status = await lstat(path.join(folder, relative));
    if (status.isFile() && status.size > MAX_ATTACHMENT_BYTES && below !== '') {
      throw new UserError(`${relative} has ${status.size} bytes, which is more than a signature can have`, {
        code: 'file-too-large',
        fix: 'Remove what does not belong into the folder signatures of the image.',
      });
    }
    if (status.isFile()) {
      found.push(relative);
    }
  }
  return found;
}

/** What signed statements about a disk say. */
export interface SignedResults {
  readonly score: number | undefined;
  readonly cases: Publication['cases'] | undefined;
  /** Suites of signed, passed test results about exactly this disk that the approval rests on. */
  readonly suites: readonly string[];
}

/** Reads score and cases from the signed statements that the approval rests on; others are not believed. */
export function signedResults(
  files: readonly ImageFile[],
  keys: readonly PublicKey[],
  approvedEvidence: readonly string[],
  disk: string,
): SignedResults {
  const statements = files
    .filter(({ name, sha256 }) => name.endsWith('.intoto.sigstore.json') && approvedEvidence.includes(sha256))
    .flatMap(({ data }) => verified(data.toString('utf8'), keys))
    .map(statementFacts)
    .filter(({ subjects }) => subjects.length === 1 && subjects[0] === disk);
  const harden = statements.find(({ suite }) => suite === 'harden');
  const fvt = statements.find(({ suite }) => suite === 'run-fvt');
  const { cases } = fvt ?? {};
  return {
    score: harden?.score,
    cases: cases && { ...cases, skipped: cases.skipped ?? 0, notRun: cases.notRun ?? 0 },
    suites: statements.flatMap(({ suite, result }) =>
      suite && (result === 'PASSED' || result === 'WARNED') ? [suite] : [],
    ),
  };
}

function verified(bundle: string, keys: readonly PublicKey[]): readonly Statement[] {
  for (const key of keys) {
    try {
      const { payload } = verifyStatementBundle(bundle, { publicKey: key });
      return [statementSchema.parse(JSON.parse(payload.toString('utf8')))];
    } catch {
      // Another key may fit.
    }
  }
  return [];
}

/** What the platform's audit of a third party's image must have left: signed results of both suites. */
export function missingAudit(image: ImageFolder['descriptor'], suites: readonly string[]): readonly string[] {
  return image.class === 'catalog'
    ? ['harden', 'run-fvt']
        .filter((suite) => !suites.includes(suite))
        .map(
          (suite) =>
            `a signed, passed ${suite} result about exactly this disk is missing among what was approved`,
        )
    : [];
}
