import type { EvidenceFile } from '@golden-image/image-folder';
import { z } from 'zod';

const predicate = z.object({
  buildDefinition: z.object({
    internalParameters: z.object({ repositories: z.array(z.string().regex(/^https?:\/\/\S+$/)) }),
  }),
});

/**
 * The addresses of the package repositories that build-image left in the image, from `20-build` (SLSA provenance,
 * `internalParameters.repositories`). They are the allowlist where the expectations name none: what a mirror is
 * called is the build's business and stands in no file of a repository. None when there is no such statement.
 */
export function builtRepositories(evidence: readonly EvidenceFile[]): readonly string[] {
  const statement = evidence.find(({ name }) => name === '20-build')?.statement;
  const parsed = predicate.safeParse(statement?.predicate);
  return parsed.success ? parsed.data.buildDefinition.internalParameters.repositories : [];
}
