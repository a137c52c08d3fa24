import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { recordingLog } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aptTools } from './host-tools.ts';

// A tiny package that nothing depends on: installed and removed again, for real.
const tool = { command: '/usr/games/sl', package: 'sl' };

function remove(): void {
  execFileSync('apt-get', ['purge', '-q', '-y', '-o', 'DPkg::Lock::Timeout=240', tool.package], {
    stdio: 'ignore',
  });
}
beforeAll(remove);
afterAll(remove);

describe('aptTools', () => {
  it('installs what is missing, in a group that shows it', async () => {
    const log = recordingLog();
    await aptTools({ install: true, log }).ensure([{ command: 'sh', package: 'dash' }, tool]);
    expect(existsSync(tool.command)).toBe(true);
    expect(log.lines[0]).toBe('group: Install sl');
    expect(log.lines.join('\n')).toContain('Unpacking sl');
  }, 300_000);

  it('says nothing when all is there', async () => {
    const log = recordingLog();
    await aptTools({ install: false, log }).ensure([{ command: 'sh', package: 'dash' }]);
    expect(log.lines).toEqual([]);
  });

  it('waits while another apt-get reads the package lists', async () => {
    remove();
    // struct flock { l_type = F_WRLCK, l_whence, l_start, l_len, l_pid }; F_SETLK = 6 (fcntl(2), Linux).
    const hold = `
      open(my $lock, '>>', '/var/lib/apt/lists/lock') or die; my $whole = pack('s s x4 q q l x4', 1, 0, 0, 0, 0);
      fcntl($lock, 6, $whole) or die; syswrite(STDOUT, 'held'); sleep 3;`;
    const other = spawn('perl', ['-e', hold], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [first] = (await Promise.race([once(other.stdout, 'data'), once(other, 'exit')])) as [unknown];
    expect(String(first)).toBe('held');
    const log = recordingLog();
    await aptTools({ install: true, log }).ensure([tool]);
    expect(log.lines.join('\n')).toContain('Could not get lock');
    expect(existsSync(tool.command)).toBe(true);
  });

  it('explains a package that does not exist', async () => {
    const tools = aptTools({ install: true, log: recordingLog() });
    const failing = tools.ensure([{ command: 'no-such-tool', package: 'no-such-package-anywhere' }]);
    await expect(failing).rejects.toMatchObject({
      code: 'install-failed',
      message: 'apt-get install failed: E: Unable to locate package no-such-package-anywhere',
    });
  }, 300_000);

  it('explains a package that does not bring the program', async () => {
    const tools = aptTools({ install: true, log: recordingLog() });
    const failing = tools.ensure([{ command: 'no-such-tool', package: 'dash' }]);
    await expect(failing).rejects.toMatchObject({
      code: 'install-failed',
      message: 'The package dash did not bring no-such-tool',
    });
  }, 300_000);
});
