/** Where secrets go when the shipped bundle of sign-image signs: spies in place of the programs that it starts. */
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import { bundlePath, runBundle } from './tools/run-bundle.ts';

const run = promisify(execFile);
const PASSPHRASE = 'a-secret-passphrase';
let work: string;
beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'sign-secrets-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

async function script(name: string, text: string): Promise<string> {
  const file = path.join(work, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

/** Writes down what others on the machine could see of a program and of the one that started it. */
const SPY = `
{
  tr '\\0' '\\n' < /proc/$$/environ
  tr '\\0' '\\n' < /proc/$$/cmdline
  tr '\\0' '\\n' < /proc/$PPID/cmdline
  grep 'core file' /proc/$$/limits
  grep 'core file' /proc/$PPID/limits
} >> "$(dirname "$0")/seen"
`;

/** A kms command that signs with a key of its own. */
async function kms(name: string, pem: string): Promise<{ command: string; publicKey: string }> {
  const key = path.join(work, `${name}.pem`);
  await writeFile(key, pem, { mode: 0o600 });
  const command = await script(
    `${name}/kms`,
    `#!/bin/sh\n${SPY}\nprintf %s "$1" | sed 's/../\\\\x&/g' | xargs -0 printf '%b' | openssl pkeyutl -sign -inkey ${key} -pkeyopt digest:sha256 | base64\n`,
  );
  const { stdout } = await run('openssl', ['pkey', '-in', key, '-pubout']);
  return { command, publicKey: stdout };
}

describe('secrets', () => {
  it('are in no argument, environment, output, file or core dump', async () => {
    const image = path.join(work, 'image');
    await writeSample(image);
    const key = newKey('ec-p256', PASSPHRASE);
    const openpgp = await newOpenPgpKey('ed25519', PASSPHRASE);
    const openssl = (await run('which', ['openssl'])).stdout.trim();
    await script('bin/openssl', `#!/bin/bash\n${SPY}\nexec ${openssl} "$@"\n`);
    const result = await runBundle(
      'sign-image',
      {
        image,
        key,
        passphrase: PASSPHRASE,
        'openpgp-key': openpgp.secret,
        'openpgp-passphrase': PASSPHRASE,
      },
      { env: { PATH: `${path.join(work, 'bin')}:${process.env.PATH}` } },
    );
    expect(result.code).toBe(0);
    const seen = await readFile(path.join(work, 'bin/seen'), 'utf8');
    expect(seen).toContain('pkeyutl');
    const files = await readdir(image, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')),
    );
    const shown = result.stdout.replaceAll(/^::add-mask::.*$/gm, '') + result.stderr + result.summary;
    for (const text of [...texts, seen, shown, JSON.stringify(result.outputs)]) {
      expect(text).not.toContain(PASSPHRASE);
      expect(text).not.toMatch(/PRIVATE KEY/);
      expect(text).not.toContain(key.split('\n')[2]);
      expect(text).not.toContain(openpgp.secret.split('\n')[6]);
    }
    // Soft and hard limit of one byte, for the action and for what it starts.
    const limits = seen.match(/^Max core file size .*$/gm) ?? [];
    expect(new Set(limits.map((line) => line.replace(/\s+/g, ' ').trim()))).toEqual(
      new Set(['Max core file size 1 1 bytes']),
    );
  });

  it('leave no core dump when the action crashes while it holds them', async () => {
    const image = path.join(work, 'crash');
    await writeSample(image);
    const dumps = path.join(work, 'dumps');
    await mkdir(dumps);
    await script('crash/kms', '#!/bin/sh\nkill -SEGV $PPID\nsleep 5\n');
    const env = {
      PATH: process.env.PATH ?? '',
      INPUT_IMAGE: image,
      INPUT_KMS: path.join(work, 'crash/kms'),
      'INPUT_PUBLIC-KEY': (await kms('any', newKey('ec-p256'))).publicKey,
      RUNNER_TEMP: dumps,
    };
    const command = 'ulimit -c unlimited; exec "$0" "$1"';
    const child = spawn('bash', ['-c', command, process.execPath, bundlePath('sign-image')], {
      env,
      cwd: dumps,
      stdio: 'ignore',
    });
    const signal = await new Promise((resolve) => child.once('close', (_code, ended) => resolve(ended)));
    expect(signal).toBe('SIGSEGV');
    expect((await readdir(dumps)).filter((name) => name.includes('core'))).toEqual([]);
    expect(await readdir(image)).not.toContain('signatures');
  });
});

describe('a kms command', () => {
  it.each(['ec-p256', 'ec-p384', 'rsa'] as const)(
    'signs with its %s key, which sign-image never sees',
    async (kind) => {
      const image = path.join(work, `kms-${kind}`);
      await writeSample(image);
      const { command, publicKey } = await kms(kind, newKey(kind));
      const result = await runBundle('sign-image', { image, kms: command, 'public-key': publicKey });
      expect(result.stdout).not.toContain('::error');
      expect(result.code).toBe(0);
      const signature = path.join(image, 'signatures/disk.qcow2.sig');
      const keyFile = path.join(image, 'signatures/keys/sigstore.pub');
      const args = [
        'dgst',
        '-sha256',
        '-verify',
        keyFile,
        '-signature',
        signature,
        path.join(image, 'disk.qcow2'),
      ];
      expect((await run('openssl', args)).stdout).toContain('Verified OK');
      expect(await readFile(keyFile, 'utf8')).toBe(publicKey);
    },
  );

  it.each([
    [
      'of another key',
      async () => (await kms('a', newKey('ec-p256'))).command,
      'The signatures made do not verify',
    ],
    [
      'that prints something else',
      async () => script('talk/kms', '#!/bin/sh\necho hello\n'),
      'did not print a signature',
    ],
    [
      'that fails',
      async () => script('fail/kms', '#!/bin/sh\necho "HSM is locked" >&2\nexit 3\n'),
      'HSM is locked',
    ],
    ['that is not there', async () => path.join(work, 'none/kms'), 'is not installed'],
  ])('%s: nothing is written', async (_what, make, message) => {
    const image = path.join(work, `refused-${message.length}`);
    await writeSample(image);
    const { publicKey } = await kms('b', newKey('ec-p256'));
    const result = await runBundle('sign-image', { image, kms: await make(), 'public-key': publicKey });
    expect(result.stdout).toContain(message);
    expect(result.code).toBe(1);
    expect(await readdir(image)).not.toContain('signatures');
    expect(await readdir(image)).not.toContain('VERIFY.md');
  });

  it('needs its public key', async () => {
    const image = path.join(work, 'no-public-key');
    await writeSample(image);
    const { command } = await kms('c', newKey('ec-p256'));
    const { code, stdout } = await runBundle('sign-image', { image, kms: command });
    expect(stdout).toContain('needs the input public-key');
    expect(code).toBe(1);
  });
});
