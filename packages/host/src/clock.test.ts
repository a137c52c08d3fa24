import { describe, expect, it } from '@jest/globals';
import { fixedClock, systemClock } from './clock.ts';

describe('systemClock', () => {
  it('sleeps at least as long as asked', async () => {
    const started = systemClock.monotonic();
    await systemClock.sleep(20);
    expect(systemClock.monotonic() - started).toBeGreaterThanOrEqual(19);
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1_000);
  });

  it('wakes up with the reason of an abort', async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(60_000, controller.signal);
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(systemClock.sleep(60_000, controller.signal)).rejects.toThrow('enough');
  });
});

describe('fixedClock', () => {
  it('moves only by its sleeps', async () => {
    const clock = fixedClock('2026-11-24T00:00:00Z');
    await clock.sleep(1_500);
    expect(clock.now().toISOString()).toBe('2026-11-24T00:00:01.500Z');
    expect(clock.monotonic()).toBe(clock.now().getTime());
  });
});
