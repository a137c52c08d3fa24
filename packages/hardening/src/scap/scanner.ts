import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Bind, RootSession } from '@golden-image/disk';
import { type ExecResult, type Ports, ToolError, UserError } from '@golden-image/host';
import type { Content } from '../content/content.ts';
import { readBootState, writeKernelSettings } from './boot-state.ts';
import { ruleId } from './names.ts';
import { readResults, type ScanResults } from './results.ts';
import { obtainScanner, type ScannerTools } from './scanner-tools.ts';

/** Where the scanner and its work lie inside; `/run` is empty and private there. */
const TOOLS = '/run/golden-image/scanner';
const WORK = '/run/golden-image/work';
const TIMEOUT_MS = 600_000;

export interface Scan {
  readonly results: ScanResults;
  /** XCCDF results, on the host. */
  readonly resultsFile: string;
  /** The asset reporting format, where it was asked for. */
  readonly arfFile: string | undefined;
  readonly seconds: number;
}

export interface ScanOptions {
  /** Short names of the only rules to look at; default: the whole profile. */
  readonly rules?: readonly string[];
  /** Write the asset reporting format too. */
  readonly arf?: boolean;
}

export interface ScannerOptions {
  readonly content: Content;
  /** Full identifier, of the content or of the tailoring. */
  readonly profile: string;
  readonly tailoring: string | undefined;
  /** A private folder on the host for content, results and scripts. */
  readonly folder: string;
}

/** An OpenSCAP that brings its own libraries and runs inside an image, whatever release that is. */
export interface Scanner {
  readonly version: string;
  /** Evaluates the profile over a throw-away layer: the image is not changed. */
  readonly scan: (session: RootSession, label: string, what?: ScanOptions) => Promise<Scan>;
  /** The content's shell fixes for what failed in a scan. */
  readonly generateFix: (session: RootSession, scan: Scan) => Promise<string>;
}

/** Fetches (or takes from the cache) OpenSCAP and prepares its work folder. */
export async function openScanner(
  options: ScannerOptions,
  ports: Pick<Ports, 'exec' | 'log' | 'tools' | 'clock'>,
): Promise<Scanner> {
  const tools = await obtainScanner(ports);
  const work = path.join(options.folder, 'scap');
  await mkdir(work, { recursive: true });
  await copyFile(options.content.file, path.join(work, 'content.xml'));
  if (options.tailoring !== undefined) {
    await copyFile(options.tailoring, path.join(work, 'tailoring.xml'));
  }
  const oscap = createOscap(tools, work);
  return {
    version: tools.version,
    scan: (session, label, what = {}) => scan(session, label, what, options, work, oscap, ports),
    generateFix: (session, from) => generateFix(session, from, options, work, oscap),
  };
}

type Oscap = (
  session: RootSession,
  args: readonly string[],
  more?: {
    readonly binds?: readonly Bind[];
    readonly tmpfs?: readonly { readonly target: string; readonly options: string }[];
    readonly onLine?: (line: string) => void;
  },
) => Promise<ExecResult>;

function createOscap({ folder, loader, libraries }: ScannerTools, work: string): Oscap {
  const binds: readonly Bind[] = [
    { source: folder, target: TOOLS },
    { source: work, target: WORK, writable: true },
  ];
  return (session, args, more = {}) =>
    session.run({
      command: `${TOOLS}/${loader}`,
      args: ['--library-path', `${TOOLS}/${libraries}`, `${TOOLS}/usr/bin/oscap`, ...args],
      binds: [...binds, ...(more.binds ?? [])],
      env: {
        OSCAP_SCHEMA_PATH: `${TOOLS}/usr/share/openscap/schemas`,
        OSCAP_XSLT_PATH: `${TOOLS}/usr/share/openscap/xsl`,
        SYSTEMD_OFFLINE: '1',
      },
      cwd: WORK,
      throwAway: { tmpfs: more.tmpfs ?? [] },
      okCodes: 'any',
      timeoutMs: TIMEOUT_MS,
      ...(more.onLine ? { onLine: more.onLine } : {}),
    });
}

async function scan(
  session: RootSession,
  label: string,
  { rules = [], arf = false }: ScanOptions,
  { profile, tailoring }: ScannerOptions,
  work: string,
  oscap: Oscap,
  ports: Pick<Ports, 'log'>,
): Promise<Scan> {
  const state = await readBootState(session);
  const settings = path.join(work, `${label}-sysctl`);
  await writeKernelSettings(state.kernelSettings, settings);
  const binds: Bind[] = [{ source: settings, target: '/proc/sys' }];
  let judged = 0;
  const { code, stderr, seconds } = await oscap(
    session,
    [
      'xccdf',
      'eval',
      '--profile',
      profile,
      ...(tailoring === undefined ? [] : ['--tailoring-file', `${WORK}/tailoring.xml`]),
      '--results',
      `${WORK}/${label}.xml`,
      ...(arf ? ['--results-arf', `${WORK}/${label}.arf.xml`] : []),
      ...rules.flatMap((rule) => ['--rule', ruleId(rule)]),
      `${WORK}/content.xml`,
    ],
    {
      binds,
      tmpfs: state.tmpfs,
      onLine: (line) => {
        if (line.startsWith('Result')) {
          judged += 1;
          ports.log.progress({ label: `Scan (${label})`, done: judged, unit: 'rules' });
        }
      },
    },
  );
  // 2: some rules did not pass.
  if (code !== 0 && code !== 2) {
    throw new UserError(`The scan failed (oscap status ${code}): ${firstError(stderr)}`, {
      code: 'scan-failed',
      fix: 'Check the content (a SCAP source datastream), the profile and the tailoring; see the details.',
      detail: stderr,
    });
  }
  const resultsFile = path.join(work, `${label}.xml`);
  return {
    results: await readResults(resultsFile),
    resultsFile,
    arfFile: arf ? path.join(work, `${label}.arf.xml`) : undefined,
    seconds,
  };
}

function firstError(stderr: string): string {
  return (
    stderr
      .split('\n')
      .find((line) => line.trim() !== '' && !line.startsWith('WARNING'))
      ?.slice(0, 300) ?? 'no message'
  );
}

async function generateFix(
  session: RootSession,
  from: Scan,
  { tailoring }: ScannerOptions,
  work: string,
  oscap: Oscap,
): Promise<string> {
  const script = path.join(work, 'fix.sh');
  const { code, stderr } = await oscap(session, [
    ...['xccdf', 'generate', 'fix', '--fix-type', 'bash', '--result-id', from.results.testResultId],
    ...(tailoring === undefined ? [] : ['--tailoring-file', `${WORK}/tailoring.xml`]),
    ...['--output', `${WORK}/fix.sh`, `${WORK}/${path.basename(from.resultsFile)}`],
  ]);
  if (code !== 0) {
    throw new ToolError(`oscap could not generate the fixes: ${firstError(stderr)}`, {
      code: 'oscap',
      exitCode: code,
      detail: stderr,
    });
  }
  return script;
}
