import type { Policy } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from '../api.ts';
import { sentences } from '../provision/change.ts';
import { planEnvironments } from '../provision/plan-environments.ts';
import { people } from './branches.ts';
import { type AuditFinding, found } from './finding.ts';

/** Environments that are looser than the policy; what is stricter is no finding. */
export async function auditEnvironments(
  policy: Policy,
  admins: readonly string[],
  api: GitHubApi,
  name: RepositoryName,
): Promise<readonly AuditFinding[]> {
  const { changes } = await planEnvironments(policy.environments ?? {}, api, name, false);
  return changes.flatMap(({ target, action, lines }) => {
    if (action === 'create') {
      return [
        found(
          'environment-drift',
          'error',
          `There is no ${target}: a job that names it makes one that protects nothing`,
          'Run gate-approval with mode: provision.',
        ),
      ];
    }
    return sentences(lines).map((sentence) =>
      sentence.startsWith('admins can bypass')
        ? found(
            'admin-bypass',
            'error',
            `The ${target} can be bypassed by administrators: ${people(admins)}`,
            'Run gate-approval with mode: provision, or untick "Allow administrators to bypass" of the environment.',
          )
        : found(
            'environment-drift',
            'error',
            `The ${target} is looser than the policy: ${sentence}`,
            'Run gate-approval with mode: provision.',
          ),
    );
  });
}
