import { describe, expect, it } from '@jest/globals';
import { resolveInputs } from './inputs.ts';
import type { InputModel } from './workflow-model.ts';

const scope = {
  contexts: {},
  status: { success: true, failure: false, cancelled: false },
  hashFiles: () => '',
};

function input(name: string, type: InputModel['type'], more: Partial<InputModel> = {}): InputModel {
  return { name, type, required: false, default: undefined, options: [], description: '', ...more };
}

describe('resolveInputs', () => {
  it('types what is given, whatever the case of its name', () => {
    const declared = [
      input('Text', 'string'),
      input('flag', 'boolean'),
      input('number', 'number'),
      input('choice', 'choice', { options: ['a', 'b'] }),
      input('where', 'environment'),
    ];
    expect(
      resolveInputs(declared, { text: 'x', flag: 'true', number: '1.5', choice: 'b', where: 'prod' }, scope),
    ).toEqual({ Text: 'x', flag: true, number: 1.5, choice: 'b', where: 'prod' });
    expect(resolveInputs(declared, { text: '' }, scope)).toEqual({
      Text: '',
      flag: false,
      number: 0,
      choice: 'a',
      where: '',
    });
  });

  it.each([
    [input('a', 'string'), { b: 'x' }, 'There is no input "b"; there are a.'],
    [input('a', 'string', { required: true }), {}, 'The input a is required.'],
    [input('a', 'string', { required: true, description: 'd' }), { a: '' }, 'The input a is required (d).'],
    [input('a', 'boolean'), { a: 'yes' }, 'The input a is true or false, not "yes".'],
    [input('a', 'number'), { a: ' ' }, 'The input a is a number, not " ".'],
    [input('a', 'choice', { options: ['x'] }), { a: 'y' }, 'The input a is one of x, not "y".'],
  ])('refuses %#', (declared, given, message) => {
    expect(() => resolveInputs([declared], given, scope)).toThrow(message);
  });
});
