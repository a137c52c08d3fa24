import { describeError } from '@golden-image/host';
import type { Conclusion, StepReport } from './report.ts';
import { type Frame, type JobState, type StepContext, scopeOf } from './run-state.ts';
import { StepOutput } from './step-output.ts';

/** Something that counts as a step: a step, or `pre` or `post` of its action. */
export interface Task {
  readonly name: string;
  readonly phase: StepReport['phase'];
  readonly env: Readonly<Record<string, string>>;
  readonly continueOnError: boolean;
  /** Undefined: no limit. */
  readonly timeoutMinutes: number | undefined;
  /** @returns whether it succeeded */
  readonly body: (step: StepContext) => Promise<boolean>;
}

/** Carries out a task, shows it and reports it to its frame. Never rejects: an error is a failed step. */
export async function perform(task: Task, frame: Frame, job: JobState): Promise<StepReport> {
  const { console, masks, debug } = job.run;
  const title = task.phase === 'main' ? task.name : `${task.phase}: ${task.name}`;
  const started = performance.now();
  console.step(title);
  const limit = new AbortController();
  const timer =
    task.timeoutMinutes === undefined
      ? undefined
      : setTimeout(() => limit.abort(), Math.min(task.timeoutMinutes * 60_000, 2 ** 31 - 1));
  const timeout = frame.timeout ? AbortSignal.any([frame.timeout, limit.signal]) : limit.signal;
  const step: StepContext = {
    job,
    frame,
    name: task.name,
    output: new StepOutput(console, masks, debug),
    env: { ...frame.env, ...task.env },
    scope: scopeOf(job, frame, task.env),
    timeout,
    signal: AbortSignal.any([job.cancellation.signal(), timeout]),
    outputs: {},
    summary: '',
  };
  const outcome = await outcomeOf(task, step);
  clearTimeout(timer);
  const conclusion = outcome === 'failure' && task.continueOnError ? 'success' : outcome;
  if (conclusion === 'failure') {
    frame.status = 'failure';
  }
  const report: StepReport = {
    name: task.name,
    phase: task.phase,
    outcome,
    conclusion,
    seconds: (performance.now() - started) / 1000,
    outputs: step.outputs,
    annotations: step.output.annotations,
    summary: step.summary,
  };
  console.stepEnd(title, outcome, report.seconds);
  frame.record(report);
  return report;
}

async function outcomeOf(task: Task, step: StepContext): Promise<Conclusion> {
  let succeeded = false;
  try {
    succeeded = await task.body(step);
  } catch (error) {
    if (!step.signal.aborted) {
      const { message, fix } = describeError(error);
      step.output.annotate({ level: 'error', message: [message, fix].filter(Boolean).join('\n') });
    }
  }
  if (step.timeout.aborted) {
    const limit = task.timeoutMinutes === undefined ? '' : ` of ${task.timeoutMinutes} minutes`;
    step.output.annotate({ level: 'error', message: `The step did not end within its time${limit}.` });
    return 'failure';
  }
  if (step.signal.aborted) {
    return 'cancelled';
  }
  return succeeded ? 'success' : 'failure';
}
