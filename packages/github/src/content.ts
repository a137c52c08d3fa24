import type { GitHubApi, RepositoryName } from './api.ts';
import { httpStatus, Incomplete } from './failure.ts';

/** Larger files come without their content. */
const LARGEST_FILE = 1024 * 1024;

/**
 * A text file of the repository at a commit.
 *
 * @returns undefined when there is none
 */
export async function readText(
  api: GitHubApi,
  name: RepositoryName,
  path: string,
  ref: string,
): Promise<string | undefined> {
  try {
    const route = 'GET /repos/{owner}/{repo}/contents/{path}';
    const { data } = await api.request(route, { ...name, path, ref });
    if (Array.isArray(data) || data.type !== 'file') {
      throw new Incomplete(`${path} is not a file`);
    }
    if (data.size > LARGEST_FILE || data.encoding !== 'base64') {
      throw new Incomplete(`${path} is larger than 1 MiB`);
    }
    return Buffer.from(data.content, 'base64').toString('utf8');
  } catch (error) {
    if (httpStatus(error) === 404) {
      return undefined;
    }
    throw error;
  }
}

/** Names of the files directly in a folder; empty when there is none. */
export async function listFolder(
  api: GitHubApi,
  name: RepositoryName,
  path: string,
  ref: string,
): Promise<readonly string[]> {
  try {
    const route = 'GET /repos/{owner}/{repo}/contents/{path}';
    const { data } = await api.request(route, { ...name, path, ref });
    return Array.isArray(data)
      ? data.filter((entry) => entry.type === 'file').map((entry) => entry.path)
      : [];
  } catch (error) {
    if (httpStatus(error) === 404) {
      return [];
    }
    throw error;
  }
}

/** Where GitHub looks for code owners, in this order. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** The file of code owners at a commit. */
export async function readCodeOwners(
  api: GitHubApi,
  name: RepositoryName,
  ref: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  for (const path of CODEOWNERS) {
    const text = await readText(api, name, path, ref);
    if (text !== undefined) {
      return { path, text };
    }
  }
  return undefined;
}

/** What GitHub finds wrong in it. */
export async function codeOwnersErrors(api: GitHubApi, name: RepositoryName, ref: string): Promise<string[]> {
  try {
    const { data } = await api.request('GET /repos/{owner}/{repo}/codeowners/errors', { ...name, ref });
    return data.errors.map(({ path, line, kind, source }) =>
      `${path}:${line} ${kind}${source ? `: ${source.trim()}` : ''}`.slice(0, 300),
    );
  } catch (error) {
    // There is no such file.
    if (httpStatus(error) === 404) {
      return [];
    }
    throw error;
  }
}
