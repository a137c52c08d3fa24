import { describe, expect, it } from '@jest/globals';
import { changeFacts, observed } from '../../test/change.ts';
import type { Fact, Facts } from './facts.ts';
import { known, notKnown } from './known.ts';

const team = (more: object): Facts => ({
  ...changeFacts(),
  facts: [{ ...observed, kind: 'team', team: 'acme/core', value: [], ...more } as Fact],
});

describe('what is known', () => {
  it('is the value of a fact that holds', () => {
    expect(known(team({}), 'team')).toEqual({ value: [] });
    expect(known(team({}), 'team', (fact) => fact.team === 'acme/other')).toMatchObject({
      status: 'unknown',
    });
  });

  it.each([
    [
      { status: 'fail', detail: 'broken' },
      { status: 'fail', why: 'broken' },
    ],
    [
      { status: 'unknown', detail: 'half' },
      { status: 'unknown', why: 'half' },
    ],
    [{ value: undefined }, { status: 'unknown', why: 'its value is missing' }],
  ])('is nothing of a fact that is %j', (more, expected) => {
    expect(known(team(more), 'team')).toMatchObject(expected);
    expect('value' in known(team(more), 'team')).toBe(false);
  });

  it('names a missing permission once', () => {
    const lost = { status: 'unknown', permission: 'members: read' };
    expect(known(team({ ...lost, detail: 'HTTP 403' }), 'team').why).toBe(
      'HTTP 403; the permission members: read is missing',
    );
    expect(known(team({ ...lost, detail: 'grant members: read' }), 'team').why).toBe('grant members: read');
  });

  it('as a finding keeps what failed apart from what nobody knows, and says what to do', () => {
    const finding = (more: object) => notKnown('r', 'x is known', known(team(more), 'team'));
    expect(finding({ status: 'fail', detail: 'broken' })).toMatchObject({
      status: 'not-met',
      found: 'broken',
    });
    expect(finding({ status: 'unknown', permission: 'members: read' })).toMatchObject({
      status: 'unknown',
      next: "Grant the gate's token the permission members: read.",
    });
  });
});
