import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  minisignKeyId,
  readMinisignKey,
  readMinisignPublicKey,
  signMinisign,
  verifyMinisign,
} from './minisign.ts';

const run = promisify(execFile);
const data = Buffer.from('a disk\n');
const digest = createHash('blake2b512').update(data).digest();
let folder: string;

/** A key pair of the real minisign; with a passphrase it is encrypted. */
async function generate(name: string, passphrase?: string): Promise<{ secret: string; public: string }> {
  const files = ['-p', path.join(folder, `${name}.pub`), '-s', path.join(folder, `${name}.key`)];
  await new Promise<void>((resolve, reject) => {
    const child = spawn('minisign', ['-G', ...(passphrase ? [] : ['-W']), ...files]);
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`minisign -G: ${code}`))));
    // Without a passphrase it may have ended before it reads.
    child.stdin.on('error', () => {});
    child.stdin.end(passphrase ? `${passphrase}\n${passphrase}\n` : '');
  });
  return {
    secret: await readFile(path.join(folder, `${name}.key`), 'utf8'),
    public: await readFile(path.join(folder, `${name}.pub`), 'utf8'),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'minisign-'));
  await writeFile(path.join(folder, 'disk'), data);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const accepted = (name: string): Promise<boolean> =>
  run('minisign', ['-V', '-p', path.join(folder, `${name}.pub`), '-m', path.join(folder, 'disk')]).then(
    () => true,
    () => false,
  );

describe('minisign', () => {
  it('accepts our signature, and refuses it for another key, a changed file, signature or comment', async () => {
    const mine = await generate('mine');
    await generate('other');
    const key = await readMinisignKey(mine.secret);
    const text = signMinisign(key, digest, 'file:disk');
    const file = path.join(folder, 'disk.minisig');
    await writeFile(file, text);
    expect(await accepted('mine')).toBe(true);
    expect(await accepted('other')).toBe(false);
    for (const changed of [
      text.replace('file:disk', 'file:dusk'),
      text.replace(/^RUR?../m, 'RUAA'),
      // The form that signs the file itself, not its digest.
      text.replace(/^RU/m, 'RW'),
      text.replace('trusted comment: file', 'trusted comment? file'),
    ]) {
      await writeFile(file, changed);
      expect(await accepted('mine')).toBe(false);
      expect(() => verifyMinisign(key.publicKey, digest, changed)).toThrow(
        expect.objectContaining({ code: 'signature-mismatch' }),
      );
    }
    await writeFile(file, text);
    await writeFile(path.join(folder, 'disk'), 'b disk\n');
    expect(await accepted('mine')).toBe(false);
    await writeFile(path.join(folder, 'disk'), data);
    expect(mine.public).toContain(minisignKeyId(key.publicKey));
    expect(readMinisignPublicKey(key.publicKey.text).id).toEqual(readMinisignPublicKey(mine.public).id);
  });

  it("'s own signature is accepted by us", async () => {
    const { public: text } = await generate('theirs');
    await run('minisign', ['-S', '-s', path.join(folder, 'theirs.key'), '-m', path.join(folder, 'disk')]);
    const signature = await readFile(path.join(folder, 'disk.minisig'), 'utf8');
    const key = readMinisignPublicKey(text);
    verifyMinisign(key, digest, signature);
    const other = createHash('blake2b512').update('other').digest();
    expect(() => verifyMinisign(key, other, signature)).toThrow(/is not by the minisign key/);
    expect(() => verifyMinisign(key, digest, '')).toThrow(/is not by the minisign key/);
  });

  it('keys that are encrypted need their passphrase', async () => {
    const { secret, public: text } = await generate('locked', 'secret');
    const key = await readMinisignKey(secret, 'secret');
    expect(key.publicKey.id).toEqual(readMinisignPublicKey(text).id);
    await expect(readMinisignKey(secret)).rejects.toMatchObject({ code: 'passphrase-missing' });
    // The same key with the smallest cost: stretching the right passphrase takes 1 GiB and seconds as it is.
    const lines = secret.split('\n');
    const raw = Buffer.from(lines[1] ?? '', 'base64');
    raw.writeBigUInt64LE(32_768n, 38);
    raw.writeBigUInt64LE(16_777_216n, 46);
    const cheap = `${lines[0]}\n${raw.toString('base64')}\n`;
    await expect(readMinisignKey(cheap, 'wrong')).rejects.toMatchObject({ code: 'wrong-passphrase' });
  }, 180_000);

  it('takes nothing else for a key', async () => {
    await expect(readMinisignKey('')).rejects.toMatchObject({ code: 'invalid-key' });
    const { secret, public: text } = await generate('damaged');
    await expect(readMinisignKey(text)).rejects.toMatchObject({ code: 'invalid-key' });
    expect(() => readMinisignPublicKey(secret)).toThrow(expect.objectContaining({ code: 'invalid-key' }));
    const lines = secret.split('\n');
    const raw = Buffer.from(lines[1] ?? '', 'base64');
    raw[70] = (raw[70] ?? 0) ^ 1;
    await expect(readMinisignKey(`${lines[0]}\n${raw.toString('base64')}`)).rejects.toMatchObject({
      code: 'invalid-key',
      message: 'The minisign key is damaged',
    });
  });
});
