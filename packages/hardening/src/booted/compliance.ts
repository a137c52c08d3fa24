import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { readEvidence } from '@golden-image/image-folder';
import { obtainContent } from '../content/content.ts';
import { identifyOs } from '../os-release.ts';
import { profileId, shortName } from '../scap/names.ts';
import type { RuleResult } from '../scap/results.ts';
import { isOpen, type Score, scoreOf } from '../score.ts';
import { chooseProfile } from '../tailoring/prepare.ts';
import { applyWaivers, readWaivers, type Waiver } from '../waivers/waivers.ts';
import type { GuestShell } from './guest-shell.ts';
import { hardeningRecord } from './hardening-record.ts';
import { type MergedScan, mergeScans, worseThanAtRest } from './merge.ts';
import { scanBooted } from './scan-booted.ts';

export interface ComplianceRequest {
  /** The image folder or disk file that was booted: where the scan at rest is read from. */
  readonly image: string;
  /** What a report calls it. */
  readonly name: string;
  /** SHA-256 of the disk that was booted. */
  readonly digest: string;
  /** Short name, or several with commas between; default: what the image was hardened to. */
  readonly profile?: string | undefined;
  /** Path of a datastream, or URL with `#sha256=…`; default: the release's. */
  readonly content?: string | undefined;
  /** Default: the one that comes with the release. */
  readonly tailoring?: string | undefined;
  /** Values of the content by short name. */
  readonly variables?: ReadonlyMap<string, string> | undefined;
  /** Judge by the content's profile as it is: no tailoring of the release's. */
  readonly plain?: boolean;
  /** Paths of waivers files; default: the waivers that the hardening recorded. */
  readonly waivers?: readonly string[] | undefined;
  /** A private folder on the host, for content and results. */
  readonly folder: string;
  /** How much slower than hardware the machine is. */
  readonly timeoutScale?: number | undefined;
}

/** What the scan of a booted image found, beside what was found at rest. */
export interface ComplianceResult {
  readonly image: { readonly name: string; readonly distribution: string; readonly release: string };
  readonly profile: string;
  readonly content: { readonly origin: string; readonly sha256: string; readonly version: string };
  readonly tailoring: { readonly name: string; readonly sha256: string } | undefined;
  readonly scanner: string;
  /** Of the booted scan alone. */
  readonly booted: Score;
  /** Undefined: the image was not hardened here, or it was changed since. */
  readonly atRest: Score | undefined;
  readonly merged: MergedScan & { readonly score: Score };
  /** Valid waivers by rule. */
  readonly waivers: ReadonlyMap<string, Waiver>;
  readonly expiredWaivers: readonly Waiver[];
  /** Merged rules that do not pass and that nobody waived. */
  readonly remaining: readonly RuleResult[];
  /** Rules that passed at rest, fail now, and that nobody waived. */
  readonly worse: readonly string[];
  /** XCCDF results on the host, in the request's folder. */
  readonly resultsFile: string;
  readonly seconds: number;
}

/**
 * Scans a booted image with what it was hardened with, and merges that with the scan at rest.
 *
 * @throws UserError `no-profile`, `content-unavailable`, `scan-failed`, `unreadable-results`…; ToolError when the
 *   machine cannot be reached
 */
export async function checkCompliance(
  shell: GuestShell,
  request: ComplianceRequest,
  ports: Pick<Ports, 'exec' | 'log' | 'tools' | 'clock' | 'fetch' | 'signal'>,
): Promise<ComplianceResult> {
  const isFolder = (await stat(request.image).catch(() => undefined))?.isDirectory() ?? false;
  const record = isFolder ? hardeningRecord(await readEvidence(request.image), request.digest) : undefined;
  const profiles = splitProfiles(request.profile ?? record?.profile ?? '');
  if (profiles.length === 0) {
    throw new UserError('It is not said to which profile the image is to comply', {
      code: 'no-profile',
      fix: 'Name a profile (cis_level1_server, …), or pass an image folder that harden wrote.',
    });
  }
  const { stdout } = await shell.run({
    script: 'cat /etc/os-release',
    timeoutMs: 60_000 * (request.timeoutScale ?? 1),
  });
  const os = identifyOs(stdout);
  const image = { name: request.name, distribution: os.id, release: os.version };
  const content = await obtainContent(request.content, image, request.folder, ports);
  const profile = await chooseProfile({ ...request, profiles }, image, content, request.folder);
  const same = record?.profile === profile.names.join(',') ? record : undefined;
  if (same?.contentDigest !== undefined && same.contentDigest !== content.sha256) {
    ports.log.warning(
      'The content is not the one that the image was hardened with: differences may come from that.',
    );
  }
  const waivers = applyWaivers(
    request.waivers === undefined ? (record?.waivers ?? []) : await readWaivers(request.waivers),
    image,
    ports.clock.now(),
  );
  const scan = await scanBooted(
    shell,
    {
      content,
      profile: profile.id,
      tailoring: profile.tailoring?.file,
      folder: request.folder,
      timeoutScale: request.timeoutScale ?? 1,
    },
    ports,
  );
  const waived = new Set(waivers.valid.keys());
  const merged = mergeScans(same?.rules ?? [], scan.results.rules);
  return {
    image,
    profile: profile.names.join(','),
    content: { origin: content.origin, sha256: content.sha256, version: scan.results.benchmarkVersion },
    tailoring: profile.tailoring && { name: profile.tailoring.name, sha256: profile.tailoring.sha256 },
    scanner: scan.scanner,
    booted: scoreOf(scan.results.rules, waived),
    atRest: same && scoreOf(same.rules, waived),
    merged: { ...merged, score: scoreOf(merged.rules, waived) },
    waivers: waivers.valid,
    expiredWaivers: waivers.expired,
    remaining: merged.rules.filter(({ rule, outcome }) => isOpen(outcome) && !waived.has(rule)),
    worse: worseThanAtRest(merged.differences, waived),
    resultsFile: path.resolve(scan.resultsFile),
    seconds: scan.seconds,
  };
}

/** `a, b` → short names; the order counts. */
export function splitProfiles(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== '').map((name) => shortName(profileId(name))))];
}
