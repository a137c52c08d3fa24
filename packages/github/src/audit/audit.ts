import type { Ports } from '@golden-image/host';
import { UserError } from '@golden-image/host';
import type { Policy } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from '../api.ts';
import { orRefused } from '../refused.ts';
import { auditAdmins, collaborators } from './access.ts';
import { auditActionsSettings } from './actions-settings.ts';
import { auditBranches } from './branches.ts';
import { auditEnvironments } from './environments.ts';
import { type AuditFinding, lookAt } from './finding.ts';
import { auditRunnerGroups } from './runners.ts';
import { auditWorkflows } from './workflows.ts';

export interface AuditRequest {
  readonly policy: Policy;
  readonly repository: RepositoryName;
}

export interface AuditOutcome {
  readonly findings: readonly AuditFinding[];
  /** `refused` when a finding is an error, or something could not be looked at. */
  readonly decision: 'approved' | 'refused';
  /** What was looked at, in order. */
  readonly parts: readonly string[];
}

const order = { error: 0, warning: 1, note: 2 } as const;

/**
 * Compares what GitHub enforces with the policy, and looks for ways around it. Nothing is changed.
 *
 * @throws UserError `policy-incomplete`, `github-refused`
 */
export async function audit(
  { policy, repository: name }: AuditRequest,
  api: GitHubApi,
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<AuditOutcome> {
  const { repository } = policy;
  if (!repository) {
    throw new UserError('The policy has no section repository', {
      code: 'policy-incomplete',
      fix: 'Say under repository: what GitHub is to enforce.',
    });
  }
  const { data } = await orRefused('the repository', 'nothing was looked at', ports.signal, () =>
    api.request('GET /repos/{owner}/{repo}', { ...name }),
  );
  const isPublic = !data.private;
  const defaultBranch = data.default_branch;
  let admins: readonly string[] = [];
  const parts: readonly (readonly [string, string, () => Promise<readonly AuditFinding[]>])[] = [
    [
      'unlisted-admin',
      'Administrators',
      async () => {
        admins = await collaborators(api, name, 'admin', 'all');
        return auditAdmins(repository, admins);
      },
    ],
    [
      'protection-drift',
      'Protection of branches',
      () => auditBranches({ policy, repository, defaultBranch, admins }, api, name),
    ],
    ['environment-drift', 'Environments', () => auditEnvironments(policy, admins, api, name)],
    ['actions-settings', 'Settings of Actions', () => auditActionsSettings(api, name, isPublic)],
    ['runner-group', 'Runner groups of build hosts', () => auditRunnerGroups(repository, api, name)],
    ['workflows', 'Workflows', () => auditWorkflows(policy, api, name, defaultBranch, isPublic)],
  ];
  const findings: AuditFinding[] = [];
  for (const [rule, what, look] of parts) {
    ports.log.info(`Looking at: ${what}`);
    findings.push(...(await lookAt(rule, what, ports.signal, look)));
  }
  const sorted = findings.toSorted((a, b) => order[a.level] - order[b.level]);
  return {
    findings: sorted,
    decision: sorted.some((finding) => finding.level === 'error') ? 'refused' : 'approved',
    parts: parts.map(([, what]) => what),
  };
}
