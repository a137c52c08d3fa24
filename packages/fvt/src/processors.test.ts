import { describe, expect, it } from '@jest/globals';
import type { Need } from './case.ts';
import { processorsOf } from './processors.ts';

const needs = (...names: Need[]) => new Set<Need>(names);

describe('processorsOf', () => {
  it('takes what was asked for, whatever the machine', () => {
    expect(processorsOf(4, 'tcg', needs('second-boot'), 3, 1)).toBe(4);
    expect(processorsOf(1, 'kvm', needs(), 9, 8)).toBe(1);
  });

  it.each([
    ['KVM', 'kvm', needs('second-boot'), 2, 2],
    ['one emulated boot', 'tcg', needs('facts'), 2, 2],
    ['a fork that boots again', 'tcg', needs('facts', 'reboot'), 2, 2],
    ['two emulated boots on two processors', 'tcg', needs('second-boot'), 2, 1],
    ['two forks that boot again', 'tcg', needs('reboot', 'stop-start'), 2, 1],
    ['two emulated boots on four processors', 'tcg', needs('second-boot'), 4, 2],
    ['two emulated boots on sixteen', 'tcg', needs('second-boot'), 16, 2],
    ['a host with one processor', 'tcg', needs('second-boot'), 1, 1],
  ] as const)('for %s', (_what, accelerator, wanted, host, expected) => {
    expect(processorsOf(undefined, accelerator, wanted, 3, host)).toBe(expected);
  });

  it('gives a machine that runs alone all that there is', () => {
    expect(processorsOf(undefined, 'tcg', needs('second-boot'), 1, 2)).toBe(2);
  });
});
