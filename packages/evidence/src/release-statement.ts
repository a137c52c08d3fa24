import { UserError } from '@golden-image/host';
import { type SignableStatement, signable } from './signable.ts';
import { predicateTypes, STATEMENT_TYPE, type Statement } from './statement.ts';
import { madeBySigning } from './statement-names.ts';

/** What a release is called. */
export interface ReleaseName {
  readonly name: string;
  readonly version: string;
}

/**
 * Annotations from lines of `name=value`.
 *
 * @throws UserError `invalid-annotation` for a line of another form, or a name that is there twice
 */
export function readAnnotations(lines: readonly string[]): Readonly<Record<string, string>> {
  const annotations = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([A-Za-z0-9][A-Za-z0-9._/-]{0,127})\s*=\s*(.*)$/s.exec(line) ?? [];
    if (name === undefined || value === undefined || annotations.has(name)) {
      throw new UserError(`The annotation ${JSON.stringify(line.slice(0, 80))} is not used`, {
        code: 'invalid-annotation',
        fix: 'Write name=value, each name once; names have letters, digits, dots, dashes, slashes and underscores.',
      });
    }
    annotations.set(name, value);
  }
  return Object.fromEntries(annotations);
}

/**
 * An in-toto release statement that binds the disk's digest to the image's name and version, with annotations on its
 * subject. Source: in-toto attestation, spec/predicates/release.md (v0.1) and spec/v1/resource_descriptor.md.
 */
export function releaseStatement(
  release: ReleaseName,
  disk: { readonly name: string; readonly sha256: string },
  annotations: Readonly<Record<string, string>>,
): SignableStatement {
  const statement: Statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: disk.name, digest: { sha256: disk.sha256 }, annotations: { ...annotations } }],
    predicateType: predicateTypes.release,
    predicate: {
      purl: `pkg:generic/${encodeURIComponent(release.name)}@${encodeURIComponent(release.version)}`,
    },
  };
  return signable(madeBySigning.release, statement);
}

/** The annotations of a release statement; none of any other. */
export function annotationsOf(statement: Statement): Readonly<Record<string, string>> {
  if (statement.predicateType !== predicateTypes.release) {
    return {};
  }
  const found = statement.subject.flatMap((subject) => Object.entries(subject.annotations ?? {}));
  return Object.fromEntries(found.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
