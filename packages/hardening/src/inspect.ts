import type { RootSession } from '@golden-image/disk';
import type { Ports } from '@golden-image/host';
import { type Baseline, createBaseline, NO_BASELINE } from './baseline/check.ts';
import { DEFAULT_SETTINGS, readBaselineSettings } from './baseline/settings.ts';
import { obtainContent } from './content/content.ts';
import { ownFixes } from './fix/own-fixes.ts';
import type { Fix } from './fix/script.ts';
import { compareWith } from './history/compare.ts';
import type { HardeningRecordFile } from './history/record.ts';
import { chooseFixes, type Iteration, openRules, scanAndFix } from './iterate.ts';
import { readOsRelease } from './os-release.ts';
import type { HardeningOutcome } from './outcome.ts';
import { type PlannedFix, previewFixes } from './plan/preview.ts';
import type { HardenRequest } from './request.ts';
import { openScanner, type Scanner } from './scap/scanner.ts';
import { isOpen, scoreOf } from './score.ts';
import { chooseProfile } from './tailoring/prepare.ts';
import { describeImage, type Target } from './target.ts';
import { type AppliedWaivers, applyWaivers, type Waiver } from './waivers/waivers.ts';

export type HardenPorts = Pick<Ports, 'exec' | 'log' | 'tools' | 'clock' | 'fetch' | 'signal'>;

/** What was read before the image was opened. */
export interface Preparation {
  readonly waivers: readonly Waiver[];
  readonly baseline: Baseline;
  readonly previous: HardeningRecordFile | undefined;
}

/** What was done inside the image. */
export interface Work {
  readonly iteration: Iteration;
  readonly outcome: Omit<HardeningOutcome, 'digests' | 'finishedOn'>;
}

/** The rules of the project's own that a request asks for. */
export async function requestedBaseline(baseline: HardenRequest['baseline']): Promise<Baseline> {
  if (baseline === false) {
    return NO_BASELINE;
  }
  return createBaseline(
    typeof baseline === 'string' ? await readBaselineSettings(baseline) : DEFAULT_SETTINGS,
  );
}

/** Scans an opened image and, as the request has it, fixes it or finds out what the fixes would change. */
export async function inspect(
  request: HardenRequest,
  target: Target,
  { waivers, baseline, previous }: Preparation,
  session: RootSession,
  folder: string,
  ports: HardenPorts,
): Promise<Work> {
  const image = describeImage(target, await readOsRelease(session));
  const applied = applyWaivers(waivers, image, ports.clock.now());
  const content = await obtainContent(request.content, image, folder, ports);
  const profile = await chooseProfile(request, image, content, folder);
  const scanner = await openScanner(
    { content, profile: profile.id, tailoring: profile.tailoring?.file, folder },
    ports,
  );
  const started = ports.clock.monotonic();
  const before = await baseline.judge(session);
  const waived = new Set(applied.valid.keys());
  const context = { image, applied, scanner, session, folder, extra: baseline.fixes(before, waived) };
  const iteration = request.mode === 'apply' ? await fix(context, ports) : await scanOnly(scanner, session);
  const after = request.mode === 'apply' ? await baseline.judge(session) : before;
  const planned = request.mode === 'plan' ? await plan(context, iteration, ports) : [];
  const rules = [...after, ...iteration.after.results.rules];
  const open = new Set(rules.filter(({ outcome }) => isOpen(outcome)).map(({ rule }) => rule));
  return {
    iteration,
    outcome: {
      mode: request.mode,
      image,
      profile: profile.names.join(','),
      content: {
        ...{ origin: content.origin, sha256: content.sha256 },
        version: iteration.after.results.benchmarkVersion,
      },
      scanner: scanner.version,
      tailoring: profile.tailoring && { name: profile.tailoring.name, sha256: profile.tailoring.sha256 },
      before: judged(iteration.before, waived),
      after: judged(iteration.after, waived),
      baseline: { before, after },
      fixes: iteration.fixes,
      planned,
      comparison: previous && compareWith(previous, rules),
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

interface Context {
  readonly image: { readonly distribution: string; readonly release: string };
  readonly applied: AppliedWaivers;
  readonly scanner: Scanner;
  readonly session: RootSession;
  readonly folder: string;
  /** Of the baseline. */
  readonly extra: readonly Fix[];
}

async function scanOnly(scanner: Scanner, session: RootSession): Promise<Iteration> {
  const scan = await scanner.scan(session, 'before', { arf: true });
  return { before: scan, after: scan, fixes: [] };
}

function fix(context: Context, ports: HardenPorts): Promise<Iteration> {
  const { image, applied, scanner, session, folder } = context;
  const own = ownFixes(image.distribution, image.release);
  const options = { waived: new Set(applied.valid.keys()), own, extra: firstFixes(context), folder };
  return scanAndFix(session, scanner, options, ports);
}

async function plan(
  context: Context,
  iteration: Iteration,
  ports: HardenPorts,
): Promise<readonly PlannedFix[]> {
  const { image, applied, scanner, session, folder } = context;
  const own = ownFixes(image.distribution, image.release);
  const options = { waived: new Set(applied.valid.keys()), own };
  const fixes = await chooseFixes(session, scanner, iteration.after, openRules(iteration.after), options, []);
  return previewFixes([...firstFixes(context), ...fixes], session, folder, ports);
}

/** What runs with the first round, whatever the scan says. */
function firstFixes({ image, extra }: Context): readonly Fix[] {
  const { preparations } = ownFixes(image.distribution, image.release);
  return [...preparations.map(({ id, script }): Fix => ({ rule: id, script, origin: 'project' })), ...extra];
}

function judged(scan: Iteration['after'], waived: ReadonlySet<string>): HardeningOutcome['after'] {
  const { rules } = scan.results;
  return { rules, score: scoreOf(rules, waived) };
}
