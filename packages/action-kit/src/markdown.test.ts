import { describe, expect, it } from '@jest/globals';
import { code, escapeMarkdown, link, seconds, table } from './markdown.ts';

describe('markdown', () => {
  it('takes the life out of outside text', () => {
    expect(escapeMarkdown('<img src=x> **b** [l](http://e) @user\n# h')).not.toMatch(
      /<|\n|\*\*b|\]\(|@user|:\/\/|^#/,
    );
    expect(code('a</code><b>|`x`\n')).toBe('<code>a&lt;/code&gt;&lt;b&gt;&#124;`x` </code>');
    expect(code('https://h')).toBe('<code>https:&#47;/h</code>');
    expect(link('a]b', 'https://h/x y(1)')).toBe('[a\\]b](https://h/x%20y%281%29)');
  });

  it('makes tables that cells cannot break', () => {
    expect(table(['a', 'b'], [['1', 'two\nlines']])).toBe('| a | b |\n| --- | --- |\n| 1 | two lines |');
  });

  it.each([
    [4.21, '4.2 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 0 s'],
    [119.7, '2 min 0 s'],
    [200, '3 min 20 s'],
  ])('writes %d seconds as %s', (value, shown) => {
    expect(seconds(value)).toBe(shown);
  });
});
