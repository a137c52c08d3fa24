import { describe, expect, it } from '@jest/globals';
import { installerOf } from './installers.ts';
import { InstallerWatch } from './watch.ts';

function watching(release: { distribution: 'debian' | 'almalinux' | 'ubuntu'; release: string }) {
  let now = 0;
  const phases: string[] = [];
  const watch = new InstallerWatch(
    installerOf(release),
    () => now,
    (phase) => phases.push(phase),
  );
  return {
    watch,
    phases,
    wait: (ms: number) => {
      now += ms;
    },
  };
}
const DEBIAN = { distribution: 'debian', release: '13' } as const;

describe('InstallerWatch', () => {
  it('follows the phases, each once, and knows the end', () => {
    const { watch, phases, wait } = watching(DEBIAN);
    watch.take('Loading additional components ... 10%\r\n');
    wait(60_000);
    watch.take('\u001b[1mInstalling the base system\u001b[0m ... 20%\nInstalling the base system ... 30%\n');
    // An earlier phase's word does not lead back.
    watch.take('Detecting hardware to find disks\n');
    expect(watch.finished).toBe(false);
    watch.take('Finishing the installation\n');
    expect(phases).toEqual(['detecting hardware', 'installing the base system', 'finishing']);
    expect(watch.events[1]).toEqual({ phase: 'installing the base system', seconds: 60 });
    expect(watch.finished).toBe(true);
    expect(watch.failure).toBeUndefined();
  });

  it('sees a question on the open line, in pieces', () => {
    const { watch } = watching(DEBIAN);
    watch.take('Configure the keyboard\nPro');
    watch.take("mpt: '?' for help, default=1> ");
    expect(watch.failure).toMatchObject({ code: 'installer-question' });
    expect(watch.failure?.detail).toContain('Configure the keyboard');
  });

  it.each([
    [DEBIAN, '[    1.2] Kernel panic - not syncing: VFS', 'installer-panic'],
    [
      { distribution: 'almalinux', release: '9' } as const,
      'The installation was stopped due to an error',
      'installer-failed',
    ],
    [
      { distribution: 'ubuntu', release: '24.04' } as const,
      'Continue with autoinstall? (yes|no)',
      'installer-question',
    ],
  ])('%o: %s', (release, line, code) => {
    const { watch } = watching(release);
    watch.take(`${line}\n`);
    expect(watch.failure).toMatchObject({ code });
  });

  it('keeps little of a flood, and nothing that a runner would take for a command', () => {
    const { watch } = watching(DEBIAN);
    for (let round = 0; round < 200; round += 1) {
      watch.take(`::error::pwned\n${'x'.repeat(100_000)}`);
    }
    watch.take('\nKernel panic - not syncing\n');
    const detail = watch.failure?.detail ?? '';
    expect(detail.length).toBeLessThan(200_000);
    expect(detail).not.toMatch(/^\s*::error::/m);
  });

  it('measures silence', () => {
    const { watch, wait } = watching(DEBIAN);
    wait(5_000);
    expect(watch.silence).toBe(5_000);
    watch.take('.');
    expect(watch.silence).toBe(0);
  });
});

describe('installerOf', () => {
  it('knows which SUSE has which installer', () => {
    expect(installerOf({ distribution: 'sles', release: '15.7' }).name).toBe('AutoYaST');
    expect(installerOf({ distribution: 'sles', release: '16.0' }).name).toBe('Agama');
  });
});
