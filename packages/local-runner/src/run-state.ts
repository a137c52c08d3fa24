import type { Exec } from '@golden-image/host';
import type { Cancellation } from './cancellation.ts';
import type { Console } from './console.ts';
import type { Scope } from './expressions.ts';
import { hashFiles } from './hash-files.ts';
import type { Json, JsonObject } from './json.ts';
import type { Masks } from './masks.ts';
import type { StepReport } from './report.ts';
import type { StepOutput } from './step-output.ts';
import type { ActionModel, RunDefaults } from './workflow-model.ts';

/** What all jobs of a run share. */
export interface RunState {
  /** Absolute path of the repository. */
  readonly root: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Holds artifacts/, summary.md and result.json. */
  readonly out: string;
  /** Holds a folder for each job. */
  readonly work: string;
  /** Persistent: tools and caches. */
  readonly cache: string;
  readonly keepWorkspace: boolean;
  readonly debug: boolean;
  readonly exec: Exec;
  readonly console: Console;
  readonly masks: Masks;
  readonly cancellation: Cancellation;
  /** Environment that steps inherit. */
  readonly baseEnv: Readonly<Record<string, string>>;
  /** The `github` context, without what belongs to a job or step. */
  readonly github: JsonObject;
  readonly eventJson: string;
  readonly vars: Readonly<Record<string, string>>;
  /** Files that were downloaded from an artifact and did not change since, by device and inode. */
  readonly downloaded: Map<string, DownloadedFile>;
}

export interface DownloadedFile {
  /** Where the artifact holds it. */
  readonly source: string;
  /** Changes with every write. */
  readonly changed: bigint;
}

/** A running job. */
export interface JobState {
  readonly run: RunState;
  readonly id: string;
  readonly folder: string;
  readonly workspace: string;
  readonly temp: string;
  readonly trackingId: string;
  readonly cancellation: Cancellation;
  /** `needs`, `strategy`, `matrix`, `secrets`, `inputs` and `vars`. */
  readonly contexts: JsonObject;
  /** Workflow and job `env`, and what GITHUB_ENV added. */
  readonly env: Record<string, string>;
  /** What GITHUB_PATH added, the latest first. */
  readonly path: string[];
  readonly defaults: RunDefaults;
  /** Run after the steps, the latest first. */
  readonly posts: PostStep[];
  readonly reports: StepReport[];
  /** Numbers the temporary files. */
  counter: number;
}

/** A list of steps that sees its own `steps` and `inputs`: a job's, or a composite action's. */
export interface Frame {
  readonly kind: 'job' | 'composite';
  /** Composite actions around. */
  readonly depth: number;
  readonly steps: Record<string, JsonObject>;
  readonly inputs: JsonObject | undefined;
  /** `env` of the steps around. */
  readonly env: Readonly<Record<string, string>>;
  readonly github: JsonObject;
  /** Of the composite action's own step. */
  readonly timeout: AbortSignal | undefined;
  status: 'success' | 'failure' | 'cancelled';
  /** Takes over what a step reports. */
  record(report: StepReport): void;
}

export interface PostStep {
  readonly name: string;
  readonly condition: string;
  readonly frame: Frame;
  readonly env: Readonly<Record<string, string>>;
  readonly body: (step: StepContext) => Promise<boolean>;
}

/** What carries out one step. */
export interface StepContext {
  readonly job: JobState;
  readonly frame: Frame;
  readonly name: string;
  readonly output: StepOutput;
  /** `env` of this step and those around it. */
  readonly env: Readonly<Record<string, string>>;
  /** With this step's `env`; and within an action with its path. */
  scope: Scope;
  /** Aborted when the step's time is over. */
  readonly timeout: AbortSignal;
  /** Aborted then, and when the job is cancelled. */
  readonly signal: AbortSignal;
  readonly outputs: Record<string, string>;
  summary: string;
}

/** An action in use: what `pre`, `main` and `post` of it share. */
export interface ActionUse {
  readonly action: ActionModel;
  readonly state: Map<string, string>;
}

/** The contexts and status functions that a step of a frame sees. */
export function scopeOf(job: JobState, frame: Frame, stepEnv: Readonly<Record<string, string>> = {}): Scope {
  const { run } = job;
  const status = job.cancellation.reason === undefined ? frame.status : 'cancelled';
  return {
    contexts: {
      ...job.contexts,
      ...(frame.inputs ? { inputs: frame.inputs } : {}),
      github: { ...run.github, ...frame.github, workspace: job.workspace },
      env: { ...job.env, ...frame.env, ...stepEnv },
      job: { status } as Json as JsonObject,
      runner: {
        name: 'local-runner',
        os: 'Linux',
        arch: architecture(),
        temp: job.temp,
        tool_cache: toolCache(run),
        workspace: job.folder,
        debug: run.debug ? '1' : '',
        environment: 'self-hosted',
      },
      steps: frame.steps,
    },
    status: {
      success: status === 'success',
      failure: status === 'failure',
      cancelled: status === 'cancelled',
    },
    hashFiles: (patterns) => hashFiles(job.workspace, patterns),
  };
}

export function toolCache(run: RunState): string {
  return `${run.cache}/tools`;
}

export function architecture(): string {
  return process.arch === 'arm64' ? 'ARM64' : 'X64';
}
