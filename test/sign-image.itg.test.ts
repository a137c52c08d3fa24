/** The shipped bundle of sign-image, with the clients that strangers use as the judges. */
import { execFile } from 'node:child_process';
import { access, appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import { runBundle } from './tools/run-bundle.ts';
import {
  verifyCommandsOf as commandsOf,
  flipByte as flip,
  acceptedByShell as shell,
} from './tools/verify-clients.ts';

const run = promisify(execFile);
let work: string;
let minisignKey: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'sign-image-'));
  minisignKey = path.join(work, 'minisign.key');
  await run('minisign', ['-G', '-W', '-p', path.join(work, 'minisign.pub'), '-s', minisignKey]);
}, 120_000);
afterAll(() => rm(work, { recursive: true, force: true }));

let count = 0;
function folder(): string {
  count += 1;
  return path.join(work, `image-${count}`);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

describe.each(['ec-p256', 'ec-p384', 'rsa', 'ed25519'] as const)('signed with a key of type %s', (kind) => {
  let image: string;
  let commands: string[];
  const glance = kind === 'rsa' || kind === 'ec-p384';

  beforeAll(async () => {
    image = folder();
    await writeSample(image);
    const openpgp = await newOpenPgpKey(kind === 'rsa' ? 'rsa' : 'ed25519', 'pgp passphrase');
    const result = await runBundle('sign-image', {
      image,
      key: newKey(kind, 'pem passphrase'),
      passphrase: 'pem passphrase',
      'openpgp-key': openpgp.secret,
      'openpgp-passphrase': 'pgp passphrase',
      'minisign-key': minisignKey,
      method: ['key, openpgp, minisign', ...(glance ? ['glance'] : [])].join(', '),
    });
    expect(result.stdout).not.toContain('::error');
    expect(result.code).toBe(0);
    expect(result.outputs.methods).toBe('minisign, openpgp, sigstore (key)');
    expect(result.summary).toContain('signed');
    const secret = openpgp.secret.split('\n')[6] ?? 'missing';
    expect(result.stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(secret);
    commands = await commandsOf(image);
  });

  it('is accepted by every client, with the commands of VERIFY.md', async () => {
    const tools = ['sha256sum', 'sha512sum', 'gpg', 'sqv', 'openssl', 'cosign', 'minisign'];
    expect(tools.filter((tool) => !commands.some((line) => line.startsWith(`${tool} `)))).toEqual([]);
    for (const line of commands) {
      expect([line, await shell(line, image)]).toEqual([line, true]);
    }
  });

  it('has Glance properties where Glance knows the key type', async () => {
    const file = path.join(image, 'signatures/disk.qcow2.glance.json');
    expect(await exists(file)).toBe(glance);
    expect(commands.some((line) => line.includes('glance'))).toBe(glance);
  });

  it('is accepted by gpgv', async () => {
    await shell('gpg --dearmor < signatures/keys/openpgp.asc > .gnupg/gpgv.gpg', image);
    const line = 'gpgv --keyring ./.gnupg/gpgv.gpg signatures/SHA256SUMS.gpg signatures/SHA256SUMS';
    expect(await shell(line, image)).toBe(true);
  });

  it.each([
    [
      'disk.qcow2',
      ['sha256sum', 'sha512sum', 'minisign', ...(kind === 'ed25519' ? [] : ['openssl', 'cosign'])],
    ],
    [
      'signatures/SHA256SUMS',
      ['sha256sum', 'gpg', 'sqv', ...(kind === 'ed25519' ? ['openssl', 'cosign'] : [])],
    ],
    ['signatures/SHA256SUMS.gpg', ['gpg', 'sqv']],
    ['signatures/disk.qcow2.minisig', ['minisign']],
    ['signatures/40-fvt.intoto.sigstore.json', ['cosign']],
    ['evidence/40-fvt.json', ['sha256sum']],
  ])(
    'is refused after one byte of %s changed',
    async (file, tools) => {
      const original = await readFile(path.join(image, file));
      await flip(path.join(image, file));
      try {
        const refused = [];
        for (const line of commands) {
          if (!(await shell(line, image))) {
            refused.push(line.split(' ')[0]);
          }
        }
        expect([...new Set(refused)]).toEqual(expect.arrayContaining(tools));
      } finally {
        await writeFile(path.join(image, file), original);
      }
    },
    180_000,
  );

  it('is refused for another key', async () => {
    const keys = path.join(image, 'signatures/keys');
    const pem = await readFile(path.join(keys, 'sigstore.pub'));
    const armored = await readFile(path.join(keys, 'openpgp.asc'));
    const minisign = await readFile(path.join(keys, 'minisign.pub'));
    const stranger = path.join(work, 'stranger.pem');
    await writeFile(stranger, newKey(kind));
    const { stdout } = await run('openssl', ['pkey', '-in', stranger, '-pubout']);
    const other = path.join(keys, 'minisign.pub');
    try {
      await writeFile(path.join(keys, 'sigstore.pub'), stdout);
      await writeFile(path.join(keys, 'openpgp.asc'), (await newOpenPgpKey()).public);
      await run('minisign', ['-G', '-f', '-W', '-p', other, '-s', path.join(work, 'other.key')]);
      // A key ring that knows the stranger only.
      await rm(path.join(image, '.gnupg'), { recursive: true, force: true });
      await shell('gpg --import signatures/keys/openpgp.asc', image);
      const judges = commands.filter((entry) => /^(openssl|cosign|sqv|minisign|gpg --verify) /.test(entry));
      expect(new Set(judges.map((line) => line.split(' ')[0])).size).toBe(5);
      for (const line of judges) {
        expect([line, await shell(line, image)]).toEqual([line, false]);
      }
    } finally {
      await writeFile(path.join(keys, 'sigstore.pub'), pem);
      await writeFile(path.join(keys, 'openpgp.asc'), armored);
      await writeFile(path.join(keys, 'minisign.pub'), minisign);
    }
  });
});

describe('verify mode', () => {
  let image: string;
  let keys: string;

  beforeAll(async () => {
    image = folder();
    await writeSample(image);
    const openpgp = await newOpenPgpKey();
    const { code } = await runBundle('sign-image', {
      image,
      key: newKey('ec-p256'),
      'openpgp-key': openpgp.secret,
    });
    expect(code).toBe(0);
    keys = await readFile(path.join(image, 'signatures/keys/all.asc'), 'utf8');
  });

  it('proves what is proven, and by whom', async () => {
    const { code, summary, outputs } = await runBundle('sign-image', {
      image,
      mode: 'verify',
      'public-key': keys,
    });
    expect(code).toBe(0);
    expect(outputs.methods).toBe('openpgp, sigstore (key)');
    expect(summary).toContain('proven');
    expect(summary).toContain('10-media');
  });

  it.each([
    'disk.qcow2',
    'sbom.spdx.json',
    'evidence/20-build.json',
    'signatures/SHA256SUMS',
    'signatures/SHA512SUMS',
    'signatures/SHA256SUMS.gpg',
    'signatures/SHA256SUMS.clearsigned',
    'signatures/SHA256SUMS.sig',
    'signatures/disk.qcow2.sig',
    'signatures/disk.qcow2.sigstore.json',
    'signatures/20-build.intoto.sigstore.json',
  ])('fails after one byte of %s changed, and names the file', async (file) => {
    const original = await readFile(path.join(image, file));
    await flip(path.join(image, file));
    try {
      const result = await runBundle('sign-image', { image, mode: 'verify', 'public-key': keys });
      expect(result.code).toBe(1);
      expect(result.stdout).toContain(path.basename(file, '.json'));
      expect(result.summary).toContain('not proven');
    } finally {
      await writeFile(path.join(image, file), original);
    }
  });

  it('fails for another digest, another key, a file that is not listed, and without a key', async () => {
    const verify = (inputs: Record<string, string>) =>
      runBundle('sign-image', { image, mode: 'verify', 'public-key': keys, ...inputs });
    expect((await verify({ 'expected-sha256': '0'.repeat(64) })).code).toBe(1);
    expect((await verify({ 'public-key': (await newOpenPgpKey()).public })).code).toBe(1);
    expect((await verify({ 'public-key': '' })).stdout).toContain('Verifying needs public-key or identity');
    await writeFile(path.join(image, 'reports/late.txt'), 'late');
    const late = await verify({});
    await rm(path.join(image, 'reports/late.txt'));
    expect(late.code).toBe(1);
    expect(late.stdout).toContain('reports/late.txt is not listed');
    expect((await verify({})).code).toBe(0);
  });
});

describe('what is not signed', () => {
  const refused = async (image: string, inputs: Record<string, string>, message: string): Promise<void> => {
    const before = (await readdir(image)).sort();
    const result = await runBundle('sign-image', { image, ...inputs });
    expect(result.stdout).toContain(message);
    expect(result.code).toBe(1);
    expect(result.outputs).toEqual({});
    expect((await readdir(image)).sort()).toEqual(before);
  };

  it('a disk that is not the tested one', async () => {
    const image = folder();
    const { disk } = await writeSample(image);
    await flip(disk);
    await refused(image, { key: newKey('ec-p256') }, 'expected sha256:');
  });

  it('a disk other than expected-sha256', async () => {
    const image = folder();
    await writeSample(image);
    await refused(
      image,
      { key: newKey('ec-p256'), 'expected-sha256': 'a'.repeat(64) },
      'expected-sha256 says',
    );
  });

  it.each([
    ['10-media', '20-build started from'],
    ['20-build', '10-media is about'],
    ['30-harden', '20-build is about'],
  ])('a chain without %s', async (name, message) => {
    const image = folder();
    await writeSample(image, { without: [name] });
    await refused(image, { key: newKey('ec-p256') }, message);
  });

  it('an image folder whose disk is a link', async () => {
    const image = folder();
    const { disk } = await writeSample(image);
    await run('mv', [disk, path.join(work, 'elsewhere.qcow2')]);
    await run('ln', ['-s', path.join(work, 'elsewhere.qcow2'), disk]);
    await refused(image, { key: newKey('ec-p256') }, 'is a link or a special file');
  });

  it('anything without evidence, unless expected-sha256 binds it', async () => {
    const image = folder();
    const without = ['10-media', '20-build', '30-harden', '40-fvt'];
    const { sha256 } = await writeSample(image, { class: 'catalog', without });
    await refused(image, { key: newKey('ec-p256') }, 'Nothing says which disk was tested');
    const bound = await runBundle('sign-image', { image, key: newKey('ec-p256'), 'expected-sha256': sha256 });
    expect(bound.code).toBe(0);
  });

  it.each([
    ['a wrong passphrase', { key: newKey('ec-p256', 'right'), passphrase: 'wrong' }, 'cannot be decrypted'],
    ['an encrypted key without one', { key: newKey('rsa', 'right') }, 'no passphrase is given'],
    ['a curve that is not supported', { key: newKey('ec-p521') }, 'secp521r1 cannot be used'],
    ['a key that cannot sign', { key: newKey('x25519') }, 'x25519 cannot be used'],
    ['an RSA key that is too short', { key: newKey('rsa-1024') }, 'of 1024 bits cannot be used'],
    ['something that is no key', { key: 'no key at all' }, 'neither an armored key nor the path'],
    ['a method without its key', { method: 'openpgp', key: newKey('rsa') }, 'needs the input openpgp-key'],
    [
      'a key that Glance does not take',
      { method: 'key, glance', key: newKey('ec-p256') },
      'Glance does not verify',
    ],
    ['no key at all', {}, 'nothing to sign with'],
  ])('with %s', async (_name, inputs, message) => {
    const image = folder();
    await writeSample(image);
    await refused(image, inputs as Record<string, string>, message);
  });

  it('with an OpenPGP key and a wrong, or no, passphrase', async () => {
    const image = folder();
    await writeSample(image);
    const { secret } = await newOpenPgpKey('ed25519', 'right');
    await refused(image, { 'openpgp-key': secret, 'openpgp-passphrase': 'wrong' }, 'cannot be decrypted');
    await refused(image, { 'openpgp-key': secret }, 'no passphrase is given');
  });

  it('with an OpenPGP key of a kind that GnuPG 2.2 cannot read', async () => {
    const image = folder();
    await writeSample(image);
    const { secret } = await newOpenPgpKey('curve25519');
    await refused(image, { 'openpgp-key': secret }, 'GnuPG cannot verify signatures of this OpenPGP key');
  });
});

describe('signing again', () => {
  it('replaces the signatures as a whole, and an interrupted change leaves the old ones', async () => {
    const image = folder();
    await writeSample(image);
    await runBundle('sign-image', { image, key: newKey('ec-p256') });
    const first = await readFile(path.join(image, 'signatures/keys/sigstore.pub'), 'utf8');
    await appendFile(path.join(image, 'disk.qcow2'), '!');
    expect((await runBundle('sign-image', { image, key: newKey('ec-p256') })).code).toBe(1);
    expect(await readFile(path.join(image, 'signatures/keys/sigstore.pub'), 'utf8')).toBe(first);
    await writeSample(image);
    expect((await runBundle('sign-image', { image, key: newKey('ec-p256') })).code).toBe(0);
    expect(await readFile(path.join(image, 'signatures/keys/sigstore.pub'), 'utf8')).not.toBe(first);
    expect(await exists(path.join(image, 'signatures/SHA256SUMS.gpg'))).toBe(false);
  });
});

describe('all or nothing', () => {
  it.each(['KILL', 'TERM'])(
    'leaves the old signatures whole when SIG%s ends it halfway, and nothing of it hinders the next run',
    async (signal) => {
      const image = folder();
      await writeSample(image);
      const key = newKey('ec-p256');
      const first = await runBundle('sign-image', { image, key });
      expect(first.code).toBe(0);
      // The lists are written by then, and the first signature is asked for.
      const kms = path.join(work, `kms-${signal}`);
      await writeFile(kms, `#!/bin/sh\nkill -${signal} $PPID\nexec sleep 1\n`, { mode: 0o755 });
      const trust = first.outputs['public-keys'] ?? '';
      const publicKey = await readFile(trust, 'utf8');
      const ended = await runBundle('sign-image', { image, kms, 'public-key': publicKey });
      expect(ended.code).not.toBe(0);
      const verify = { image, mode: 'verify', 'public-key': publicKey };
      expect((await runBundle('sign-image', verify)).code).toBe(0);
      expect((await runBundle('sign-image', { image, key })).code).toBe(0);
      expect((await runBundle('sign-image', verify)).code).toBe(0);
      expect((await readdir(image)).filter((name) => name.startsWith('.signatures'))).toEqual([]);
    },
    60_000,
  );

  it('leaves what was there when the last step cannot be done', async () => {
    const image = folder();
    await writeSample(image);
    await writeFile(path.join(image, 'VERIFY.md'), 'the old guide');
    // A file in the place of the folder: it cannot be replaced.
    await writeFile(path.join(image, 'signatures'), 'in the way');
    expect((await runBundle('sign-image', { image, key: newKey('ec-p256') })).code).toBe(1);
    expect(await readFile(path.join(image, 'VERIFY.md'), 'utf8')).toBe('the old guide');
    expect(await readFile(path.join(image, 'signatures'), 'utf8')).toBe('in the way');
    await rm(path.join(image, 'signatures'));
    await rm(path.join(image, 'VERIFY.md'));
    await run('mkdir', [path.join(image, 'VERIFY.md')]);
    const refused = await runBundle('sign-image', { image, key: newKey('ec-p256') });
    expect(refused.stdout).toContain('VERIFY.md in the image folder is not a file');
    expect(await exists(path.join(image, 'signatures'))).toBe(false);
  });
});

describe('files that are in no image folder', () => {
  it('are signed and proven as they are, and nothing else beside them', async () => {
    const image = folder();
    await run('mkdir', [image]);
    const [disk, notes] = [path.join(image, 'other image.raw'), path.join(image, 'notes.txt')];
    await writeFile(disk, 'a disk');
    await writeFile(notes, 'notes');
    await writeFile(path.join(image, 'unrelated'), '');
    const { stdout } = await run('sha256sum', [disk]);
    const inputs = {
      image: `${disk}\n${notes}`,
      key: newKey('ec-p256'),
      'minisign-key': minisignKey,
      'expected-sha256': stdout.split(' ')[0],
      annotations: 'source=elsewhere',
    };
    const signed = await runBundle('sign-image', inputs);
    expect(signed.stdout).not.toContain('::error');
    expect(await readFile(path.join(image, 'signatures/SHA256SUMS'), 'utf8')).toMatch(
      /^\w{64} \*notes.txt\n\w{64} \*other image.raw\n$/,
    );
    for (const line of await commandsOf(image)) {
      expect([line, await shell(line, image)]).toEqual([line, true]);
    }
    const verify = { image: inputs.image, mode: 'verify', 'public-key': signed.outputs['public-keys'] };
    const proven = await runBundle('sign-image', verify);
    expect(proven.code).toBe(0);
    expect(proven.summary).toContain('elsewhere');
    await flip(notes);
    expect((await runBundle('sign-image', verify)).code).toBe(1);
    const { code, stdout: unbound } = await runBundle('sign-image', { ...inputs, 'expected-sha256': '' });
    expect(unbound).toContain('Nothing says which disk was tested');
    expect(code).toBe(1);
  });
});
