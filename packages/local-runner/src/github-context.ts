import path from 'node:path';
import type { Exec } from '@golden-image/host';
import type { JsonObject } from './json.ts';

export interface RepositoryFacts {
  /** `owner/name` from the remote `origin`; `local/<folder>` without one. */
  readonly repository: string;
  readonly sha: string;
  readonly ref: string;
}

/** What git tells about a folder. */
export async function readRepository(root: string, exec: Exec): Promise<RepositoryFacts> {
  const git = async (...args: string[]): Promise<string> => {
    const result = await exec({
      command: 'git',
      args: ['-c', 'safe.directory=*', '-C', root, ...args],
      okCodes: 'any',
    }).catch(() => undefined);
    return result?.code === 0 ? result.stdout.trim() : '';
  };
  const remote = await git('remote', 'get-url', 'origin');
  const [, owner, name] = /[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(remote) ?? [];
  const isHosted = /^(https?:|ssh:|git@)/.test(remote);
  return {
    repository: isHosted && owner && name ? `${owner}/${name}` : `local/${path.basename(root)}`,
    sha: (await git('rev-parse', '--verify', 'HEAD')) || '0'.repeat(40),
    ref: (await git('symbolic-ref', '--quiet', 'HEAD')) || 'refs/heads/main',
  };
}

export interface GithubFacts extends RepositoryFacts {
  readonly workflow: string;
  readonly workflowFile: string;
  readonly eventName: string;
  readonly event: JsonObject;
  readonly runId: string;
  readonly actor: string;
  readonly token: string;
}

/** The `github` context of a run. */
export function githubContext(
  facts: GithubFacts,
  environment: Readonly<Record<string, string | undefined>>,
): JsonObject {
  const server = environment.GITHUB_SERVER_URL ?? 'https://github.com';
  const api = environment.GITHUB_API_URL ?? 'https://api.github.com';
  const pull = facts.event.pull_request as { head?: { ref?: string }; base?: { ref?: string } } | undefined;
  return {
    repository: facts.repository,
    repository_owner: facts.repository.split('/')[0] ?? '',
    sha: facts.sha,
    ref: facts.ref,
    ref_name: facts.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: facts.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: false,
    head_ref: pull?.head?.ref ?? '',
    base_ref: pull?.base?.ref ?? '',
    workflow: facts.workflow,
    workflow_ref: `${facts.repository}/${facts.workflowFile}@${facts.ref}`,
    workflow_sha: facts.sha,
    event_name: facts.eventName,
    event: facts.event,
    run_id: facts.runId,
    run_number: '1',
    run_attempt: '1',
    actor: facts.actor,
    triggering_actor: facts.actor,
    server_url: server,
    api_url: api,
    graphql_url: `${api}/graphql`,
    token: facts.token,
  };
}
