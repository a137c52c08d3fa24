import path from 'node:path';
import { UserError } from '@golden-image/host';
import type { Artifact, NamedStatement } from './chain.ts';
import type { FolderDigests } from './digest-folder.ts';
import { sha256Of } from './file-signature.ts';
import { type SignableStatement, signable } from './signable.ts';
import { readSmallFile } from './small-file.ts';
import {
  createStatement,
  predicateTypes,
  type ResourceDescriptor,
  resourceDescriptor,
  type Statement,
} from './statement.ts';
import { madeBySigning } from './statement-names.ts';

const SBOMS = [
  {
    file: 'sbom.spdx.json',
    name: madeBySigning.spdx,
    predicateType: predicateTypes.spdx,
    form: 'SPDX 2.3',
    // The predicate type names the version.
    fits: (document: Record<string, unknown>) => document.spdxVersion === 'SPDX-2.3',
  },
  {
    file: 'sbom.cdx.json',
    name: madeBySigning.cyclonedx,
    predicateType: predicateTypes.cyclonedx,
    form: 'CycloneDX',
    fits: (document: Record<string, unknown>) => document.bomFormat === 'CycloneDX',
  },
] as const;

/**
 * Statements with the SBOMs of the folder as predicates. Their subject is the state of the disk that they describe: the
 * one whose provenance names them as byproducts, else the disk as it is signed.
 *
 * @throws UserError `invalid-sbom`, `foreign-sbom`, `file-changed`
 */
export async function sbomStatements(
  folder: string,
  digests: FolderDigests,
  evidence: readonly NamedStatement[],
  disk: Artifact,
): Promise<readonly SignableStatement[]> {
  const present = SBOMS.filter(({ file }) => digests.has(file));
  return Promise.all(
    present.map(async (sbom) => {
      const bytes = await readSmallFile(path.join(folder, sbom.file));
      const sha256 = sha256Of(bytes);
      if (sha256 !== digests.get(sbom.file)?.sha256) {
        throw new UserError(`${sbom.file} changed while the folder was read`, {
          code: 'file-changed',
          fix: 'Make sure that nothing writes to the image folder, and run this step again.',
        });
      }
      const subject = describedBy(sbom.file, sha256, evidence) ?? disk;
      const predicate = parse(bytes, sbom);
      return signable(sbom.name, createStatement({ subject, predicateType: sbom.predicateType, predicate }));
    }),
  );
}

function parse(bytes: Buffer, { file, form, fits }: (typeof SBOMS)[number]): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch {
    document = undefined;
  }
  if (typeof document !== 'object' || document === null || !fits(document as Record<string, unknown>)) {
    throw new UserError(`${file} is not an SBOM of the form ${form}`, {
      code: 'invalid-sbom',
      fix: `Put a document of that form there, or remove ${file}: what is in the image folder is signed as it is.`,
    });
  }
  return document as Record<string, unknown>;
}

/** The subject of the statement that names the file among what its work brought about. */
function describedBy(
  file: string,
  sha256: string,
  evidence: readonly NamedStatement[],
): Artifact | undefined {
  const named = evidence.flatMap(({ name, statement }) =>
    byproducts(statement)
      .filter((entry) => entry.name === file)
      .map((entry) => ({ name, sha256: entry.digest?.sha256, subject: statement.subject[0] })),
  );
  const match = named.find((entry) => entry.sha256 === sha256);
  const [other] = named;
  if (other && !match) {
    throw new UserError(
      `${file} is sha256:${sha256}, but ${other.name} made one that is sha256:${other.sha256 ?? '(not named)'}`,
      {
        code: 'foreign-sbom',
        fix: 'Something changed the SBOM after the build: build the image again, or put the built SBOM back.',
      },
    );
  }
  return match?.subject;
}

function byproducts({ predicate }: Statement): readonly ResourceDescriptor[] {
  const details = predicate.runDetails as { readonly byproducts?: unknown } | undefined;
  const list: readonly unknown[] = Array.isArray(details?.byproducts) ? details.byproducts : [];
  return list.flatMap((entry) => {
    const parsed = resourceDescriptor.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
