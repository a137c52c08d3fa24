// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflow expressions are written so
import { describe, expect, it } from '@jest/globals';
import { evaluate, evaluateTexts, evaluateToken, holds, type Scope, splitTemplate } from './expressions.ts';
import type { Json } from './json.ts';
import { Refusals } from './refusal.ts';
import { parseTemplate } from './template-file.ts';
import { find, type Token } from './template-walk.ts';

const scope: Scope = {
  contexts: {
    env: { NAME: 'value', Empty: '' },
    matrix: null,
    needs: { a: { result: 'success' }, b: { result: 'failure' } },
    list: [1, 'two', true, null],
  },
  status: { success: false, failure: true, cancelled: false },
  hashFiles: (patterns) => patterns.join('+'),
};

describe('evaluate', () => {
  it.each<[string, Json]>([
    ['env.NAME', 'value'],
    ['ENV.name', 'value'],
    ['env.none', null],
    ['matrix.os', null],
    ['list', [1, 'two', true, null]],
    ["join(needs.*.result, ',')", 'success,failure'],
    ["contains(needs.*.result, 'failure')", true],
    ["env.Empty || 'default'", 'default'],
    ["'it''s Bob''s'", "it's Bob's"],
    ["format('{0}''{1}''{{', 1, true)", "1'true'{"],
    ['fromJSON(\'[1,{"a":null}]\')[1]', { a: null }],
    ["toJSON(fromJSON('[1]'))", '[\n  1\n]'],
    ['1 < 2 && !false', true],
    ['success()', false],
    ['failure()', true],
    ['cancelled()', false],
    ['always()', true],
    ["hashFiles('a', 'b')", 'a+b'],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, scope)).toEqual(expected);
  });

  it.each(['unknown.x', 'env.', "fromJSON('{')", 'hashFiles()', "format('{9}', 1)"])(
    'throws for %s',
    (text) => {
      expect(() => evaluate(text, scope)).toThrow();
    },
  );

  it('knows truth', () => {
    expect(['0', "''", 'null', 'false', 'env.none'].map((text) => holds(text, scope))).toEqual(
      Array(5).fill(false),
    );
    expect(['1', "'false'", 'list', 'needs'].map((text) => holds(text, scope))).toEqual(Array(4).fill(true));
  });
});

/** The `env` of a job with the given lines. */
function jobEnv(lines: string): Token {
  const refusals = new Refusals();
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    env:\n${lines}    steps: [{run: x}]\n`;
  const template = parseTemplate('workflow', 'w.yml', text, refusals);
  refusals.check();
  const env = find(template?.root, 'jobs', 'a', 'env');
  if (!env) {
    throw new Error('no env');
  }
  return env;
}

describe('templates', () => {
  it.each([
    ['plain', 'plain'],
    ['3', '3'],
    ['"a\\t${{ 1 }}\\n"', 'a\t1\n'],
    ["'${{ 1 }}''${{ 2 }}'", "1'2"],
    [
      "|\n        it is ${{ 1 }}, {not} '2' nor '3'\n          deeper\n",
      "it is 1, {not} '2' nor '3'\n  deeper\n",
    ],
    ['>-\n        folded ${{ 1 }}\n        line\n', 'folded 1 line'],
    ["|\n        ${{ format('}}{0}', 'x') }}\n", '}}x\n'.replace('}}', '}')],
  ])('%s', (yaml, expected) => {
    expect(evaluateTexts(jobEnv(`      KEY: ${yaml}\n`), scope)).toEqual({ KEY: expected });
  });

  it('keeps the types of a whole', () => {
    const matrix =
      "on: push\njobs:\n  a:\n    runs-on: x\n    strategy: {matrix: {n: [1, true, '${{ 1 }}'], m: ['${{ github.x }}']}}\n    steps: [{run: x}]\n";
    const template = parseTemplate('workflow', 'w.yml', matrix, new Refusals());
    const token = find(template?.root, 'jobs', 'a', 'strategy', 'matrix') as Token;
    const value = evaluateToken(token, {
      ...scope,
      contexts: { ...scope.contexts, github: { x: { deep: 1 } } },
    });
    expect(value).toEqual({ n: [1, true, 1], m: [{ deep: 1 }] });
  });
});

it('splits templates at their expressions', () => {
  expect(splitTemplate("a${{ '}}' }}b${{x}}")).toEqual([
    { text: 'a' },
    { expression: "'}}'" },
    { text: 'b' },
    { expression: 'x' },
    { text: '' },
  ]);
});
