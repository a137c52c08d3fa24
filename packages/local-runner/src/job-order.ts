import { UserError } from '@golden-image/host';
import type { JobModel } from './workflow-model.ts';

/**
 * The jobs so that each comes after those it needs, otherwise in the file's order.
 *
 * @throws UserError `no-such-job`
 */
export function orderedJobs(jobs: readonly JobModel[], only: readonly string[] | undefined): JobModel[] {
  const ordered: JobModel[] = [];
  const visit = (id: string): void => {
    const job = jobs.find((model) => model.id.toLowerCase() === id.toLowerCase());
    if (!job) {
      throw new UserError(`There is no job ${JSON.stringify(id)}`, {
        code: 'no-such-job',
        fix: `Jobs of this workflow: ${jobs.map((model) => model.id).join(', ')}.`,
      });
    }
    if (!ordered.includes(job)) {
      job.needs.forEach(visit);
      ordered.push(job);
    }
  };
  (only ?? jobs.map((job) => job.id)).forEach(visit);
  return ordered;
}

/** The jobs that a job needs, and those that they need. */
export function ancestorsOf(model: JobModel, jobs: readonly JobModel[]): string[] {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (!found.has(id)) {
      found.add(id);
      jobs.find((job) => job.id === id)?.needs.forEach(visit);
    }
  };
  model.needs.forEach(visit);
  return [...found];
}
