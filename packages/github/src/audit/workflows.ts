import type { Policy } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from '../api.ts';
import { listFolder, readText } from '../content.ts';
import { type AuditFinding, found } from './finding.ts';
import { type Job, readWorkflow, type Step, type WorkflowFile } from './workflow-file.ts';

/** Events whose runs have secrets and a writing token while an outsider decides what they are about. */
const PRIVILEGED = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion_comment'];

/** The head of somebody's pull request, as a ref or a SHA. */
const UNTRUSTED_REF =
  /github\.event\.(?:pull_request\.head\.|workflow_run\.head_|number)|github\.head_ref|refs\/pull\//;
const FETCHES_PULL = /gh pr checkout|git (?:fetch|pull|checkout)[^\n]*(?:pull\/|head_ref|head\.(?:ref|sha))/;

/** What an outsider writes; from docs.github.com/actions/reference/security/secure-use, "untrusted input". */
const UNTRUSTED_TEXT =
  /\$\{\{[^}]*github\.(?:head_ref|event\.(?:(?:issue|pull_request|discussion)\.(?:title|body)|(?:comment|review|review_comment)\.body|pull_request\.head\.(?:ref|label|repo\.default_branch)|pages[^}]*page_name|(?:head_commit|commits[^}]*)\.(?:message|author\.(?:name|email))|workflow_run\.(?:head_branch|head_commit\.message|display_title)))/;

/** The workflows of a branch that could run an outsider's code with secrets or on build hosts. */
export async function auditWorkflows(
  policy: Policy,
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
  isPublic: boolean,
): Promise<readonly AuditFinding[]> {
  const listed = await listFolder(api, name, '.github/workflows', branch);
  const findings: AuditFinding[] = [];
  const reported = new Set<string>();
  for (const path of listed.filter((entry) => /\.ya?ml$/.test(entry))) {
    const file = readWorkflow(path, (await readText(api, name, path, branch)) ?? '');
    findings.push(...auditWorkflow(file, policy, isPublic));
    for (const job of file.jobs) {
      reported.add(job.name);
    }
  }
  const missing = (policy.repository?.checks ?? []).filter((check) => !reported.has(check));
  return [
    ...findings,
    ...missing.map((check) =>
      found(
        'missing-check',
        'error',
        `No workflow of ${branch} has a job named ${check}, which the policy requires: no change can be merged`,
        'Add the job, or correct repository: checks: in the policy.',
      ),
    ),
  ];
}

/** One workflow; exported for its tests. */
export function auditWorkflow(
  file: WorkflowFile,
  policy: Policy,
  isPublic: boolean,
): readonly AuditFinding[] {
  if (file.broken !== undefined) {
    return [
      found(
        'unreadable-workflow',
        'warning',
        `The workflow cannot be read: ${file.broken}`,
        'Correct it or remove it.',
        { file: file.path },
      ),
    ];
  }
  const privileged = file.triggers.filter((trigger) => PRIVILEGED.includes(trigger));
  return file.jobs.flatMap((job) => [
    ...auditGateJob(file, job, policy),
    ...auditRunners(file, job, policy, isPublic),
    ...job.steps.flatMap((step) => auditStep(file, step, privileged)),
  ]);
}

/** GitHub counts a skipped job as a success: a required one that waits for others must run always. */
function auditGateJob({ path, triggers }: WorkflowFile, job: Job, policy: Policy): readonly AuditFinding[] {
  const required = policy.repository?.checks.includes(job.name) ?? false;
  if (!required) {
    return [];
  }
  const place = { file: path, line: job.line };
  const findings: AuditFinding[] = [];
  if (job.needs && !/always\(\)|!\s*cancelled\(\)/.test(job.condition)) {
    findings.push(
      found(
        'skippable-check',
        'error',
        `The required job ${job.name} is skipped when a job before it fails, and GitHub counts skipped as passed`,
        'Give the job if: always(), and let it fail by itself.',
        place,
      ),
    );
  }
  if (policy.repository?.['merge-queue'] && !triggers.includes('merge_group')) {
    findings.push(
      found(
        'no-merge-group',
        'error',
        `The required job ${job.name} does not run for the merge queue, which waits for it`,
        'Add merge_group: to the events of the workflow.',
        place,
      ),
    );
  }
  return findings;
}

function auditRunners(
  { path, triggers }: WorkflowFile,
  job: Job,
  policy: Policy,
  isPublic: boolean,
): readonly AuditFinding[] {
  const groups = policy.repository?.['build-runners'] ?? [];
  const own = job.runners.some((label) => label === 'self-hosted' || groups.includes(label));
  const outside = triggers.some((trigger) => trigger.startsWith('pull_request'));
  return own && outside && isPublic
    ? [
        found(
          'untrusted-on-build-host',
          'error',
          `The job ${job.name} runs pull requests, also those of forks, on self-hosted runners`,
          'Run pull requests on GitHub-hosted runners, and build hosts only from protected refs.',
          { file: path, line: job.line },
        ),
      ]
    : [];
}

function auditStep(
  { path }: WorkflowFile,
  step: Step,
  privileged: readonly string[],
): readonly AuditFinding[] {
  const place = { file: path, line: step.line };
  const findings: AuditFinding[] = [];
  const fetches =
    (step.uses.startsWith('actions/checkout@') &&
      (UNTRUSTED_REF.test(step.inputs.ref ?? '') || /head\.repo/.test(step.inputs.repository ?? ''))) ||
    FETCHES_PULL.test(step.script);
  if (fetches && privileged.length > 0) {
    findings.push(
      found(
        'untrusted-checkout',
        'error',
        `The code of a pull request is checked out in a run of ${privileged.join(', ')}, which has secrets and a writing token`,
        'Use the event pull_request for what runs the code, and hand results over as artifacts.',
        place,
      ),
    );
  }
  if (UNTRUSTED_TEXT.test(step.script)) {
    findings.push(
      found(
        'script-injection',
        privileged.length > 0 ? 'error' : 'warning',
        'A text that outsiders write is pasted into a script, where it can become a command',
        'Pass it through env: and use the variable.',
        place,
      ),
    );
  }
  if (isMovable(step.uses)) {
    findings.push(
      found(
        'unpinned-action',
        'note',
        `${step.uses.slice(0, 100)} is named by a tag or branch, which its owner can move`,
        'Name it by its full commit SHA.',
        place,
      ),
    );
  }
  return findings;
}

function isMovable(uses: string): boolean {
  return (
    uses !== '' &&
    !/^(\.|\$\/|docker:\/\/\S+@sha256:)/.test(uses) &&
    !/@[0-9a-f]{40}([0-9a-f]{24})?$/.test(uses)
  );
}
