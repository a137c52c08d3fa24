import { createHash } from 'node:crypto';
import { controlTags } from '../controls/assess.ts';
import { allRules, type HardeningOutcome } from '../outcome.ts';
import type { RuleResult, Severity } from '../scap/results.ts';
import { isOpen } from '../score.ts';

/** GitHub's scale for `security-severity`: 9.0 critical, 7.0 high, 4.0 medium, below low. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.1',
  unknown: '5.5',
};

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
  unknown: 'warning',
};

/**
 * SARIF 2.1.0 of what did not pass, for GitHub's code scanning: waivers are suppressions, fingerprints depend on image
 * and rule only. Results point at image.json: a disk has no source lines.
 */
export function hardeningSarif(outcome: HardeningOutcome): Record<string, unknown> {
  const open = allRules(outcome).filter(({ outcome: o }) => isOpen(o));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'golden-image-actions/harden',
            semanticVersion: '0.1.0',
            informationUri: 'https://complianceascode.readthedocs.io/',
            rules: open.map(describeRule),
          },
        },
        automationDetails: { id: `harden/${outcome.image.name}/${outcome.profile}/` },
        results: open.map((rule, ruleIndex) => result(rule, ruleIndex, outcome)),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
}

function describeRule(rule: RuleResult): Record<string, unknown> {
  const references = rule.references.map(({ text }) => text).filter((text) => text !== '');
  const help = [
    rule.title,
    rule.rationale,
    references.length > 0 ? `References: ${references.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
  return {
    id: rule.rule,
    name: rule.rule,
    shortDescription: { text: rule.title || rule.rule },
    fullDescription: { text: (rule.rationale || rule.title || rule.rule).slice(0, 1000) },
    help: { text: help },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: {
      // GitHub takes at most twenty.
      tags: ['security', 'hardening', ...controlTags(rule)].slice(0, 20),
      precision: 'high',
      'security-severity': SECURITY_SEVERITY[rule.severity],
    },
  };
}

function result(rule: RuleResult, ruleIndex: number, outcome: HardeningOutcome): Record<string, unknown> {
  const waiver = outcome.waivers.get(rule.rule);
  const judged = rule.outcome === 'fail' ? 'does not hold' : `was not judged (${rule.outcome})`;
  const why = (rule.findings ?? []).slice(0, 5).join('; ');
  return {
    ruleId: rule.rule,
    ruleIndex,
    level: LEVEL[rule.severity],
    message: {
      text: `${rule.title || rule.rule}: ${judged} in ${outcome.image.name}${why ? ` (${why})` : ''}`,
    },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'image.json' }, region: { startLine: 1 } } }],
    partialFingerprints: {
      // The one that GitHub tells alerts apart by; it would otherwise be made of the line of image.json.
      primaryLocationLineHash: `${fingerprint(outcome.image.name, rule.rule).slice(0, 16)}:1`,
      'hardeningRule/v1': fingerprint(outcome.image.name, rule.rule),
    },
    ...(waiver
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`,
            },
          ],
        }
      : {}),
  };
}

function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
