import { fixedClock } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { actionsLog, progressLine } from './actions-log.ts';

let printed = '';
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const lines = (): string[] => printed.split('\n').filter((line) => line !== '');

describe('actionsLog', () => {
  it('prints outside text so that it cannot act as a command', async () => {
    const log = actionsLog(fixedClock(0 as unknown as Date));
    log.info('boot\n::error::pwned\n##[error]pwned');
    log.warning('line one\n::add-mask::a');
    await log.group('::stop-commands::x', async () => log.info('inside'));
    const commands = lines().filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
    expect(commands.map((line) => /^::[a-z]+/.exec(line)?.[0])).toEqual([
      '::warning',
      '::group',
      '::endgroup',
    ]);
  });

  it('does not nest groups', async () => {
    const log = actionsLog(fixedClock('2026-01-01'));
    await log.group('outer', () => log.group('inner', async () => {}));
    expect(lines()).toEqual(['::group::outer', '── inner', '::endgroup::']);
  });

  it('closes a group when its body fails', async () => {
    const log = actionsLog(fixedClock('2026-01-01'));
    await expect(log.group('g', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(lines().at(-1)).toBe('::endgroup::');
  });

  it('masks every line of a secret', () => {
    actionsLog(fixedClock('2026-01-01')).mask('-----BEGIN KEY-----\nline-one-1\nab\n-----END KEY-----\n');
    expect(lines()).toContain('::add-mask::line-one-1');
    expect(lines()).not.toContain('::add-mask::ab');
  });

  it('thins progress out', async () => {
    const clock = fixedClock('2026-01-01');
    const log = actionsLog(clock);
    for (let done = 0; done <= 100; done += 1) {
      log.progress({ label: 'disk', done: done * 1e6, total: 1e8, unit: 'bytes' });
      await clock.sleep(100);
    }
    expect(lines()).toEqual([
      'disk: 50 of 100 MB (50 %), 10 MB/s, 5 s left',
      'disk: 100 of 100 MB (100 %), 10 MB/s, 0 s left',
    ]);
  });

  it('shows progress of two things that go on at once', async () => {
    const clock = fixedClock('2026-01-01');
    const log = actionsLog(clock);
    for (let done = 0; done <= 100; done += 1) {
      log.progress({ label: 'first boot', done, unit: 'seconds' });
      log.progress({ label: 'second boot', done, unit: 'seconds' });
      await clock.sleep(100);
    }
    expect(lines()).toEqual(['first boot: 50 seconds', 'first boot: 100 seconds']);
  });
});

describe('progressLine', () => {
  it('does without a total and a rate', () => {
    expect(progressLine({ label: 'cases', done: 3, unit: 'cases' }, 0, 0)).toBe('cases: 3 cases');
    expect(progressLine({ label: 'x', done: 0, total: 0 }, 0, 0)).toBe('x: 0 of 0');
  });
});
