import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { confined } from './confine.ts';
import { createExec } from './node-exec.ts';

const exec = createExec();
const sh = (script: string) => ({ command: 'sh', args: ['-c', script] });

describe('confined', () => {
  it('has processes, host name and mounts of its own', async () => {
    const mounts = readFileSync('/proc/self/mounts', 'utf8');
    const { stdout } = await exec(
      confined(
        sh(
          'mount -t tmpfs confined-test /mnt && grep -c confined-test /proc/mounts; hostname inside; hostname; echo $$',
        ),
      ),
    );
    expect(stdout).toBe('1\ninside\n1\n');
    expect(readFileSync('/proc/self/mounts', 'utf8')).toBe(mounts);
  });

  it('has no network unless asked', async () => {
    const links = await exec(confined({ command: 'cat', args: ['/proc/net/dev'] }));
    expect(links.stdout.match(/^\s*\w+:/gm)?.map((name) => name.trim())).toEqual(['lo:']);
    const own = readFileSync('/proc/self/net/dev', 'utf8');
    const kept = await exec(confined({ command: 'cat', args: ['/proc/net/dev'] }, { network: true }));
    expect(kept.stdout.match(/^\s*\w+:/gm)).toEqual(own.match(/^\s*\w+:/gm));
  });

  it('ends with every process inside when the parent is killed', async () => {
    const marker = `confined-${process.pid}`;
    const script = `
      import { createExec, confined } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))};
      await createExec()(confined({ command: 'bash', args: ['-c', 'setsid sleep 61 & exec -a ${marker} sleep 61; true', '${marker}'] }));
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    for (let i = 0; i < 100 && running(marker) === 0; i += 1) {
      await sleep(50);
    }
    expect(running(marker)).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    for (let i = 0; i < 40 && running(marker) > 0; i += 1) {
      await sleep(50);
    }
    expect(running(marker)).toBe(0);
  });
});

/** How many processes carry `marker` in their command line. */
function running(marker: string): number {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid || !existsSync(`/proc/${pid}/cmdline`)) {
      return false;
    }
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes(marker) && !line.includes('--input-type');
    } catch {
      return false;
    }
  }).length;
}
