import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEBIAN_13 } from './debian13.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'own-fixes-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Runs a fix with a folder in place of the root. */
function run(script: string, files: Readonly<Record<string, string>>): (name: string) => string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  execFileSync('bash', ['-c', script.replaceAll(/\/(etc|var)\//g, `${root}/$1/`)], { stdio: 'pipe' });
  return (name) => readFileSync(path.join(root, name), 'utf8');
}

const preparation = (id: string): string =>
  DEBIAN_13.preparations.find((candidate) => candidate.id === id)?.script ?? 'exit 9';

describe('the fixes for Debian 13', () => {
  it('leave kernel options in one place, with the value that counted', () => {
    const read = run(preparation('kernel-options-in-one-place'), {
      'etc/default/grub': 'GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX="old"\n',
      'etc/default/grub.d/10-more.cfg': 'GRUB_CMDLINE_LINUX="console=tty0"\n',
      'etc/default/grub.d/50-image.cfg':
        'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX console=ttyS0,115200"\nGRUB_CMDLINE_LINUX_DEFAULT=""\n',
    });
    expect(read('etc/default/grub')).toBe(
      'GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200"\n',
    );
    expect(read('etc/default/grub.d/10-more.cfg')).toBe('');
    expect(read('etc/default/grub.d/50-image.cfg')).toBe('GRUB_CMDLINE_LINUX_DEFAULT=""\n');
  });

  it('make the file for kernel options where there is none, and change nothing the second time', () => {
    const script = preparation('kernel-options-in-one-place');
    run(script, { 'etc/default/grub.d/50-image.cfg': 'GRUB_CMDLINE_LINUX="quiet"\n' });
    expect(run(script, {})('etc/default/grub')).toBe('GRUB_CMDLINE_LINUX="quiet"\n');
  });

  it('never run what locks maintainers out, not even as a fix of the project’s own', () => {
    const never = Object.keys(DEBIAN_13.neverFixed);
    expect(never).toEqual(
      expect.arrayContaining([
        ...['accounts_maximum_age_login_defs', 'sudo_add_requiretty', 'file_permissions_sudo'],
        ...['mount_option_var_noexec', 'ufw_default_outgoing_rule', 'sysctl_kernel_modules_disabled'],
      ]),
    );
    expect(never.filter((rule) => rule in DEBIAN_13.fixes)).toEqual([]);
  });
});
