/**
 * sign-image against the tools that it stands for, on a sparse file: time, and memory at its highest.
 *
 *   node bench/sign-image.ts [--size 4G] [--dist dist]
 *
 * Needs openssl, gpg, coreutils, GNU time (package `time`) and Debian 13's cosign (fetched).
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import { debian13Binary } from '../test/tools/debian-13-binary.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');

interface Measure {
  readonly seconds: number;
  /** Highest resident memory, MB. */
  readonly memory: number;
}

async function measure(
  work: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Measure> {
  const report = path.join(work, 'time');
  await run('time', ['-f', '%e %M', '-o', report, ...command], { env, cwd: work, maxBuffer: 1 << 26 });
  const [seconds, kilobytes] = (await readFile(report, 'utf8')).trim().split('\n').at(-1)?.split(' ') ?? [];
  return { seconds: Number(seconds), memory: Math.round(Number(kilobytes) / 1024) };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { size: { type: 'string', default: '4G' }, dist: { type: 'string', default: 'dist' } },
  });
  const bytes = Number.parseFloat(values.size) * 1024 ** 3;
  const work = await mkdtemp(path.join(tmpdir(), 'bench-sign-'));
  try {
    const cosign = await debian13Binary('cosign');
    const image = path.join(work, 'image');
    await writeSample(image, { class: 'catalog', without: ['10-media', '20-build', '30-harden', '40-fvt'] });
    const disk = path.join(image, 'disk.qcow2');
    await truncate(disk, 0);
    await truncate(disk, bytes);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(disk)) {
      hash.update(chunk as Buffer);
    }
    const sha256 = hash.digest('hex');
    const descriptor = JSON.parse(await readFile(path.join(image, 'image.json'), 'utf8'));
    Object.assign(descriptor.disk, { size: bytes, sha256 });
    await writeFile(path.join(image, 'image.json'), JSON.stringify(descriptor));
    const key = newKey('ec-p256');
    const openpgp = await newOpenPgpKey();
    const gnupg = { ...process.env, GNUPGHOME: path.join(work, 'gnupg'), COSIGN_PASSWORD: '' };
    await run('mkdir', ['-m', '700', gnupg.GNUPGHOME]);
    await writeFile(path.join(work, 'openpgp.asc'), openpgp.secret);
    await run('gpg', ['--batch', '--quiet', '--import', 'openpgp.asc'], { env: gnupg, cwd: work });
    await run(cosign, ['generate-key-pair', '--output-key-prefix', 'cosign'], { env: gnupg, cwd: work });

    const peers: Record<string, readonly string[]> = {
      'openssl dgst -sha512': ['openssl', 'dgst', '-sha512', disk],
      sha256sum: ['sha256sum', disk],
      sha512sum: ['sha512sum', disk],
      'gpg --detach-sign': [
        'gpg',
        '--batch',
        '--yes',
        '-o',
        path.join(work, 'disk.gpg'),
        '--detach-sign',
        disk,
      ],
      'cosign sign-blob': [
        ...[cosign, 'sign-blob', '-y', '--key', 'cosign.key', '--tlog-upload=false'],
        ...['--output-signature', path.join(work, 'disk.sig'), disk],
      ],
    };
    const results: Record<string, Measure> = {};
    for (const [name, command] of Object.entries(peers)) {
      results[name] = await measure(work, command, gnupg);
    }
    const inputs = {
      INPUT_IMAGE: image,
      INPUT_KEY: key,
      'INPUT_OPENPGP-KEY': openpgp.secret,
      'INPUT_EXPECTED-SHA256': sha256,
    };
    const bundle = path.resolve(root, values.dist, 'sign-image/index.js');
    const ours = await measure(work, [process.execPath, bundle], { ...process.env, ...inputs });
    const seconds = (name: string): number => results[name]?.seconds ?? Number.NaN;
    const together =
      seconds('cosign sign-blob') +
      seconds('gpg --detach-sign') +
      seconds('sha256sum') +
      seconds('sha512sum');
    console.table({ ...results, 'sign-image (all of it)': ours });
    console.log(
      `sign-image / openssl dgst -sha512: ${(ours.seconds / seconds('openssl dgst -sha512')).toFixed(2)} (goal 1.15)`,
    );
    console.log(`sign-image / the four tools: ${(ours.seconds / together).toFixed(2)} (goal 0.30)`);
    console.log(`memory: ${ours.memory} MB (goal 150)`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

await main();
