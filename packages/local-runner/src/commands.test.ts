import { describe, expect, it } from '@jest/globals';
import { isAllowedStopToken, parseCommand } from './commands.ts';

describe('parseCommand', () => {
  it.each([
    ['::error::text', { name: 'error', properties: {}, data: 'text' }],
    ['\t ::ERROR::text', { name: 'error', properties: {}, data: 'text' }],
    ['::group::', { name: 'group', properties: {}, data: '' }],
    [
      '::warning file=a%3Ab%2Cc,line=3,empty=,title==x::a%0Ab%25%0D::c',
      { name: 'warning', properties: { file: 'a:b,c', line: '3', title: '=x' }, data: 'a\nb%\r::c' },
    ],
    // %25 is undone last: what was escaped twice stays escaped once.
    ['::notice::%250A', { name: 'notice', properties: {}, data: '%0A' }],
    ['before ##[error]after', { name: 'error', properties: {}, data: 'after' }],
    ['##[warning file=a;line=2]x%5D', { name: 'warning', properties: { file: 'a', line: '2' }, data: 'x]' }],
  ])('%s', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it.each([
    'text ::error::x',
    '::error',
    '::unknown::x',
    ':: error::x',
    '##[error',
    '##[unknown]x',
    '',
    '::::',
  ])('takes %j for text', (line) => {
    expect(parseCommand(line)).toBeUndefined();
  });

  it('knows only the names it is given', () => {
    expect(parseCommand('::error::x', ['token'])).toBeUndefined();
    expect(parseCommand('::token::', ['token'])?.name).toBe('token');
  });
});

describe('isAllowedStopToken', () => {
  it.each([
    ['a1b2c3', true],
    ['', false],
    [' ', false],
    ['pause-logging', false],
    ['Add-Mask', false],
  ])('%j: %s', (token, allowed) => {
    expect(isAllowedStopToken(token)).toBe(allowed);
  });
});
