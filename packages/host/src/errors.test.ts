import { describe, expect, it } from '@jest/globals';
import { describeError, InternalError, ToolError, UserError } from './errors.ts';

describe('describeError', () => {
  it('tells the families apart', () => {
    expect(describeError(new UserError('a', { code: 'x', fix: 'do b' }))).toEqual({
      family: 'user',
      code: 'x',
      message: 'a',
      fix: 'do b',
      detail: undefined,
    });
    expect(describeError(new ToolError('a', { code: 'sh', exitCode: 1 })).family).toBe('tool');
    expect(describeError(new InternalError('a', { code: 'x' })).family).toBe('internal');
  });

  it('adds the causes to the detail', () => {
    const inner = new Error('no space left', { cause: 'disk' });
    const { detail } = describeError(new UserError('a', { code: 'x', detail: 'log', cause: inner }));
    expect(detail).toBe('log\n\ncaused by: no space left\ncaused by: disk');
  });

  it('ends on a chain of causes that loops', () => {
    const error = new Error('loop');
    error.cause = error;
    expect(describeError(new UserError('a', { code: 'x', cause: error })).detail?.split('\n')).toHaveLength(
      8,
    );
  });

  it('asks to report what nobody foresaw', () => {
    const described = describeError(new TypeError('x is undefined'));
    expect(described).toMatchObject({ family: 'internal', message: 'x is undefined' });
    expect(described.fix).toContain('report');
    expect(described.detail).toContain('TypeError');
    expect(describeError('text').message).toBe('text');
  });
});
