import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { BASELINE } from './rules.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'password-fix-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the fix of a rule with the real programs, on a copy of /etc that stands in for it in a namespace. */
function fix(id: string, etc: string): void {
  const script = BASELINE.find((rule) => rule.id === id)?.fix ?? 'exit 1';
  const command = 'mount --bind "$1" /etc && bash -c "$2"';
  execFileSync('unshare', ['--mount', 'sh', '-c', command, 'sh', etc, script], { stdio: 'ignore' });
}

describe('the fix of no-passwords', () => {
  it('takes hashes of every form out of shadow, passwd and what programs leave of them', () => {
    const etc = path.join(folder, 'etc');
    execFileSync('cp', ['-a', '/etc', etc]);
    const hashes = ['$6$salt$hash', 'ab9cG0q/EgyeI', '$y$j9T$salt$hash'];
    const [sha512 = '', des = '', yescrypt = ''] = hashes;
    appendFileSync(
      path.join(etc, 'passwd'),
      `first:x:4001:4001::/:/bin/sh\nsecond:x:4002:4002::/:/bin/sh\nthird:${yescrypt}:4003:4003::/:/bin/sh\n`,
    );
    appendFileSync(path.join(etc, 'shadow'), `first:${sha512}:19000::::::\nsecond:${des}:19000::::::\n`);
    fix('no-passwords', etc);
    const lines = readFileSync(path.join(etc, 'shadow'), 'utf8').split('\n');
    const fields = (user: string) => lines.find((line) => line.startsWith(`${user}:`))?.split(':')[1];
    expect(['first', 'second', 'third'].map(fields)).toEqual(['!*', '!*', '!*']);
    for (const hash of hashes) {
      // 1: read everything, found nothing.
      expect(spawnSync('grep', ['-rqF', hash, etc]).status).toBe(1);
    }
  });
});
