import { expect, test } from '@jest/globals';
import type { Side } from './bench.ts';
import { judge, median, runRounds } from './rounds.ts';

function side(name: string, seconds: readonly number[], order: string[], ours = false): Side {
  let next = 0;
  return {
    ...{ name, ours, command: name },
    run: async () => {
      order.push(name);
      const value = seconds[next] ?? Number.NaN;
      next += 1;
      return { seconds: value, peakMb: value * 10 };
    },
  };
}

test('sides alternate, the first round does not count', async () => {
  const order: string[] = [];
  const sides = [side('a', [9, 1, 3, 2], order, true), side('b', [9, 4, 4, 4], order)];
  const results = await runRounds(sides, 3, () => {});
  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
  expect(results).toMatchObject([
    { name: 'a', ours: true, seconds: [1, 3, 2], median: 2, peakMb: 30 },
    { name: 'b', ours: false, seconds: [4, 4, 4], median: 4, peakMb: 40 },
  ]);
  expect(results[0]).not.toHaveProperty('cpuSeconds');
});

test('a goal is judged against the best of its peers', async () => {
  const order: string[] = [];
  const sides = [side('ours', [0, 2], order), side('slow', [0, 8], order), side('fast', [0, 4], order)];
  const results = await runRounds(sides, 1, () => {});
  const goal = { side: 'ours', quantity: 'wall', peers: ['slow', 'fast'], atMost: 0.5 } as const;
  expect(judge(goal, results)).toMatchObject({ value: 0.5, met: true });
  expect(judge({ ...goal, atMost: 0.49 }, results)).toMatchObject({ met: false });
  expect(judge({ ...goal, quantity: 'memory', peers: [], atMost: 19 }, results)).toMatchObject({
    value: 20,
    met: false,
  });
  expect(() => judge({ ...goal, peers: ['nobody'] }, results)).toThrow('no wall of "nobody"');
});

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
])('median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});
