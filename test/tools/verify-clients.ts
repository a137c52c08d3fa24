import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { debian13Binary } from './debian-package.ts';

const run = promisify(execFile);

/** Runs a line of VERIFY.md as a stranger would, in the image folder, with a key ring of their own. */
export async function acceptedByShell(line: string, cwd: string): Promise<boolean> {
  const cosign = path.dirname(await debian13Binary('cosign'));
  const env = {
    ...process.env,
    PATH: `${process.env.PATH}:${cosign}`,
    GNUPGHOME: path.join(cwd, '.gnupg'),
    // No network: a client that asks for more than the image's folder and its trusted root fails.
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
  };
  await run('mkdir', ['-p', '-m', '700', env.GNUPGHOME]);
  return run('bash', ['-c', line], { cwd, env }).then(
    () => true,
    () => false,
  );
}

/** The commands in the code blocks of VERIFY.md. */
export async function verifyCommandsOf(image: string): Promise<string[]> {
  const guide = await readFile(path.join(image, 'VERIFY.md'), 'utf8');
  return [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block?.trim().split('\n') ?? []);
}

/**
 * Changes one byte of a file, keeping its length: in the middle, or in an OpenPGP signature's numbers, which lie
 * towards its end (sqv does not look at the digest prefix before them).
 */
export async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  const at = Math.floor(bytes.length * (file.endsWith('.gpg') ? 0.8 : 0.5));
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
}
