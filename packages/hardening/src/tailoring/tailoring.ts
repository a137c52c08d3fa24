import { readFile } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { SaxesParser } from 'saxes';
import { profileId, ruleId } from '../scap/names.ts';

/** How contradictory rules of a release's content are settled for cloud images. */
export interface ReleaseTailoring {
  readonly choices: readonly {
    /** Rule's short name. */
    readonly rule: string;
    readonly selected: boolean;
    readonly reason: string;
  }[];
  readonly values: readonly { readonly id: string; readonly value: string; readonly reason: string }[];
}

/** Part of the format; fixed, so that the same tailoring is always the same bytes. */
const TAILORED_ON = '2026-11-24T00:00:00Z';

/** The identifier of the tailored profile. */
export function tailoredProfileId(profile: string): string {
  return `${profileId(profile)}_image`;
}

/** An XCCDF 1.2 tailoring file that extends `profile`; each line explained. */
export function tailoringXml(profile: string, tailoring: ReleaseTailoring): string {
  const choices = tailoring.choices.map(
    ({ rule, selected, reason }) =>
      `    <!-- ${comment(reason)} -->\n    <xccdf:select idref="${ruleId(rule)}" selected="${selected}"/>`,
  );
  const values = tailoring.values.map(
    ({ id, value, reason }) =>
      `    <!-- ${comment(reason)} -->\n    <xccdf:set-value idref="xccdf_org.ssgproject.content_value_${id}">${escapeXml(value)}</xccdf:set-value>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<xccdf:Tailoring xmlns:xccdf="http://checklists.nist.gov/xccdf/1.2" id="xccdf_golden-image_tailoring_default">
  <xccdf:version time="${TAILORED_ON}">1</xccdf:version>
  <xccdf:Profile id="${tailoredProfileId(profile)}" extends="${profileId(profile)}">
    <xccdf:title override="true">${escapeXml(profile)}, for images</xccdf:title>
${[...choices, ...values].join('\n')}
  </xccdf:Profile>
</xccdf:Tailoring>
`;
}

function comment(text: string): string {
  return escapeXml(text).replace(/--+/g, '-');
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

const MAX_BYTES = 1024 * 1024;

/**
 * The profile of a user's tailoring file that stands for `profile`: the one that extends it, or that is it.
 *
 * @throws UserError `invalid-tailoring`
 */
export async function readTailoring(file: string, profile: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw invalid(file, 'it cannot be read', cause);
  });
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw invalid(file, `it is larger than ${MAX_BYTES} bytes`);
  }
  const profiles: { id: string; base: string }[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => {
    throw invalid(file, 'it declares a document type');
  });
  parser.on('error', (error) => {
    throw invalid(file, error.message);
  });
  parser.on('opentag', (tag) => {
    if (tag.local === 'Profile') {
      profiles.push({ id: tag.attributes.id?.value ?? '', base: tag.attributes.extends?.value ?? '' });
    }
  });
  parser.write(text).close();
  const wanted = profileId(profile);
  const found = profiles.find(({ id, base }) => id === wanted || base === wanted);
  if (!found) {
    const known = profiles.map(({ id, base }) => `${id} (extends ${base})`).join(', ') || 'none';
    throw invalid(file, `it has no profile that extends ${wanted}; it has ${known}`);
  }
  return found.id;
}

function invalid(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`The tailoring ${file} cannot be used: ${why}`, {
    code: 'invalid-tailoring',
    fix: 'Pass an XCCDF 1.2 tailoring file whose profile extends the one asked for, or leave the input out.',
    ...(cause === undefined ? {} : { cause }),
  });
}
