import { describe, expect, it } from '@jest/globals';
import { defineAction } from './definition.ts';
import { choice, flag, integer, list, seconds, secret, text } from './inputs.ts';
import { parseInputs } from './parse.ts';

const definition = defineAction({
  name: 'sample',
  title: 'Sample',
  description: 'For tests',
  branding: { icon: 'disc', color: 'blue' },
  inputs: {
    source: text({ description: 'Where from. More words.', required: true }),
    digest: text({ description: 'A digest', pattern: /^sha256:[0-9a-f]{4}$/, form: '`sha256:` and hex' }),
    key: secret({ description: 'A key' }),
    cache: flag({ description: 'Keep', default: 'true' }),
    retries: integer({ description: 'How often', default: '3', max: 10 }),
    timeout: seconds({ description: 'How long' }),
    mode: choice(['apply', 'audit'], { description: 'What', default: 'apply' }),
    cases: list({ description: 'Which' }),
    suites: list({ description: 'Which', of: ['functional', 'penetration'] }),
  },
  outputs: { path: 'Where to' },
});

function parse(given: Record<string, string>) {
  const env = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  return parseInputs(definition, env);
}

describe('parseInputs', () => {
  it('gives typed values, defaults and undefined', () => {
    expect(parse({ source: ' a b ' })).toEqual({
      source: 'a b',
      digest: undefined,
      key: undefined,
      cache: true,
      retries: 3,
      timeout: undefined,
      mode: 'apply',
      cases: undefined,
      suites: undefined,
    });
    const values = parse({
      source: 'x',
      cache: 'False',
      retries: '0',
      timeout: '5m',
      cases: '# all\na*, !b\n\nc',
      suites: 'functional',
    });
    expect(values).toMatchObject({
      cache: false,
      retries: 0,
      timeout: 300,
      cases: ['a*', '!b', 'c'],
      suites: ['functional'],
    });
    // The types follow the declarations.
    const source: string = values.source;
    const timeout: number | undefined = values.timeout;
    expect([source, timeout]).toEqual(['x', 300]);
  });

  it('names every problem at once, with the form that is expected', () => {
    const given = {
      digest: 'md5:1',
      cache: 'yes',
      retries: '11',
      timeout: '-1',
      mode: 'fix',
      suites: 'functional, other',
    };
    expect(() => parse(given)).toThrow(
      'Invalid input: source is required: Where from; digest is "md5:1", expected `sha256:` and hex; ' +
        'cache is "yes", expected `true` or `false`; retries is "11", expected a whole number, 0 to 10; ' +
        'timeout is "-1", expected a time span such as `90s`, `5m` or `1h`; mode is "fix", expected one of `apply`, `audit`; ' +
        'suites is "functional, other", expected a list of `functional`, `penetration`',
    );
  });

  it('refuses NUL bytes and numbers beyond exactness', () => {
    expect(() => parse({ source: 'a\0b' })).toThrow('source is');
    expect(() => parse({ source: 'a', retries: '9'.repeat(16) })).toThrow('retries is');
  });

  it('never shows a secret', () => {
    const strict = defineAction({
      ...definition,
      inputs: {
        key: { ...secret({ description: 'A key', required: true }), schema: definition.inputs.mode.schema },
      },
    });
    expect(() => parseInputs(strict, { INPUT_KEY: 'hunter2' })).toThrow('key is ***');
  });
});
