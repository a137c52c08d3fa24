/**
 * verify-iso against the clients that people use instead, side by side in one run on one file.
 *
 *   node bench/verify.ts [--size 2048] [--rounds 3] [--dist dist]
 *
 * Needs curl, openssl, gpg, coreutils; twice the size in MiB free in the temporary folder. Prints medians, ratios and
 * the highest resident memory of verify-iso; exit status 1 when a limit is missed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '2048' },
    rounds: { type: 'string', default: '3' },
    dist: { type: 'string', default: 'dist' },
  },
});
const root = path.resolve(import.meta.dirname, '..');
const bundle = path.resolve(root, values.dist, 'verify-iso/index.js');
const folder = mkdtempSync(path.join(tmpdir(), 'bench-verify-'));
const MIB = 1024 * 1024;
const NAME = 'disk.raw';

interface Measured {
  readonly seconds: number;
  /** Highest resident memory of the program itself, in MB. */
  readonly peak: number;
}

/** Runs a program to its end; its memory's high-water mark is read from /proc as long as it lives. */
async function measure(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  let peak = 0;
  const sample = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1000);
    } catch {
      // It has just ended.
    }
  }, 50);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(sample);
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`);
  }
  return { seconds: (performance.now() - started) / 1000, peak };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** A raw disk of random bytes, its signed list, and the key. */
function makeMedium(): string {
  const file = openSync(path.join(folder, NAME), 'w');
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(MIB);
  for (let index = 0; index < Number(values.size); index += 1) {
    randomFillSync(chunk);
    if (index === 0) {
      chunk.writeUInt16BE(0x55aa, 510);
    }
    hash.update(chunk);
    writeSync(file, chunk);
  }
  closeSync(file);
  writeFileSync(path.join(folder, 'SHA256SUMS'), `${hash.digest('hex')}  ${NAME}\n`);
  const gpg = (...args: string[]): string =>
    execFileSync('gpg', ['--homedir', folder, '--batch', '--quiet', '--no-permission-warning', ...args], {
      encoding: 'utf8',
    });
  gpg('--passphrase', '', '--quick-generate-key', 'bench', 'ed25519', 'sign', 'never');
  gpg(
    '--armor',
    '--output',
    path.join(folder, 'SHA256SUMS.sign'),
    '--detach-sign',
    path.join(folder, 'SHA256SUMS'),
  );
  writeFileSync(path.join(folder, 'key.asc'), gpg('--armor', '--export'));
  return /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--with-colons', '--list-keys'))?.[1] ?? '';
}

async function main(): Promise<boolean> {
  const fingerprint = makeMedium();
  const urlFile = path.join(folder, 'url');
  const server = spawn(process.execPath, [
    path.join(root, 'examples/debian-13/medium/serve.ts'),
    ...['--folder', folder, '--url-file', urlFile],
  ]);
  try {
    while (!existsSync(urlFile)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const url = readFileSync(urlFile, 'utf8').trim();
    const verify = (base: string): Promise<Measured> =>
      measure(process.execPath, [bundle], {
        INPUT_SOURCE: `${base}/${NAME}`,
        'INPUT_CHECKSUM-FILE': `${base}/SHA256SUMS`,
        INPUT_SIGNATURE: `${base}/SHA256SUMS.sign`,
        INPUT_KEYRING: path.join(folder, 'key.asc'),
        INPUT_FINGERPRINTS: fingerprint,
        INPUT_OUTPUT: path.join(folder, 'out'),
        INPUT_CACHE: 'false',
      });
    const shell = (script: string): Promise<Measured> =>
      measure('bash', ['-c', `set -euo pipefail; ${script}`]);
    const gpgVerify = `gpg --homedir ${folder} --batch --quiet --no-permission-warning --verify SHA256SUMS.sign SHA256SUMS`;
    const fetchProof = `curl -sf -o p1 ${url}/SHA256SUMS; curl -sf -o p2 ${url}/SHA256SUMS.sign`;
    const peers: Readonly<Record<string, () => Promise<Measured>>> = {
      'openssl dgst -sha256 (file)': () => measure('openssl', ['dgst', '-sha256', NAME]),
      'verify-iso (file)': () => verify(folder),
      'curl, then sha256sum, then gpg': () =>
        shell(
          `mkdir -p got; curl -sf -o got/${NAME} ${url}/${NAME}; ${fetchProof}; cd got; sha256sum --quiet -c ../SHA256SUMS; cd ..; ${gpgVerify}`,
        ),
      'curl | tee | openssl dgst': () =>
        shell(`mkdir -p got; curl -sf ${url}/${NAME} | tee got/${NAME} | openssl dgst -sha256`),
      'verify-iso (download)': () => verify(url),
    };
    const times = new Map<string, number[]>(Object.keys(peers).map((name) => [name, []]));
    let peak = 0;
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const [name, run] of Object.entries(peers)) {
        // Every side writes a new file, with what came before on its way to the disk.
        rmSync(path.join(folder, 'out'), { recursive: true, force: true });
        rmSync(path.join(folder, 'got'), { recursive: true, force: true });
        const got = await run();
        times.get(name)?.push(got.seconds);
        peak = Math.max(peak, name.startsWith('verify-iso') ? got.peak : 0);
      }
    }
    return report(times, peak);
  } finally {
    server.kill();
  }
}

function report(times: ReadonlyMap<string, readonly number[]>, peak: number): boolean {
  const of = (name: string): number => median(times.get(name) ?? []);
  for (const [name, all] of times) {
    console.log(
      `${name.padEnd(32)} ${of(name).toFixed(2)} s   (${all.map((one) => one.toFixed(2)).join(', ')})`,
    );
  }
  const limits: readonly (readonly [string, number, number])[] = [
    ['file: verify-iso / openssl dgst', of('verify-iso (file)') / of('openssl dgst -sha256 (file)'), 1.15],
    [
      'download: verify-iso / (curl, sha256sum, gpg)',
      of('verify-iso (download)') / of('curl, then sha256sum, then gpg'),
      0.35,
    ],
    [
      'download: verify-iso / (curl | tee | openssl)',
      of('verify-iso (download)') / of('curl | tee | openssl dgst'),
      1,
    ],
    ['peak resident memory of verify-iso, MB', peak, 150],
  ];
  for (const [name, value, limit] of limits) {
    console.log(`${value <= limit ? 'ok  ' : 'MISS'} ${name}: ${value.toFixed(2)} (limit ${limit})`);
  }
  return limits.every(([, value, limit]) => value <= limit);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  execFileSync('gpgconf', ['--homedir', folder, '--kill', 'all']);
  rmSync(folder, { recursive: true, force: true });
}
