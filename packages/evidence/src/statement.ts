import { z } from 'zod';

/**
 * In-toto Statement v1 and the predicates that the actions write.
 * Source: in-toto attestation framework, spec/v1/statement.md and spec/predicates/.
 */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

export const predicateTypes = {
  /** A verified installation medium: source, mirrors, signer, trust level. Ours; documented in docs/evidence.md. */
  medium: 'https://github.com/golden-image-actions/attestation/medium/v1',
  provenance: 'https://slsa.dev/provenance/v1',
  testResult: 'https://in-toto.io/attestation/test-result/v0.1',
  spdx: 'https://spdx.dev/Document/v2.3',
  cyclonedx: 'https://cyclonedx.org/bom',
  release: 'https://in-toto.io/attestation/release/v0.1',
  verificationSummary: 'https://slsa.dev/verification_summary/v1',
} as const;

/** The SLSA build type of an image written in other formats: it starts from the disk and does not follow it in the chain. */
export const EXPORT_BUILD_TYPE = 'https://github.com/golden-image-actions/export-image/v1';

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));

/** Algorithm to lower-case hex digest; SHA-256 is always there. */
export const digestSet = z.looseObject({ sha256: hex(64), sha512: hex(128).optional() });
export type DigestSet = z.infer<typeof digestSet>;

/** In-toto ResourceDescriptor, with the fields used here. */
export const resourceDescriptor = z.looseObject({
  name: z.string().optional(),
  uri: z.string().optional(),
  digest: digestSet.partial().optional(),
  mediaType: z.string().optional(),
  annotations: z.record(z.string(), z.unknown()).optional(),
});
export type ResourceDescriptor = z.infer<typeof resourceDescriptor>;

export const statementSchema = z.looseObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.looseObject({ name: z.string(), digest: digestSet })).min(1),
  predicateType: z.string(),
  predicate: z.record(z.string(), z.unknown()),
});
export type Statement = z.infer<typeof statementSchema>;

/** A statement about one subject. */
export function createStatement(options: {
  readonly subject: { readonly name: string; readonly digest: DigestSet };
  readonly predicateType: string;
  readonly predicate: Readonly<Record<string, unknown>>;
}): Statement {
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: options.subject.name, digest: { ...options.subject.digest } }],
    predicateType: options.predicateType,
    predicate: { ...options.predicate },
  };
}

/** What a test-result predicate of this project carries beside the standard's fields. */
export interface TestResult {
  /** Which action made it: `harden`, `run-fvt`. */
  readonly suite: string;
  readonly result: 'PASSED' | 'WARNED' | 'FAILED';
  /** The digest that the work started from; equal to the subject's when the disk was not changed. */
  readonly input: { readonly name: string; readonly digest: DigestSet };
  /** Everything that shaped the result: profile, content, expectations. */
  readonly configuration: readonly ResourceDescriptor[];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  /** When the work ended. */
  readonly finishedOn: Date;
  /** Further facts, e.g. `score`. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Test-result v0.1; the input is the configuration entry named `input`. */
export function testResultPredicate(result: TestResult): Record<string, unknown> {
  return {
    result: result.result,
    configuration: [{ ...result.input, name: 'input' }, ...result.configuration],
    passedTests: [...result.passedTests].sort(),
    warnedTests: [...result.warnedTests].sort(),
    failedTests: [...result.failedTests].sort(),
    suite: result.suite,
    finishedOn: result.finishedOn.toISOString(),
    ...result.details,
  };
}
