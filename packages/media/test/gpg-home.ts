/** Keys and signatures made by the real GnuPG, in a home of their own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface GpgHome {
  readonly folder: string;
  /** Makes a key; returns its fingerprint. `at` is a faked time such as `20200101T000000`. */
  newKey(
    name: string,
    options?: { readonly algorithm?: string; readonly expires?: string; readonly at?: string },
  ): string;
  /** Any gpg command; returns its standard output. */
  gpg(args: readonly string[], input?: string | Uint8Array): Buffer;
  /** Public keys, armored. */
  keys(...fingerprints: string[]): string;
  detached(text: string | Uint8Array, key: string, options?: readonly string[]): Buffer;
  clearsigned(text: string, key: string, options?: readonly string[]): string;
  close(): void;
}

export function gpgHome(): GpgHome {
  // A short path: the agent's socket lies below it.
  const folder = mkdtempSync(path.join(tmpdir(), 'gpg-'));
  const gpg = (args: readonly string[], input: string | Uint8Array = ''): Buffer => {
    // Time stands still for the tests, after the keys' making, where they do not say otherwise.
    const time = args.includes('--faked-system-time') ? [] : ['--faked-system-time', '20260701T000000!'];
    const all = ['--homedir', folder, '--batch', '--quiet', ...time, ...args];
    const { status, stdout, stderr } = spawnSync('gpg', all, {
      input,
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) {
      throw new Error(`gpg ${args.join(' ')}: ${stderr.toString()}`);
    }
    return stdout;
  };
  return {
    folder,
    gpg,
    newKey: (name, { algorithm = 'ed25519', expires = 'never', at = '20260601T000000' } = {}) => {
      const time = ['--faked-system-time', `${at}!`];
      gpg([...time, '--passphrase', '', '--quick-generate-key', name, algorithm, 'sign', expires]);
      const listing = gpg(['--with-colons', '--list-keys', `=${name}`]).toString();
      return /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? '';
    },
    keys: (...fingerprints) => gpg(['--armor', '--export', ...fingerprints]).toString(),
    detached: (text, key, options = []) => gpg([...options, '-u', key, '--detach-sign'], text),
    clearsigned: (text, key, options = []) => gpg([...options, '-u', key, '--clearsign'], text).toString(),
    close: () => {
      spawnSync('gpgconf', ['--homedir', folder, '--kill', 'all']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A key and a detached signature made by Sequoia; the command line changed between its versions. */
export function sequoia(text: string): { readonly certificate: string; readonly signature: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'sq-'));
  try {
    const file = (name: string): string => path.join(folder, name);
    writeFileSync(file('data'), text);
    const first = (variants: readonly (readonly string[])[]): Buffer => {
      const results = variants.map((args) => () => spawnSync('sq', args, { cwd: folder }));
      let last = '';
      for (const attempt of results) {
        const { status, stdout, stderr } = attempt();
        if (status === 0) {
          return stdout;
        }
        last = stderr.toString();
      }
      throw new Error(`sq: ${last}`);
    };
    const user = 'Sequoia <s@example.org>';
    first([
      ['key', 'generate', '--userid', user, '--export', 'key'],
      ['key', 'generate', '--userid', user, '--output', 'key'],
      [
        'key',
        'generate',
        '--own-key',
        '--without-password',
        '--userid',
        user,
        '--output',
        'key',
        '--rev-cert',
        'rev',
      ],
    ]);
    const certificate = first([
      ['key', 'extract-cert', 'key'],
      ['toolbox', 'extract-cert', 'key'],
      ['key', 'delete', '--cert-file', 'key', '--output', '-'],
    ]);
    const signature = first([
      ['sign', '--detached', '--signer-key', 'key', 'data'],
      ['sign', '--detached', '--signer-file', 'key', 'data'],
      ['sign', '--signer-file', 'key', '--signature-file', '-', 'data'],
    ]);
    return { certificate: certificate.toString(), signature: signature.toString() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
