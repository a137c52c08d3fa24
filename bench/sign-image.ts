import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import { debian13Binary } from '../test/tools/debian-package.ts';
import type { Bench, BenchContext, Prepared, Side } from './lib/bench.ts';
import { measure, shell } from './lib/measure.ts';

const run = promisify(execFile);
const OURS = 'sign-image';
const DIGEST = 'openssl dgst -sha512';
const TOOLS = 'cosign + gpg + sha256sum + sha512sum';

/** Signing a whole image folder against the tools that it stands for, on one sparse file. */
export const signImage: Bench = {
  name: 'sign',
  title: 'Signing an image',
  what: 'A sparse disk of 4 GiB (`--set size=`, GiB) is signed: checksum lists with OpenPGP signatures, openssl signatures and sigstore bundles, verified before they are published. The peers: only the SHA-512 of the file; and the four tools that make comparable files, one after another, each of which reads all of it again.',
  tools: [
    { command: 'openssl', package: 'openssl' },
    { command: 'gpg', package: 'gnupg' },
  ],
  rounds: 3,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const { folder, dist } = context;
  const gib = Number(context.option('size', '4'));
  const image = path.join(folder, 'image');
  const sha256 = await sparseImage(image, gib * 1024 ** 3);
  const openpgp = await newOpenPgpKey();
  const inputs = {
    INPUT_IMAGE: image,
    INPUT_KEY: newKey('ec-p256'),
    'INPUT_OPENPGP-KEY': openpgp.secret,
    'INPUT_EXPECTED-SHA256': sha256,
    RUNNER_TEMP: folder,
  };
  const env = await peerKeys(folder, openpgp.secret);
  const cosign = await debian13Binary('cosign');
  const disk = path.join(image, 'disk.qcow2');
  const four = [
    `${cosign} sign-blob -y --key cosign.key --tlog-upload=false --output-signature disk.sig ${disk}`,
    `gpg --batch --yes -o disk.gpg --detach-sign ${disk}`,
    `sha256sum ${disk} > SHA256SUMS`,
    `sha512sum ${disk} > SHA512SUMS`,
  ].join('; ');
  const bundle = path.join(dist, 'sign-image/index.js');
  const sides: readonly Side[] = [
    {
      ...{ name: OURS, ours: true, command: 'node dist/sign-image/index.js' },
      run: () => measure(process.execPath, [bundle], { cwd: folder, env: inputs }),
    },
    {
      ...{ name: DIGEST, ours: false, command: 'openssl dgst -sha512 disk' },
      run: () => measure('openssl', ['dgst', '-sha512', disk], { cwd: folder }),
    },
    {
      ...{
        name: TOOLS,
        ours: false,
        command: 'cosign sign-blob …; gpg --detach-sign …; sha256sum …; sha512sum …',
      },
      run: () => shell(four, { cwd: folder, env }),
    },
  ];
  return {
    sides,
    goals: [
      { side: OURS, quantity: 'wall', peers: [DIGEST], atMost: 1.15 },
      { side: OURS, quantity: 'wall', peers: [TOOLS], atMost: 0.3 },
      { side: OURS, quantity: 'memory', peers: [], atMost: 150 },
    ],
  };
}

/** An image folder without evidence, whose disk is a hole. Returns its SHA-256. */
async function sparseImage(image: string, bytes: number): Promise<string> {
  await writeSample(image, { class: 'catalog', without: ['10-media', '20-build', '30-harden', '40-fvt'] });
  const disk = path.join(image, 'disk.qcow2');
  await truncate(disk, 0);
  await truncate(disk, bytes);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(disk, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
  }
  const sha256 = hash.digest('hex');
  const file = path.join(image, 'image.json');
  const descriptor = JSON.parse(await readFile(file, 'utf8'));
  Object.assign(descriptor.disk, { size: bytes, sha256 });
  await writeFile(file, JSON.stringify(descriptor));
  return sha256;
}

/** Keys for gpg and cosign in the folder; returns their environment. */
async function peerKeys(folder: string, openpgpKey: string): Promise<Record<string, string>> {
  const own = { GNUPGHOME: path.join(folder, 'gnupg'), COSIGN_PASSWORD: '' };
  const env = { ...process.env, ...own };
  await run('mkdir', ['-m', '700', own.GNUPGHOME]);
  await writeFile(path.join(folder, 'openpgp.asc'), openpgpKey);
  await run('gpg', ['--batch', '--quiet', '--import', 'openpgp.asc'], { env, cwd: folder });
  await run(await debian13Binary('cosign'), ['generate-key-pair', '--output-key-prefix', 'cosign'], {
    env,
    cwd: folder,
  });
  return own;
}
