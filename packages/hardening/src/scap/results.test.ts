import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withTemporaryFolder } from '@golden-image/host';
import { describe, expect, it } from '@jest/globals';
import { parseResults, readResults } from './results.ts';

const document = (rules: string, results: string, head = ''): string => `<?xml version="1.0"?>${head}
<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="b"><version>0.1.82</version>${rules}
<TestResult id="t1"><profile idref="p1"/>${results}</TestResult></Benchmark>`;
const RULE = `<Group id="g"><Rule id="xccdf_org.ssgproject.content_rule_one"><title>One &amp; only</title>
<reference href="https://cis">1.2.3</reference><rationale>Because <b xmlns="http://www.w3.org/1999/xhtml">so</b>.</rationale>
<fix system="urn:xccdf:fix:script:sh">x</fix></Rule></Group>`;
const result = (id: string, value: string) =>
  `<rule-result idref="xccdf_org.ssgproject.content_rule_${id}" severity="high"><result>${value}</result></rule-result>`;

describe('parseResults', () => {
  it('joins what the benchmark says with how the scan judged', () => {
    const results = parseResults(document(RULE, result('one', 'fail') + result('two', 'notselected')));
    expect(results).toEqual({
      testResultId: 't1',
      profile: 'p1',
      benchmarkVersion: '0.1.82',
      rules: [
        {
          rule: 'one',
          id: 'xccdf_org.ssgproject.content_rule_one',
          outcome: 'fail',
          severity: 'high',
          title: 'One & only',
          rationale: 'Because so.',
          references: [{ href: 'https://cis', text: '1.2.3' }],
          hasFix: true,
        },
      ],
    });
  });

  it.each([
    [
      'a document type',
      document('', result('one', 'pass'), '<!DOCTYPE x [<!ENTITY a "b">]>'),
      /document type/,
    ],
    [
      'an entity that reads a file',
      document('', result('one', 'pass'), '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
      /document type/,
    ],
    ['an undeclared entity', document(RULE.replace('&amp;', '&boom;'), result('one', 'pass')), /entity/i],
    ['an unknown result', document('', result('one', 'PASS')), /"PASS"/],
    ['an empty result', document('', result('one', '')), /""/],
    [
      'a rule without a name',
      document('', result('one', 'pass').replace(/idref="[^"]*"/, '')),
      /the rule ""/,
    ],
    [
      'results outside of a test',
      document('', result('one', 'pass')).replaceAll('TestResult', 'Group'),
      /no test result/,
    ],
    ['no rules', document('', ''), /no test result/],
    ['a truncated document', document('', result('one', 'pass')).slice(0, -20), /cannot be read/],
    ['no XML', 'Segmentation fault', /cannot be read/],
    [
      'results of another namespace',
      document('', result('one', 'pass')).replace('checklists.nist.gov', 'example.org'),
      /no test result/,
    ],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parseResults(text)).toThrow(message);
  });

  it('takes nothing from elements of other languages', () => {
    const foreign = `<x:Rule xmlns:x="urn:other" id="xccdf_org.ssgproject.content_rule_one"><x:title>Other</x:title></x:Rule>
<x:rule-result xmlns:x="urn:other" idref="other"><x:result>pass</x:result></x:rule-result>`;
    const { rules } = parseResults(document(RULE + foreign, result('one', 'fail') + foreign));
    expect(rules).toMatchObject([{ rule: 'one', title: 'One & only', outcome: 'fail' }]);
  });

  it('takes a fix for one that a shell can run', () => {
    const { rules } = parseResults(document(RULE.replace(':sh"', ':ansible"'), result('one', 'pass')));
    expect(rules[0]?.hasFix).toBe(false);
  });

  it.each([
    ['in one piece', ''],
    ['in many pieces', '<i/>'],
    ['around elements that would be wanted elsewhere', '<title>x</title>'],
  ])('takes the beginning of a long text %s, at once', (_how, between) => {
    const rule = RULE.replace('Because', `Because${` of${between}`.repeat(200_000)}`);
    const { rules } = parseResults(document(rule, result('one', 'pass')));
    expect(rules[0]?.title).toBe('One & only');
    expect(rules[0]?.rationale.slice(0, 10)).toBe('Because of');
    // What was cut off may have been the word after a space.
    const length = rules[0]?.rationale.length ?? 0;
    expect([length > 3_990, length <= 4_000]).toEqual([true, true]);
  });
});

describe('readResults', () => {
  it('refuses a file that is not there or too large, before it is read', async () => {
    await withTemporaryFolder('results', async (folder) => {
      const file = path.join(folder, 'results.xml');
      await expect(readResults(file)).rejects.toMatchObject({ code: 'unreadable-results' });
      await writeFile(file, document(RULE, result('one', 'pass')));
      expect((await readResults(file)).rules).toHaveLength(1);
      await truncate(file, 257 * 2 ** 20);
      await expect(readResults(file)).rejects.toThrow(/more than 268435456/);
    });
  });
});
