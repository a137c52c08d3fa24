import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findDigest, parseChecksumList } from './checksum-list.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(cwd: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${command}: ${stderr}`);
  }
  return stdout;
}

/** The real tools, what their lists are called, and the digest that node:crypto computes. */
const tools: readonly (readonly [string, readonly string[], string, string])[] = [
  ['sha256sum', [], 'SHA256SUMS', 'sha256'],
  ['sha256sum', ['--binary'], 'SHA256SUMS', 'sha256'],
  ['sha256sum', ['--tag'], 'CHECKSUM', 'sha256'],
  ['sha384sum', [], 'SHA384SUMS', 'sha384'],
  ['sha512sum', ['--tag'], 'CHECKSUM', 'sha512'],
  ['sha512sum', [], 'SHA512SUMS', 'sha512'],
  ['b2sum', [], 'b2sums.txt', 'blake2b512'],
  ['b2sum', ['--tag'], 'CHECKSUM', 'blake2b512'],
];

/** Names that a file system takes and that tools have to escape or that look like something else. */
const fileName = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    fc.string({
      minLength: 1,
      maxLength: 12,
      unit: fc.constantFrom('\\', '\n', '\r', ' ', '*', '(', ')', '=', ') = ', '#', ';', 'a', '.', '-', '"'),
    }),
  )
  .filter((name) => !/[/\0]/.test(name) && !['.', '..', '-'].includes(name) && Buffer.byteLength(name) < 200);

describe('lists that the real tools make', () => {
  it.each(tools)('%s %s: any file name round-trips', (command, options, listName, algorithm) => {
    let runs = 0;
    fc.assert(
      fc.property(fc.uniqueArray(fileName, { minLength: 1, maxLength: 4 }), fc.string(), (names, content) => {
        runs += 1;
        const home = path.join(folder, `${command}-${options.join('')}-${runs}`);
        mkdirSync(home);
        names.forEach((name, index) => {
          writeFileSync(path.join(home, name), `${content}${index}`);
        });
        const text = run(home, command, [...options, '--', ...names]);
        const entries = parseChecksumList(text, listName);
        for (const [index, name] of names.entries()) {
          const hex = createHash(algorithm).update(`${content}${index}`).digest('hex');
          expect(findDigest(entries, name, listName)).toEqual({ algorithm, hex });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('reads openssl dgst and shasum-like lines', () => {
    writeFileSync(path.join(folder, 'm.iso'), 'x');
    const text = run(folder, 'openssl', ['dgst', '-sha256', 'm.iso']);
    const hex = createHash('sha256').update('x').digest('hex');
    expect(findDigest(parseChecksumList(text, 'list'), 'm.iso', 'list')).toEqual({
      algorithm: 'sha256',
      hex,
    });
  });
});
