import { describe, expect, it } from '@jest/globals';
import { joinFixes, parseMark, splitFixScript } from './script.ts';

const GENERATED = `#!/usr/bin/env bash
###
# BEGIN fix (1 / 2) for 'xccdf_org.ssgproject.content_rule_one'
###
(>&2 echo "Remediating rule 1/2: 'xccdf_org.ssgproject.content_rule_one'"); (
echo one
) # END fix for 'xccdf_org.ssgproject.content_rule_one'

###
# BEGIN fix (2 / 2) for 'xccdf_org.ssgproject.content_rule_two'
###
(>&2 echo "Remediating rule 2/2: 'xccdf_org.ssgproject.content_rule_two'")
(>&2 echo "FIX FOR THIS RULE 'xccdf_org.ssgproject.content_rule_two' IS MISSING!")
`;

describe('fix scripts', () => {
  it('are split by rule, leaving out rules without a fix', () => {
    expect([...splitFixScript(GENERATED)]).toEqual([['one', 'echo one']]);
  });

  it('mark where each fix begins and how it ended', () => {
    const script = joinFixes([{ rule: 'one', script: 'exit 3', origin: 'content' }]);
    expect(script).toContain("echo 'golden-image-fix begin one' >&2");
    expect(parseMark('golden-image-fix end one 3')).toEqual({ kind: 'end', rule: 'one', status: 3 });
    expect(parseMark('golden-image-fix end one')).toEqual({ kind: 'end', rule: 'one', status: 0 });
    expect(parseMark('said golden-image-fix end one 3')).toBeUndefined();
  });
});
