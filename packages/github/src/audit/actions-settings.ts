import type { GitHubApi, RepositoryName } from '../api.ts';
import { type AuditFinding, found } from './finding.ts';

const SETTINGS = 'Settings → Actions → General';

/** What every workflow of the repository may do. */
export async function auditActionsSettings(
  api: GitHubApi,
  name: RepositoryName,
  isPublic: boolean,
): Promise<readonly AuditFinding[]> {
  const base = 'GET /repos/{owner}/{repo}/actions/permissions' as const;
  const { data: allowed } = await api.request(base, { ...name });
  const { data: workflow } = await api.request(`${base}/workflow`, { ...name });
  const findings: AuditFinding[] = [];
  const add = (...args: Parameters<typeof found>): number => findings.push(found(...args));
  if (workflow.can_approve_pull_request_reviews) {
    add(
      'actions-may-approve',
      'error',
      'Workflows may approve pull requests: a change to a workflow could approve itself',
      `Untick "Allow GitHub Actions to create and approve pull requests" under ${SETTINGS}.`,
    );
  }
  if (workflow.default_workflow_permissions === 'write') {
    add(
      'workflow-token-writes',
      'warning',
      'GITHUB_TOKEN may write unless a workflow says otherwise',
      `Choose "Read repository contents and packages permissions" under ${SETTINGS}.`,
    );
  }
  if (allowed.allowed_actions === 'all') {
    add(
      'any-action',
      'warning',
      'Workflows may use any action of anybody',
      `Allow selected actions only, under ${SETTINGS}.`,
    );
  }
  if (allowed.sha_pinning_required === false) {
    add(
      'unpinned-actions-allowed',
      'note',
      'Workflows may name actions by tag, which their owners can move',
      `Tick "Require actions to be pinned to a full-length commit SHA" under ${SETTINGS}.`,
    );
  }
  if (isPublic) {
    const { data: fork } = await api.request(`${base}/fork-pr-contributor-approval`, { ...name });
    if (fork.approval_policy !== 'all_external_contributors') {
      add(
        'fork-workflows',
        'warning',
        "Workflows run on some outside contributors' pull requests without anybody's approval",
        `Require approval for all external contributors, under ${SETTINGS}.`,
      );
    }
  }
  return findings;
}
