import { describe, expect, it } from '@jest/globals';
import { aRule } from '../../test/outcome.ts';
import type { RuleOutcome } from '../scap/results.ts';
import { assessControls, controlTags } from './assess.ts';

const CIS = 'https://www.cisecurity.org/cis-benchmarks/';
const ANSSI = 'https://cyber.gouv.fr/sites/default/files/document/linux_configuration-en-v2.pdf';
const PCI = 'https://docs-prv.pcisecuritystandards.org/PCI%20DSS/Standard/PCI-DSS-v4_0.pdf';
const HIPAA =
  'https://www.gpo.gov/fdsys/pkg/CFR-2007-title45-vol1/pdf/CFR-2007-title45-vol1-chapA-subchapC.pdf';
const NIST = 'http://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-53r4.pdf';
const rule = (name: string, outcome: RuleOutcome, ...references: (readonly [string, string])[]) => ({
  ...aRule(name, outcome),
  references: references.map(([href, text]) => ({ href, text })),
});

describe('the control families', () => {
  it('are counted from the references, a rule once in each family', () => {
    const rules = [
      rule('a', 'pass', [CIS, '5.1.2'], [CIS, '5.1.3'], [NIST, 'AC-6(1)'], [NIST, 'SC-13']),
      rule('b', 'fail', [CIS, '5.2.1'], [PCI, '10.2.1.7'], [HIPAA, '164.312(a)(2)(i)']),
      rule('c', 'unknown', [CIS, '10.1.1'], [ANSSI, 'R28']),
      rule('d', 'fail', [CIS, '5.9.9']),
      rule('e', 'notapplicable', [CIS, '9.1.1']),
      rule('f', 'pass', ['https://elsewhere', '5.1']),
    ];
    const families = (id: string) =>
      assessControls(rules, new Set(['d', 'a'])).find((framework) => framework.id === id)?.families;
    expect(families('cis')).toEqual([
      { family: '5', title: 'Access control', passed: 1, failed: 1, unknown: 0, waived: 1 },
      { family: '10', title: '', passed: 0, failed: 0, unknown: 1, waived: 0 },
    ]);
    expect(families('anssi')).toEqual([expect.objectContaining({ family: 'R28-R29', unknown: 1 })]);
    expect(families('pci-dss')).toEqual([expect.objectContaining({ family: '10', failed: 1 })]);
    expect(families('hipaa')).toEqual([
      expect.objectContaining({ family: '164.312(a)(2)', title: 'Access control', failed: 1 }),
    ]);
    expect(families('nist-800-53')?.map(({ family }) => family)).toEqual(['AC', 'SC']);
    expect(families('gdpr-32')?.map(({ family, passed }) => [family, passed])).toEqual([
      ['32(1)(a)', 1],
      ['32(1)(b)', 1],
      ['32(4)', 1],
    ]);
  });

  it('are tags for code scanning', () => {
    expect(controlTags(rule('a', 'fail', [CIS, '5.1.2'], [PCI, '8.3.6']))).toEqual(['cis/5', 'pci-dss/8']);
    expect(controlTags(aRule('a', 'fail'))).toEqual([]);
  });
});
