import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './host.ts';

export interface Signed {
  /** Upper-case hex. */
  readonly fingerprint: string;
  /** Armored public key. */
  readonly key: string;
}

/** Writes SHA256SUMS and SHA512SUMS of one file beside it, their detached signatures and the key, made on the spot. */
export async function listAndSign(folder: string, name: string): Promise<Signed> {
  const hashes = { SHA256SUMS: createHash('sha256'), SHA512SUMS: createHash('sha512') };
  const stream = createReadStream(path.join(folder, name), { highWaterMark: 1024 * 1024 });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hashes.SHA256SUMS.update(chunk);
    hashes.SHA512SUMS.update(chunk);
  }
  for (const [list, hash] of Object.entries(hashes)) {
    await writeFile(path.join(folder, list), `${hash.digest('hex')}  ${name}\n`);
  }
  return signFiles(folder, Object.keys(hashes));
}

async function signFiles(folder: string, lists: readonly string[]): Promise<Signed> {
  // A short path: the agent's socket lies below it, and a socket's path has a limit of about 100 characters.
  const home = await mkdtemp(path.join(tmpdir(), 'medium-key-'));
  const gpg = (...args: readonly string[]): Promise<string> =>
    run('gpg', ['--homedir', home, '--batch', '--quiet', '--no-tty', ...args]);
  try {
    await chmod(home, 0o700);
    const who = 'Example medium (this run only)';
    await gpg('--passphrase', '', '--quick-generate-key', who, 'ed25519', 'sign', '1y');
    const listing = await gpg('--with-colons', '--list-keys');
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? '';
    const key = await gpg('--armor', '--export', fingerprint);
    for (const list of lists) {
      const file = path.join(folder, list);
      await gpg('--armor', '--output', `${file}.sign`, '--detach-sign', file);
    }
    await writeFile(path.join(folder, 'signing-key.asc'), key);
    return { fingerprint, key };
  } finally {
    await run('gpgconf', ['--homedir', home, '--kill', 'all']).catch(() => '');
    await rm(home, { recursive: true, force: true });
  }
}
