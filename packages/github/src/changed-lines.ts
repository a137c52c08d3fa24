import type { FactOf } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from './api.ts';
import { type ComparedFile, type Comparison, compare, LARGEST_FILE_LIST } from './commits.ts';
import { Incomplete } from './failure.ts';
import { addedLines } from './patch.ts';

type ChangedLines = NonNullable<FactOf<'changed-lines'>['value']>;

/**
 * Lines that were added or changed from the base to what was tested.
 *
 * For a pull request GitHub tests its merge with the base as it is at that moment, which may be newer than the base
 * that the event names: then the base is the merge's first parent.
 *
 * @throws Incomplete when GitHub cuts the list of files
 */
export async function changedLines(
  api: GitHubApi,
  name: RepositoryName,
  baseSha: string,
  testedSha: string,
): Promise<ChangedLines> {
  const first = await compare(api, name, baseSha, testedSha);
  const parents = first.commits.find((commit) => commit.sha === testedSha)?.parents ?? [];
  const newerBase = parents.length > 1 && parents[0] !== baseSha ? parents[0] : undefined;
  const comparison = newerBase ? await compare(api, name, newerBase, testedSha) : first;
  return {
    baseSha: newerBase ?? baseSha,
    headSha: testedSha,
    files: filesOf(comparison),
  };
}

function filesOf({ files }: Comparison): ChangedLines['files'] {
  if (files.length >= LARGEST_FILE_LIST) {
    throw new Incomplete(`the change has ${LARGEST_FILE_LIST} files or more: GitHub does not list them all`);
  }
  return files.filter((file) => file.status !== 'removed').map(lineEntry);
}

/** A file without a patch is binary, or only renamed, or too large for GitHub to show: then its lines are not known. */
function lineEntry({ path, patch, changes }: ComparedFile): ChangedLines['files'][number] {
  if (patch === undefined) {
    return changes === 0 ? { path, lines: [] } : { path };
  }
  const lines = addedLines(patch);
  return lines ? { path, lines } : { path };
}
