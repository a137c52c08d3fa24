import type { Ports } from '@golden-image/host';
import { UserError } from '@golden-image/host';
import type { Policy } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from '../api.ts';
import { codeOwnersErrors, readCodeOwners } from '../content.ts';
import { orRefused } from '../refused.ts';
import type { Change } from './change.ts';
import { planEnvironments } from './plan-environments.ts';
import { type Plan, planRulesets } from './plan-rulesets.ts';

export interface ProvisionRequest {
  readonly policy: Policy;
  readonly repository: RepositoryName;
  /** Only say what would change. */
  readonly dryRun: boolean;
  /** Also take away what is stricter than the policy. */
  readonly loosen: boolean;
}

export interface ProvisionOutcome {
  /** What was changed, or, in a dry run, would be. */
  readonly changes: readonly Pick<Change, 'target' | 'action' | 'lines'>[];
  readonly kept: readonly string[];
  /** What provisioning cannot do or did not achieve; each is a reason not to call the repository protected. */
  readonly problems: readonly string[];
  readonly applied: boolean;
}

const UNCHANGED = 'nothing was changed';

/**
 * Makes the repository enforce the policy by GitHub's own means. Reads everything before it changes anything; a run
 * that was stopped half-way is finished by the next one.
 *
 * @throws UserError `policy-incomplete`, `unknown-name`, `too-many-reviewers`, `github-refused`
 */
export async function provision(
  request: ProvisionRequest,
  api: GitHubApi,
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<ProvisionOutcome> {
  const plan = await planAll(request, api, ports.signal);
  const problems = await orRefused('CODEOWNERS', UNCHANGED, ports.signal, () =>
    codeOwnersProblems(request, api),
  );
  const { kept } = plan;
  const changes = plan.changes.map(({ target, action, lines }) => ({ target, action, lines }));
  if (request.dryRun) {
    return { changes, kept, problems, applied: false };
  }
  for (const [index, change] of plan.changes.entries()) {
    ports.signal.throwIfAborted();
    ports.log.info(`${change.action} ${change.target}`);
    const before = index === 0 ? UNCHANGED : `${index} changes were made before`;
    await orRefused(change.target, before, ports.signal, () => change.apply(api));
  }
  const left = plan.changes.length === 0 ? [] : (await planAll(request, api, ports.signal)).changes;
  return { changes, kept, problems: [...problems, ...left.flatMap(notTaken)], applied: true };
}

/** Everything that the policy asks of GitHub and that is not so yet. */
export async function planAll(
  { policy, repository, loosen }: Omit<ProvisionRequest, 'dryRun'>,
  api: GitHubApi,
  signal: AbortSignal,
): Promise<Plan> {
  if (!policy.repository && !policy.environments) {
    throw new UserError('The policy asks nothing of the repository', {
      code: 'policy-incomplete',
      fix: 'Add a section repository, environments, or both.',
    });
  }
  const wanted = policy.repository;
  const parts = [
    wanted
      ? await orRefused('the rulesets', UNCHANGED, signal, () =>
          planRulesets(policy, wanted, api, repository, loosen),
        )
      : undefined,
    await orRefused('the environments', UNCHANGED, signal, () =>
      planEnvironments(policy.environments ?? {}, api, repository, loosen),
    ),
  ];
  return {
    changes: parts.flatMap((part) => part?.changes ?? []),
    kept: parts.flatMap((part) => part?.kept ?? []),
  };
}

/** GitHub ignores a line of CODEOWNERS that it cannot read, without a word. */
async function codeOwnersProblems(
  { policy, repository }: ProvisionRequest,
  api: GitHubApi,
): Promise<readonly string[]> {
  if (!policy.repository?.['code-owners']) {
    return [];
  }
  const { data } = await api.request('GET /repos/{owner}/{repo}', { ...repository });
  const file = await readCodeOwners(api, repository, data.default_branch);
  if (!file) {
    return ['there is no CODEOWNERS on the default branch: reviews by code owners are asked of nobody'];
  }
  const errors = await codeOwnersErrors(api, repository, data.default_branch);
  return errors.map((error) => `CODEOWNERS: ${error}`);
}

function notTaken({ target, lines }: Change): readonly string[] {
  return lines.map(({ sign, text }) => {
    const hint = text.startsWith('admins can bypass')
      ? ' (this server lets nobody set it by its API: Settings → Environments → Allow administrators to bypass)'
      : '';
    return `${target}: GitHub did not take ${sign} ${text}${hint}`;
  });
}
