import { describe, expect, it } from '@jest/globals';
import { Console } from './console.ts';
import { Masks } from './masks.ts';
import { StepOutput } from './step-output.ts';

function take(lines: readonly string[], debug = false) {
  let text = '';
  const masks = new Masks();
  const console = new Console(
    (part) => {
      text += part;
    },
    masks,
    false,
  );
  const output = new StepOutput(console, masks, debug);
  for (const line of lines) {
    output.line(line);
  }
  return { text, output };
}

describe('StepOutput', () => {
  it('shows text, groups and annotations', () => {
    const { text, output } = take([
      'a',
      '::group::G',
      'b',
      '::endgroup::',
      '::notice file=f,line=2,title=T::n',
    ]);
    expect(text).toBe('  a\n  ▸ G\n    b\n  notice: T: f:2: n\n');
    expect(output.annotations).toEqual([{ level: 'notice', title: 'T', file: 'f', line: 2, message: 'n' }]);
    expect(output.failed).toBe(false);
  });

  it('masks from then on, and warns about nothing to mask', () => {
    const { text } = take(['word', '::add-mask::word', 'word', '::add-mask:: ']);
    expect(text).toBe('  word\n  ***\n  warning: An empty value cannot be masked\n');
  });

  it('acts on nothing between stop-commands and its token', () => {
    const { text, output } = take([
      '::stop-commands::Tok',
      '::error::x',
      '::other::',
      '::tok::',
      '::error::y',
    ]);
    expect(output.annotations.map(({ message }) => message)).toEqual(['y']);
    expect(text).toContain(':\u200b:error');
  });

  it('fails on a weak token and on commands that GitHub switched off, and ignores others', () => {
    expect(take(['::stop-commands::']).output.failed).toBe(true);
    expect(take(['::set-env name=A::b']).output.failed).toBe(true);
    expect(take(['::echo::on', '::add-matcher::x.json']).output.failed).toBe(false);
  });

  it('shows debug output when asked', () => {
    expect(take(['::debug::d']).text).toBe('');
    expect(take(['::debug::d'], true).text).toBe('  debug: d\n');
  });
});
