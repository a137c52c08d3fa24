import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchContext, Growth, Prepared, Side } from './lib/bench.ts';
import { type Measured, measure, shell } from './lib/measure.ts';

const MIB = 1024 * 1024;
const NAME = 'disk.raw';
const FILE = 'verify-iso, a file';
const DOWNLOAD = 'verify-iso, download';
const ONE_BY_ONE = 'curl, then sha256sum, then gpg';
const PIPE = 'curl | tee | openssl dgst';
const OPENSSL = 'openssl dgst -sha256, a file';

/** Proof that a medium is authentic: of a file on disk, and while it is downloaded. */
export const verify: Bench = {
  name: 'verify',
  title: 'Verifying a 2 GiB medium',
  what: "A raw disk of random bytes, a checksum list signed by GnuPG, on a file system whose cache holds it, served by busybox httpd on loopback. verify-iso checks the list's signature against the pinned key, the bytes against the list, and looks into the medium. The pipe with openssl computes a digest and nothing more; openssl and sha256sum compare it with nothing or with an unsigned line.",
  tools: [
    { command: 'curl', package: 'curl' },
    { command: 'openssl', package: 'openssl' },
    { command: 'gpg', package: 'gnupg' },
    { command: 'aria2c', package: 'aria2' },
    { command: 'busybox', package: 'busybox-static' },
  ],
  rounds: 3,
  remarks:
    'SHA-256 of one stream cannot be split over processors, so no way to verify is faster than one pass of the digest. What verify-iso adds to that pass is the start of Node and of the bundle; receiving, hashing and writing happen at the same time. The ratio to `sha256sum` depends on how that program was built: Debian 12 has one in plain C, which takes several times as long as the processor needs; where it is linked with OpenSSL (coreutils 9.2 and later in Debian 13) the first ratio comes close to the one with `openssl dgst` in its place, which is shown as well. How long writing takes depends on where the memory of the file cache comes from: on the virtual machine that measured this it takes many times as long into memory that the host first has to give, and which side meets that would be left to the order of the sides. So a file of the same size is written and removed before each of them, which leaves all of them the same memory. Where all memory has to be given first, every download takes longer and the ratios come closer to one.',
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const { folder, log } = context;
  const size = Number(context.option('size', '2048'));
  log(`making ${size} MiB`);
  const fingerprint = await makeMedium(folder, size);
  const server = await serve(folder);
  const { url } = server;
  const ours = (base: string): Promise<Measured> =>
    measure(process.execPath, [path.join(context.dist, 'verify-iso/index.js')], {
      cwd: folder,
      env: {
        INPUT_SOURCE: `${base}/${NAME}`,
        'INPUT_CHECKSUM-FILE': `${base}/SHA256SUMS`,
        INPUT_SIGNATURE: `${base}/SHA256SUMS.sign`,
        INPUT_KEYRING: path.join(folder, 'key.asc'),
        INPUT_FINGERPRINTS: fingerprint,
        INPUT_OUTPUT: 'out',
        INPUT_CACHE: 'false',
      },
    });
  const inputs = (base: string): string =>
    `verify-iso with source: ${base}/${NAME}, checksum-file, signature, keyring, fingerprints`;
  const line = (name: string, command: string): Side => ({
    ...{ name, command, ours: false, before: () => fresh(folder, size) },
    run: () => shell(command.replaceAll('$URL', url), { cwd: folder, env: { GNUPGHOME: folder } }),
  });
  const proof = `curl -sf -O $URL/SHA256SUMS -O $URL/SHA256SUMS.sign`;
  const get = `cd got; curl -sf -O $URL/${NAME}; ${proof}`;
  const gpg = 'gpg --batch --quiet --verify SHA256SUMS.sign SHA256SUMS';
  const sides: readonly Side[] = [
    line(OPENSSL, `openssl dgst -sha256 ${NAME}`),
    {
      ...{ name: FILE, ours: true, command: inputs('.'), before: () => fresh(folder, size) },
      run: () => ours(folder),
    },
    line(ONE_BY_ONE, `${get}; sha256sum --quiet -c SHA256SUMS; ${gpg}`),
    line('curl, then openssl dgst, then gpg', `${get}; openssl dgst -sha256 ${NAME}; ${gpg}`),
    line(PIPE, `cd got; curl -sf $URL/${NAME} | tee ${NAME} | openssl dgst -sha256`),
    line(
      'aria2c --checksum',
      `cd got; ${proof}; aria2c -q --allow-overwrite --checksum=sha-256=$(cut -c1-64 SHA256SUMS) $URL/${NAME}; ${gpg}`,
    ),
    {
      ...{ name: DOWNLOAD, ours: true, command: inputs('$URL'), before: () => fresh(folder, size) },
      run: () => ours(url),
    },
  ];
  return {
    sides,
    goals: [
      { side: FILE, quantity: 'wall', peers: [OPENSSL], atMost: 1.15 },
      { side: DOWNLOAD, quantity: 'wall', peers: [ONE_BY_ONE], atMost: 0.35 },
      { side: DOWNLOAD, quantity: 'wall', peers: [PIPE], atMost: 1 },
      { side: FILE, quantity: 'memory', peers: [], atMost: 150 },
      { side: DOWNLOAD, quantity: 'memory', peers: [], atMost: 150 },
    ],
    growth: () => growth(size, (base) => ours(base), url, folder),
    end: async () => {
      server.stop();
      execFileSync('gpgconf', ['--homedir', folder, '--kill', 'all']);
    },
  };
}

/**
 * Every side writes new files, into memory in the same state: a virtual machine's host takes back what was freed some
 * seconds ago, so that without this a side would pay for what ran before it.
 */
async function fresh(folder: string, mib: number): Promise<void> {
  await clean(folder);
  const name = path.join(folder, 'memory');
  const file = await open(name, 'w');
  try {
    const chunk = Buffer.alloc(4 * MIB);
    for (let written = 0; written < mib; written += 4) {
      await file.write(chunk);
    }
  } finally {
    await file.close();
    await rm(name);
  }
}

async function clean(folder: string): Promise<void> {
  for (const name of ['out', 'got']) {
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
  await mkdir(path.join(folder, 'got'));
}

/** A quarter and the whole: a longer medium takes longer in proportion, and no more memory. */
async function growth(
  size: number,
  run: (base: string) => Promise<Measured>,
  url: string,
  folder: string,
): Promise<readonly Growth[]> {
  const points: (Measured & { x: number })[] = [];
  for (const x of [size / 4, size]) {
    await makeBytes(folder, x);
    await clean(folder);
    points.push({ x, ...(await run(url)) });
  }
  return [{ title: 'verify-iso, download', unit: 'MiB', points }];
}

/** A raw disk of random bytes, its signed list, and the key, whose fingerprint is returned. */
async function makeMedium(folder: string, mib: number): Promise<string> {
  const gpg = (...args: string[]): string =>
    execFileSync('gpg', ['--homedir', folder, '--batch', '--quiet', '--no-permission-warning', ...args], {
      encoding: 'utf8',
    });
  gpg('--passphrase', '', '--quick-generate-key', 'bench', 'ed25519', 'sign', 'never');
  await writeFile(path.join(folder, 'key.asc'), gpg('--armor', '--export'));
  await makeBytes(folder, mib);
  return /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--with-colons', '--list-keys'))?.[1] ?? '';
}

async function makeBytes(folder: string, mib: number): Promise<void> {
  const hash = createHash('sha256');
  const file = await open(path.join(folder, NAME), 'w');
  try {
    const chunk = Buffer.alloc(MIB);
    for (let index = 0; index < mib; index += 1) {
      randomFillSync(chunk);
      if (index === 0) {
        // The signature of a partition table: what tells a raw disk.
        chunk.writeUInt16BE(0x55aa, 510);
      }
      hash.update(chunk);
      await file.write(chunk);
    }
    // Later rounds must not wait for these bytes.
    await file.datasync();
  } finally {
    await file.close();
  }
  await writeFile(path.join(folder, 'SHA256SUMS'), `${hash.digest('hex')}  ${NAME}\n`);
  await rm(path.join(folder, 'SHA256SUMS.sign'), { force: true });
  const sign = ['--armor', '--output', 'SHA256SUMS.sign', '--detach-sign', 'SHA256SUMS'];
  execFileSync('gpg', ['--homedir', folder, '--batch', '--quiet', '--no-permission-warning', ...sign], {
    cwd: folder,
  });
}

/** A small C server that sends files by sendfile(2), so that serving costs every side the same little. */
async function serve(folder: string): Promise<{ readonly url: string; readonly stop: () => void }> {
  const port = await freePort();
  const child = spawn('busybox', ['httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', folder], {
    stdio: 'ignore',
  });
  for (let tries = 0; tries < 100 && !(await listens(port)); tries += 1) {
    await sleep(50);
  }
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
