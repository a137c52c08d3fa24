import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { type Fix, joinFixes, parseMark, splitFixScript } from './script.ts';

const GENERATED = `#!/usr/bin/env bash
###
# BEGIN fix (1 / 2) for 'xccdf_org.ssgproject.content_rule_one'
###
(>&2 echo "Remediating rule 1/2: 'xccdf_org.ssgproject.content_rule_one'")
(>&2 echo "FIX FOR THIS RULE 'xccdf_org.ssgproject.content_rule_one' IS MISSING!")

###
# BEGIN fix (2 / 2) for 'xccdf_org.ssgproject.content_rule_two'
###
(>&2 echo "Remediating rule 2/2: 'xccdf_org.ssgproject.content_rule_two'"); (
echo two
) # END fix for 'xccdf_org.ssgproject.content_rule_two'
`;

/** Runs fixes as one script; `input` is all that it can read. */
function bash(fixes: readonly string[], input: string, stepwise: boolean): readonly string[] {
  const list = fixes.map((script, index): Fix => ({ rule: `r${index}`, script, origin: 'content' }));
  const { stderr } = spawnSync('bash', ['-c', joinFixes(list, { stepwise })], { input, encoding: 'utf8' });
  return stderr
    .split('\n')
    .map(parseMark)
    .flatMap((mark) => (mark?.kind === 'end' ? [`${mark.rule} ${mark.status}`] : []));
}

describe('fix scripts', () => {
  it('are split by rule, leaving out rules without a fix', () => {
    expect([...splitFixScript(GENERATED)]).toEqual([['two', 'echo two']]);
  });

  it('mark where each fix begins and how it ended', () => {
    const script = joinFixes([{ rule: 'one', script: 'exit 3', origin: 'content' }]);
    expect(script).toContain("echo 'golden-image-fix begin one' >&2");
    expect(parseMark('golden-image-fix end one 3')).toEqual({ kind: 'end', rule: 'one', status: 3 });
    expect(parseMark('golden-image-fix end one')).toEqual({ kind: 'end', rule: 'one', status: 0 });
    expect(parseMark('said golden-image-fix end one 3')).toBeUndefined();
  });

  it('neither end nor starve one another: what one reads or exits with is its own', () => {
    expect(
      bash(['read -r x', 'exit 3', 'read -r x; [ "$(umask)" = 0022 ]', 'true'], 'y\ny\n', false),
    ).toEqual(['r0 1', 'r1 3', 'r2 0', 'r3 0']);
  });

  it('wait for a line after each, and stop when none comes', () => {
    expect(bash(['true', 'true', 'true'], '\n', true)).toEqual(['r0 0', 'r1 0']);
    expect(bash(['true', 'true', 'true'], '\n\n\n', true)).toHaveLength(3);
  });
});
