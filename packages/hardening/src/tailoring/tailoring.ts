import { profileId, ruleId, shortName, valueId } from '../scap/names.ts';

/** How contradictory rules of a release's content are settled for cloud images. */
export interface ReleaseTailoring {
  readonly choices: readonly RuleChoice[];
  readonly values: readonly ValueChoice[];
}

export interface RuleChoice {
  /** Rule's short name. */
  readonly rule: string;
  readonly selected: boolean;
  readonly reason: string;
}

export interface ValueChoice {
  /** Value's short name: `var_accounts_tmout`. */
  readonly id: string;
  /** A text of its own, or one of the content's named alternatives. */
  readonly kind?: 'text' | 'selector';
  readonly value: string;
  readonly reason: string;
}

/** Part of the format; fixed, so that the same tailoring is always the same bytes. */
const TAILORED_ON = '2026-11-24T00:00:00Z';

/** The identifier of the profile that tailors one profile, or stands for several. */
export function tailoredProfileId(profiles: readonly string[]): string {
  const [first = '', ...others] = profiles.map((profile) => shortName(profileId(profile)));
  return `${profileId(first)}${others.map((other) => `_and_${other.replace(/[^\w.-]/g, '_')}`).join('')}_image`;
}

/**
 * An XCCDF 1.2 tailoring file whose profile extends the first of `profiles`; each line explained. What the others add
 * is among the choices.
 */
export function tailoringXml(profiles: readonly string[], tailoring: ReleaseTailoring): string {
  const [first = ''] = profiles;
  const choices = tailoring.choices.map(
    ({ rule, selected, reason }) =>
      `    <!-- ${comment(reason)} -->\n    <xccdf:select idref="${escapeXml(ruleId(rule))}" selected="${selected}"/>`,
  );
  const values = tailoring.values.map(
    (choice) => `    <!-- ${comment(choice.reason)} -->\n    ${valueElement('xccdf:', choice)}`,
  );
  const title = profiles.map((profile) => shortName(profileId(profile))).join(' and ');
  return `<?xml version="1.0" encoding="UTF-8"?>
<xccdf:Tailoring xmlns:xccdf="http://checklists.nist.gov/xccdf/1.2" id="xccdf_golden-image_tailoring_default">
  <xccdf:version time="${TAILORED_ON}">1</xccdf:version>
  <xccdf:Profile id="${tailoredProfileId(profiles)}" extends="${profileId(first)}">
    <xccdf:title override="true">${escapeXml(title)}, for images</xccdf:title>
${[...choices, ...values].join('\n')}
  </xccdf:Profile>
</xccdf:Tailoring>
`;
}

/** One element that sets a value; `prefix` is the namespace's, with its colon. */
export function valueElement(prefix: string, { id, kind = 'text', value }: ValueChoice): string {
  const idref = escapeXml(valueId(id));
  return kind === 'selector'
    ? `<${prefix}refine-value idref="${idref}" selector="${escapeXml(value)}"/>`
    : `<${prefix}set-value idref="${idref}">${escapeXml(value)}</${prefix}set-value>`;
}

function comment(text: string): string {
  return escapeXml(text).replace(/--+/g, '-');
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
