import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DISK_TOOLS, withMountedCopy, withWorkingCopy, writeBack } from '@golden-image/disk';
import { digestFile } from '@golden-image/evidence';
import type { Ports } from '@golden-image/host';
import { hardeningRecordFile, readPrevious } from './history/record.ts';
import { type HardenPorts, inspect, requestedBaseline } from './inspect.ts';
import { type HardeningOutcome, refusals } from './outcome.ts';
import { type Published, publish } from './publish.ts';
import { hardeningHtml } from './report/html.ts';
import { hardeningSarif } from './report/sarif.ts';
import type { HardenRequest } from './request.ts';
import { hardeningStatement } from './statement.ts';
import { openTarget, type Target } from './target.ts';
import { readWaivers } from './waivers/waivers.ts';

export interface HardenResult {
  readonly outcome: HardeningOutcome;
  readonly published: Published | undefined;
  /** Why the result is refused; empty when it is not. */
  readonly refusals: readonly string[];
}

/**
 * Brings an image to a profile of SCAP content and proves it, or only finds out how far it is. Needs root.
 *
 * A result that is refused (score, severity, expired waiver) is written like any other: its statement says FAILED.
 *
 * @throws UserError for whatever keeps it from a result; the image is then as it was
 */
export async function harden(request: HardenRequest, ports: HardenPorts): Promise<HardenResult> {
  const started = ports.clock.monotonic();
  await ports.tools.ensure(DISK_TOOLS);
  const preparation = {
    waivers: await readWaivers(request.waivers ?? []),
    baseline: await requestedBaseline(request.baseline),
    previous: request.previous === undefined ? undefined : await readPrevious(request.previous),
  };
  const target = await openTarget(request.image, request.mode, ports);
  ports.log.info(`Opening ${target.disk}`);
  return withWorkingCopy(target.disk, ports, async (copy) => {
    const work = await withMountedCopy(copy, { writable: request.mode === 'apply' }, ports, (session) =>
      inspect(request, target, preparation, session, copy.folder, ports),
    );
    const scanned = ports.clock.monotonic();
    const changed = request.mode === 'apply' ? path.join(copy.folder, 'disk.out') : undefined;
    let digest = { sha256: target.sha256, size: 0 };
    if (changed !== undefined) {
      ports.log.info('Writing the changed disk');
      await writeBack(copy, changed, ports);
      digest = await describeFile(changed, ports);
    }
    const outcome: HardeningOutcome = {
      ...work.outcome,
      digests: { before: target.sha256, after: digest.sha256 },
      finishedOn: ports.clock.now(),
      seconds: {
        ...work.outcome.seconds,
        write: (ports.clock.monotonic() - scanned) / 1000,
        total: (ports.clock.monotonic() - started) / 1000,
      },
    };
    const reasons = refusals(outcome, { minScore: request.minScore, failOn: request.failOn });
    for (const { rule } of outcome.unusedWaivers) {
      ports.log.warning(`The waiver for ${rule} is not used: the rule passes or is not part of the profile`);
    }
    for (const { rule, before } of outcome.comparison?.regressions ?? []) {
      ports.log.warning(`${rule.rule} got worse: ${before} before, ${rule.outcome} now`);
    }
    if (request.mode === 'plan') {
      return { outcome, published: undefined, refusals: reasons };
    }
    const published = await publish(
      target,
      {
        html: hardeningHtml(outcome),
        sarif: hardeningSarif(outcome),
        record: hardeningRecordFile(outcome, preparation.previous),
        before: work.iteration.before,
        after: work.iteration.after,
        statement: (await mayState(target))
          ? hardeningStatement(outcome, path.basename(target.disk), reasons.length > 0)
          : undefined,
      },
      changed === undefined
        ? undefined
        : { write: (file) => copyFileSparse(changed, file, ports).then(() => digest) },
    );
    return { outcome, published, refusals: reasons };
  });
}

/** An audit must not take the place of the statement that tells how the disk came to be. */
async function mayState(target: Target): Promise<boolean> {
  if (!target.folder) {
    return true;
  }
  const file = path.join(target.folder.folder, 'evidence', '30-harden.json');
  return stat(file).then(
    () => false,
    () => true,
  );
}

async function copyFileSparse(from: string, to: string, ports: Pick<Ports, 'exec'>): Promise<void> {
  await ports.exec({ command: 'cp', args: ['--sparse=auto', '--reflink=auto', '--', from, to] });
}

async function describeFile(
  file: string,
  ports: Pick<Ports, 'signal'>,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const { hex, bytes } = await digestFile(file, ['sha256'], { signal: ports.signal });
  return { sha256: hex.sha256, size: bytes };
}
