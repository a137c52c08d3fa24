import { afterEach, expect } from '@jest/globals';
import type { World } from '../../../test/fake-github/src/index.ts';
import { type Bench, startBench } from './setup.ts';

/**
 * Starts a fake GitHub for one test. After each test it ends, and nothing that was asked or answered may have broken
 * GitHub's description.
 */
export function eachBench(): (world: World, options?: Parameters<typeof startBench>[1]) => Promise<Bench> {
  let bench: Bench | undefined;
  afterEach(async () => {
    const ended = bench;
    bench = undefined;
    await ended?.github.close();
    expect(ended?.github.violations ?? []).toEqual([]);
  });
  return async (world, options) => {
    await bench?.github.close();
    bench = await startBench(world, options);
    return bench;
  };
}
