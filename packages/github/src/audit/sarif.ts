import type { AuditFinding } from './finding.ts';

/**
 * SARIF 2.1.0 for GitHub's code scanning. A setting of GitHub's has no line: it points at the policy that it breaks.
 *
 * @param policy path of the policy in the repository
 */
export function auditSarif(findings: readonly AuditFinding[], policy: string): object {
  const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gate-approval audit',
            informationUri: 'https://github.com/golden-image-actions/golden-image-actions',
            rules: rules.map((id) => ({
              id,
              help: { text: findings.find((finding) => finding.rule === id)?.next ?? '' },
            })),
          },
        },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: rules.indexOf(finding.rule),
          level: finding.level,
          message: { text: `${finding.message}. ${finding.next}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: finding.file ?? policy },
                region: { startLine: finding.line ?? 1 },
              },
            },
          ],
          // The same finding of a later run is the same alert, wherever its line has moved.
          partialFingerprints: {
            'goldenImageAudit/v1': [finding.rule, finding.file ?? '', finding.message].join('|'),
          },
        })),
      },
    ],
  };
}
