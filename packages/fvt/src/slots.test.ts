import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('let only so many run at once, in order, also after a failure', async () => {
    const slots = new Slots(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const job = (number: number) => async () => {
      running += 1;
      most = Math.max(most, running);
      order.push(number);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      if (number === 1) {
        throw new Error('one');
      }
    };
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => slots.run(job(number))));
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1);
  });
});
