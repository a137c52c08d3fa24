/**
 * Runs the chain on a medium in which one byte was changed after it was listed and signed, and fails unless the chain
 * fails at verify-iso, naming both digests, with nothing left of the ISO.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '..');
const example = path.join(root, 'examples/debian-13/medium');

interface Medium {
  readonly iso: string;
  readonly checksums: string;
  readonly signature: string;
  readonly key: string;
  readonly fingerprint: string;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Turns over one bit in the middle of a file. */
async function changeOneByte(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const at = Math.floor((await handle.stat()).size / 2);
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, at);
    await handle.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  } finally {
    await handle.close();
  }
}

async function serve(
  folder: string,
  work: string,
): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const urlFile = path.join(work, 'url');
  const args = [path.join(example, 'serve.ts'), '--folder', folder, '--url-file', urlFile];
  const server = spawn(process.execPath, args, { stdio: 'inherit' });
  for (let tries = 0; tries < 100 && !existsSync(urlFile); tries += 1) {
    await sleep(100);
  }
  return { server, url: (await readFile(urlFile, 'utf8')).trim() };
}

async function leftOvers(folder: string, iso: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => file.includes(path.basename(iso)));
}

async function main(): Promise<string[]> {
  const work = await mkdtemp(path.join(tmpdir(), 'tampered-'));
  let server: ChildProcess | undefined;
  try {
    const folder = path.join(work, 'medium');
    execFileSync(process.execPath, [path.join(example, 'assemble.ts'), '--output', folder], {
      stdio: 'inherit',
    });
    const medium = JSON.parse(await readFile(path.join(folder, 'medium.json'), 'utf8')) as Medium;
    const iso = path.join(folder, medium.iso);
    const expected = await sha256(iso);
    await changeOneByte(iso);
    const actual = await sha256(iso);
    const served = await serve(folder, work);
    server = served.server;
    const inputs = {
      medium: `${served.url}/${medium.iso}`,
      checksums: `${served.url}/${medium.checksums}`,
      signature: `${served.url}/${medium.signature}`,
      keyring: path.join(folder, medium.key),
      fingerprints: medium.fingerprint,
    };
    const run = path.join(work, 'run');
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        path.join(root, 'scripts/start.mjs'),
        '--out',
        run,
        ...Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value}`]),
      ],
      {
        cwd: root,
        // The cache of an earlier run may hold the genuine bytes under the listed digest: the server would not be asked.
        env: { ...process.env, XDG_CACHE_HOME: path.join(work, 'cache') },
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    process.stdout.write(stdout);
    return [
      ...(status === 1 ? [] : [`the chain ended with ${status}, expected 1`]),
      ...(stdout.includes(expected) ? [] : [`the expected digest ${expected} is not named`]),
      ...(stdout.includes(actual) ? [] : [`the actual digest ${actual} is not named`]),
      ...(await leftOvers(run, medium.iso)).map((file) => `${file} was left`),
      ...(await leftOvers(path.join(work, 'cache'), medium.iso)).map(
        (file) => `${file} was left in the cache`,
      ),
    ];
  } finally {
    if (server?.exitCode === null) {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    }
    await rm(work, { recursive: true, force: true });
  }
}

const problems = await main();
if (problems.length > 0) {
  console.error(`A changed medium was not refused as it should be: ${problems.join('; ')}`);
  process.exitCode = 1;
} else {
  console.log('A changed medium was refused, both digests were named, nothing of it was left.');
}
