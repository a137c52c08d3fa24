import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Ports, ToolError, UserError } from '@golden-image/host';
import type { Content } from '../content/content.ts';
import { readResults, type ScanResults } from '../scap/results.ts';
import { obtainScanner, type ScannerTools } from '../scap/scanner-tools.ts';
import type { GuestShell } from './guest-shell.ts';

/** Longest time for sending the scanner, scanning and bringing the results, in milliseconds, before scaling. */
const TIMEOUT_MS = 300_000;
/** More than this is no result of a scan, in bytes: compressed, and after that. */
const MAX_COMPRESSED = 64 * 1024 * 1024;
const MAX_RESULTS = 256 * 1024 * 1024;
/** Said by the script when the scanner itself failed. */
const SCAN_FAILED = 70;

export interface BootedScanOptions {
  readonly content: Content;
  /** Full identifier, of the content or of the tailoring. */
  readonly profile: string;
  readonly tailoring: string | undefined;
  /** A private folder on the host. */
  readonly folder: string;
  /** How much slower than hardware the machine is; multiplies the time limit. */
  readonly timeoutScale?: number;
}

export interface BootedScan {
  readonly results: ScanResults;
  /** XCCDF results on the host. */
  readonly resultsFile: string;
  readonly scanner: string;
  readonly seconds: number;
}

/**
 * Evaluates a profile inside a booted machine: an OpenSCAP with its own libraries is sent into a memory file system
 * there, scans the running system and vanishes with it. Nothing is installed, nothing stays.
 *
 * @throws UserError `scan-failed`, `unreadable-results`; ToolError when the machine cannot be reached
 */
export async function scanBooted(
  shell: GuestShell,
  options: BootedScanOptions,
  ports: Pick<Ports, 'exec' | 'log' | 'tools' | 'clock'>,
): Promise<BootedScan> {
  const started = ports.clock.monotonic();
  const tools = await obtainScanner(ports);
  const parcel = await packParcel(tools, options, ports);
  const resultsFile = await exchange(shell, parcel, options, ports);
  return {
    results: await readResults(resultsFile),
    resultsFile,
    scanner: tools.version,
    seconds: (ports.clock.monotonic() - started) / 1000,
  };
}

/**
 * Sends the parcel, has it run, and brings the results, with limits: the machine at the other end is not trusted.
 *
 * @returns the path of the XCCDF results
 */
export async function exchange(
  shell: GuestShell,
  parcel: string,
  options: BootedScanOptions,
  ports: Pick<Ports, 'log'>,
): Promise<string> {
  const compressed = path.join(options.folder, 'booted.xml.gz');
  await runInGuest(shell, parcel, compressed, options, ports);
  const resultsFile = path.join(options.folder, 'booted.xml');
  await expand(compressed, resultsFile);
  return resultsFile;
}

/** The scanner, just the libraries that it loads, content and tailoring, as one compressed archive. */
async function packParcel(
  tools: ScannerTools,
  options: BootedScanOptions,
  ports: Pick<Ports, 'exec'>,
): Promise<string> {
  const parcel = path.join(options.folder, 'parcel');
  await mkdir(path.join(parcel, 'lib'), { recursive: true });
  const oscap = path.join(tools.folder, 'usr/bin/oscap');
  const loader = path.join(tools.folder, tools.loader);
  const { stdout } = await ports.exec({
    command: loader,
    args: ['--library-path', path.join(tools.folder, tools.libraries), '--list', oscap],
  });
  const libraries = [...stdout.matchAll(/=> (\/\S+)/g)].map(([, file = '']) => file);
  for (const library of libraries) {
    await cp(library, path.join(parcel, 'lib', path.basename(library)), { dereference: true });
  }
  await cp(loader, path.join(parcel, 'loader'), { dereference: true });
  await copyFile(oscap, path.join(parcel, 'oscap'));
  await copyFile(options.content.file, path.join(parcel, 'content.xml'));
  if (options.tailoring !== undefined) {
    await copyFile(options.tailoring, path.join(parcel, 'tailoring.xml'));
  }
  const archive = path.join(options.folder, 'parcel.tar.gz');
  await ports.exec({
    command: 'tar',
    args: ['-C', parcel, '--owner=0', '--group=0', '-I', 'gzip -1', '-cf', archive, '.'],
  });
  return archive;
}

/**
 * Progress and messages go to standard error, the compressed results alone to standard output. The memory file system
 * is mounted only for the script, which takes it away again however it ends.
 */
function scanScript({ profile, tailoring }: BootedScanOptions): string {
  return `set -eu
umask 077
exec 3>&1 1>&2
d=$(mktemp -d /run/golden-image-scan.XXXXXX)
trap 'cd /; umount -l "$d" 2> /dev/null || :; rmdir "$d"' EXIT
mount -t tmpfs -o mode=0700,nosuid,nodev,size=75% golden-image-scan "$d"
cd "$d"
tar -xzf -
rc=0
./loader --library-path ./lib ./oscap xccdf eval --skip-validation --profile ${quote(profile)} \\
  ${tailoring === undefined ? '' : '--tailoring-file tailoring.xml'} --results results.xml content.xml || rc=$?
case $rc in 0 | 2) ;; *) echo "oscap status $rc"; exit ${SCAN_FAILED} ;; esac
gzip -c results.xml >&3
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

async function runInGuest(
  shell: GuestShell,
  parcel: string,
  target: string,
  options: BootedScanOptions,
  ports: Pick<Ports, 'log'>,
): Promise<void> {
  const file = createWriteStream(target, { flags: 'wx', mode: 0o600 });
  let bytes = 0;
  let judged = 0;
  const stop = new AbortController();
  const input = createReadStream(parcel);
  try {
    const { code, stderr } = await shell.run({
      script: scanScript(options),
      input,
      timeoutMs: TIMEOUT_MS * (options.timeoutScale ?? 1),
      okCodes: [0, SCAN_FAILED],
      signal: stop.signal,
      onStdout: (chunk) => {
        bytes += chunk.length;
        if (bytes > MAX_COMPRESSED) {
          stop.abort(unreadable(`it sends more than ${MAX_COMPRESSED} bytes`));
        } else {
          file.write(chunk);
        }
      },
      onLine: (line, stream) => {
        if (stream === 'stderr' && line.startsWith('Result')) {
          judged += 1;
          ports.log.progress({ label: 'Scan (booted)', done: judged, unit: 'rules' });
        }
      },
    });
    if (code === SCAN_FAILED) {
      throw new UserError('The scan inside the booted image failed', {
        code: 'scan-failed',
        fix: 'Check the content, the profile and the tailoring; see the details.',
        detail: stderr,
      });
    }
  } finally {
    input.destroy();
    await new Promise((resolve) => file.end(resolve));
  }
}

async function expand(source: string, target: string): Promise<void> {
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > MAX_RESULTS ? unreadable(`they expand to more than ${MAX_RESULTS} bytes`) : null, chunk);
    },
  });
  await pipeline(createReadStream(source), createGunzip(), bounded, createWriteStream(target)).catch(
    (cause: unknown) => {
      throw cause instanceof UserError || cause instanceof ToolError
        ? cause
        : unreadable('they are not compressed as asked', cause);
    },
  );
}

function unreadable(why: string, cause?: unknown): UserError {
  return new UserError(`The results of the booted image cannot be used: ${why}`, {
    code: 'unreadable-results',
    fix: 'Look at the guest’s console: the scan there was cut short, or something answers in its place.',
    ...(cause === undefined ? {} : { cause }),
  });
}
