import { describe, expect, it } from '@jest/globals';
import { found } from './finding.ts';
import { auditSarif } from './sarif.ts';

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { id: string; help: { text: string } }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

const place = { file: '.github/workflows/ci.yml', line: 7 };
const findings = [
  found('script-injection', 'error', 'a text is pasted', 'Use env.', place),
  found('admin-bypass', 'warning', 'they can', 'Untick it.'),
  found('admin-bypass', 'note', 'others can', 'Look.', { file: 'a.yml' }),
];
const run = () => (auditSarif(findings, 'policy.yml') as Sarif).runs[0];

describe('SARIF of an audit', () => {
  it('has each rule once, which its results point to', () => {
    const rules = run()?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(['admin-bypass', 'script-injection']);
    for (const { ruleId, ruleIndex } of run()?.results ?? []) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it('has level, message with what to do, and a place that code scanning can show', () => {
    const results = run()?.results ?? [];
    expect(results.map(({ level, message }) => `${level}: ${message.text}`)).toEqual([
      'error: a text is pasted. Use env.',
      'warning: they can. Untick it.',
      'note: others can. Look.',
    ]);
    const places = results.map(({ locations: [at] }) => [
      at?.physicalLocation.artifactLocation.uri,
      at?.physicalLocation.region.startLine,
    ]);
    expect(places).toEqual([
      ['.github/workflows/ci.yml', 7],
      ['policy.yml', 1],
      ['a.yml', 1],
    ]);
  });

  it('has fingerprints that tell findings apart, and do not go by the line', () => {
    const prints = (list: typeof findings) =>
      ((auditSarif(list, 'policy.yml') as Sarif).runs[0]?.results ?? []).map(
        ({ partialFingerprints }) => partialFingerprints['goldenImageAudit/v1'],
      );
    expect(new Set(prints(findings)).size).toBe(3);
    expect(prints(findings.map((finding) => ({ ...finding, line: 99 })))).toEqual(prints(findings));
  });
});
