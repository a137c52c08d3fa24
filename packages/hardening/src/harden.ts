import { stat } from 'node:fs/promises';
import path from 'node:path';
import {
  DISK_TOOLS,
  type RootSession,
  withMountedCopy,
  withWorkingCopy,
  writeBack,
} from '@golden-image/disk';
import { digestFile } from '@golden-image/evidence';
import type { Ports } from '@golden-image/host';
import { type BaselineResult, baselineFixes, checkBaseline } from './baseline/check.ts';
import { readBaselineFacts } from './baseline/facts.ts';
import { obtainContent } from './content/content.ts';
import { ownFixes } from './fix/own-fixes.ts';
import type { Fix } from './fix/script.ts';
import { chooseFixes, type Iteration, scanAndFix } from './iterate.ts';
import { readOsRelease } from './os-release.ts';
import { type FailOn, type HardeningOutcome, refusals } from './outcome.ts';
import { type Published, publish } from './publish.ts';
import { hardeningHtml } from './report/html.ts';
import { hardeningSarif } from './report/sarif.ts';
import { openScanner, type Scanner } from './scap/scanner.ts';
import { isOpen, scoreOf } from './score.ts';
import { hardeningStatement } from './statement.ts';
import { chooseProfile } from './tailoring/prepare.ts';
import { describeImage, openTarget, type Target } from './target.ts';
import { type AppliedWaivers, applyWaivers, readWaivers, type Waiver } from './waivers/waivers.ts';

export interface HardenRequest {
  /** An image folder, or a disk file (qcow2 or raw). */
  readonly image: string;
  /** Short names (`cis_level1_server`) or full identifiers; with several, an image meets all of them. */
  readonly profiles: readonly string[];
  /** `apply` changes the disk; `audit` scans it; `plan` scans it and says what would be fixed. */
  readonly mode: 'apply' | 'audit' | 'plan';
  /** Path of a datastream, or URL with `#sha256=…`. */
  readonly content?: string | undefined;
  readonly tailoring?: string | undefined;
  /** Values of the content by short name: `var_accounts_tmout` to `600`. */
  readonly variables?: ReadonlyMap<string, string> | undefined;
  /** Path of a waivers file. */
  readonly waivers?: string | undefined;
  /** In percent. */
  readonly minScore?: number | undefined;
  readonly failOn?: FailOn | undefined;
  /** Whether the project's own rules are checked (and fixed) too; default: they are. */
  readonly baseline?: boolean;
}

export interface HardenResult {
  readonly outcome: HardeningOutcome;
  readonly published: Published | undefined;
  /** Why the result is refused; empty when it is not. */
  readonly refusals: readonly string[];
}

type HardenPorts = Pick<Ports, 'exec' | 'log' | 'tools' | 'clock' | 'fetch' | 'signal'>;

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
  const waivers = request.waivers === undefined ? [] : await readWaivers(request.waivers);
  const target = await openTarget(request.image, request.mode, ports);
  ports.log.info(`Opening ${target.disk}`);
  return withWorkingCopy(target.disk, ports, async (copy) => {
    const work = await withMountedCopy(copy, { writable: request.mode === 'apply' }, ports, (session) =>
      inspect(request, target, waivers, session, copy.folder, ports),
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
    if (request.mode === 'plan') {
      return { outcome, published: undefined, refusals: reasons };
    }
    const published = await publish(
      target,
      {
        html: hardeningHtml(outcome),
        sarif: hardeningSarif(outcome),
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

interface Work {
  readonly iteration: Iteration;
  readonly outcome: Omit<HardeningOutcome, 'digests' | 'finishedOn'>;
}

async function inspect(
  request: HardenRequest,
  target: Target,
  waivers: readonly Waiver[],
  session: RootSession,
  folder: string,
  ports: HardenPorts,
): Promise<Work> {
  const image = describeImage(target, await readOsRelease(session));
  const applied = applyWaivers(waivers, image, ports.clock.now());
  const content = await obtainContent(request.content, image, folder, ports);
  const profile = await chooseProfile(request, image, content, folder);
  const scanner = await openScanner(
    {
      content,
      profile: profile.id,
      tailoring: profile.tailoring?.file,
      folder,
    },
    ports,
  );
  const started = ports.clock.monotonic();
  const judgeBaseline = async (): Promise<readonly BaselineResult[]> =>
    request.baseline === false ? [] : checkBaseline(await readBaselineFacts(session));
  const baseline = await judgeBaseline();
  const extra = baselineFixes(baseline, new Set(applied.valid.keys()));
  const iteration = await iterate(request, image, applied, extra, scanner, session, folder, ports);
  const baselineAfter = request.mode === 'apply' ? await judgeBaseline() : baseline;
  const planned =
    request.mode === 'plan'
      ? [...extra.map(({ rule }) => rule), ...(await plan(session, scanner, iteration, image, applied))]
      : [];
  const waived = new Set(applied.valid.keys());
  const open = new Set(
    [...baselineAfter, ...iteration.after.results.rules]
      .filter(({ outcome }) => isOpen(outcome))
      .map(({ rule }) => rule),
  );
  return {
    iteration,
    outcome: {
      mode: request.mode,
      image,
      profile: profile.names.join(','),
      content: {
        origin: content.origin,
        sha256: content.sha256,
        version: iteration.after.results.benchmarkVersion,
      },
      scanner: scanner.version,
      tailoring: profile.tailoring && { name: profile.tailoring.name, sha256: profile.tailoring.sha256 },
      before: judged(iteration.before, waived),
      after: judged(iteration.after, waived),
      baseline: { before: baseline, after: baselineAfter },
      fixes: iteration.fixes,
      planned,
      waivers: applied.valid,
      expiredWaivers: applied.expired,
      unusedWaivers: [...applied.valid.values()].filter(({ rule }) => !open.has(rule)),
      seconds: {
        'first scan': iteration.before.seconds,
        'last scan': iteration.after.seconds,
        'scans and fixes': (ports.clock.monotonic() - started) / 1000,
      },
    },
  };
}

function judged(scan: Iteration['after'], waived: ReadonlySet<string>): HardeningOutcome['after'] {
  const { rules } = scan.results;
  return { rules, score: scoreOf(rules, waived) };
}

async function iterate(
  request: HardenRequest,
  image: { readonly distribution: string; readonly release: string },
  applied: AppliedWaivers,
  baseline: readonly Fix[],
  scanner: Scanner,
  session: RootSession,
  folder: string,
  ports: HardenPorts,
): Promise<Iteration> {
  if (request.mode !== 'apply') {
    const scan = await scanner.scan(session, 'before');
    return { before: scan, after: scan, fixes: [], rounds: 0 };
  }
  const own = ownFixes(image.distribution, image.release);
  const preparations = own.preparations.map(
    ({ id, script }): Fix => ({ rule: id, script, origin: 'project' }),
  );
  const extra = [...preparations, ...baseline];
  const options = { waived: new Set(applied.valid.keys()), own, extra, folder };
  return scanAndFix(session, scanner, options, ports);
}

async function plan(
  session: RootSession,
  scanner: Scanner,
  iteration: Iteration,
  image: { readonly distribution: string; readonly release: string },
  applied: AppliedWaivers,
): Promise<readonly string[]> {
  const own = ownFixes(image.distribution, image.release);
  const options = { waived: new Set(applied.valid.keys()), own };
  const fixes = await chooseFixes(session, scanner, iteration.after, options, []);
  return [...own.preparations.map(({ id }) => id), ...fixes.map(({ rule }) => rule)];
}
