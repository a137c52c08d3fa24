import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import type { Content } from '../content/content.ts';
import { type Datastream, type DatastreamProfile, readDatastream } from '../content/datastream.ts';
import { findRelease } from '../content/table.ts';
import { profileId, shortName, valueId } from '../scap/names.ts';
import { releaseTailoring } from './releases.ts';
import { type ReleaseTailoring, tailoredProfileId, tailoringXml, type ValueChoice } from './tailoring.ts';
import { invalid, readTailoring } from './user-tailoring.ts';

/** What is to be evaluated. */
export interface ChosenProfile {
  /** Full identifier, of the content or of the tailoring. */
  readonly id: string;
  /** Short names of what was asked for. */
  readonly names: readonly string[];
  readonly tailoring: { readonly file: string; readonly name: string; readonly sha256: string } | undefined;
}

export interface ProfileRequest {
  /** Short names or full identifiers, at least one. */
  readonly profiles: readonly string[];
  /** Path of the user's tailoring file. */
  readonly tailoring?: string | undefined;
  /** Values of the content by short name. */
  readonly variables?: ReadonlyMap<string, string> | undefined;
  /** The profile as the content has it, without the release's tailoring. */
  readonly plain?: boolean;
  /** Given by the user: then the release's own tailoring does not fit. */
  readonly content?: string | undefined;
}

/**
 * The profile to evaluate: the content's own, or one of a tailoring file that is the user's, or is made of the
 * release's choices, the variables, and what further profiles of the list add.
 *
 * @throws UserError `unknown-profile` with those that exist, `unknown-variable`, `invalid-tailoring`
 */
export async function chooseProfile(
  request: ProfileRequest,
  image: { readonly distribution: string; readonly release: string },
  content: Content,
  folder: string,
): Promise<ChosenProfile> {
  const ids = [...new Set(request.profiles.map(profileId))];
  const names = ids.map(shortName);
  const variables = [...(request.variables ?? [])].map(
    ([id, value]): ValueChoice => ({ id, value, reason: 'Set by the variables input.' }),
  );
  const known =
    request.content === undefined ? findRelease(image.distribution, image.release)?.profiles : undefined;
  const isPlain = ids.length === 1 && variables.length === 0;
  // Content of the table is known; other content is read for what it offers.
  const datastream = known && isPlain ? undefined : await readDatastream(content.file);
  if (request.tailoring === undefined) {
    assertKnown(names, datastream?.profiles.map(({ id }) => shortName(id)) ?? known ?? [], content);
  }
  assertVariables(variables, datastream);
  const tailoring = await tailor({ ...request, profiles: ids }, variables, image, datastream);
  if (!tailoring) {
    return { id: ids[0] ?? '', names, tailoring: undefined };
  }
  const file = path.join(folder, 'tailoring.xml');
  await writeFile(file, tailoring.text);
  const sha256 = createHash('sha256').update(tailoring.text).digest('hex');
  return { id: tailoring.profile, names, tailoring: { file, name: tailoring.name, sha256 } };
}

async function tailor(
  request: ProfileRequest,
  variables: readonly ValueChoice[],
  image: { readonly distribution: string; readonly release: string },
  datastream: Datastream | undefined,
): Promise<{ readonly text: string; readonly profile: string; readonly name: string } | undefined> {
  const { profiles, tailoring } = request;
  if (tailoring !== undefined) {
    if (profiles.length > 1) {
      throw invalid(tailoring, 'it stands for one profile, but several are asked for');
    }
    const own = await readTailoring(tailoring, profiles[0] ?? '', variables);
    return { ...own, name: path.basename(tailoring) };
  }
  const shipped =
    request.content === undefined && !request.plain
      ? releaseTailoring(image.distribution, image.release)
      : undefined;
  const others = profiles
    .slice(1)
    .flatMap((id) => datastream?.profiles.find((profile) => profile.id === id) ?? []);
  if (!shipped && others.length === 0 && variables.length === 0) {
    return undefined;
  }
  const first = datastream?.profiles.find(({ id }) => id === profiles[0]);
  const choices = combine(shipped, first, others, variables);
  return {
    text: tailoringXml(profiles, choices),
    profile: tailoredProfileId(profiles),
    name: shipped ? `the project’s for ${image.distribution} ${image.release}` : 'made of the inputs',
  };
}

/** Where two profiles of the list choose differently, the one named first counts; the release's choices come last. */
function combine(
  shipped: ReleaseTailoring | undefined,
  first: DatastreamProfile | undefined,
  others: readonly DatastreamProfile[],
  variables: readonly ValueChoice[],
): ReleaseTailoring {
  const settled = new Set(shipped?.choices.map(({ rule }) => rule));
  const set = new Set([...variables, ...(shipped?.values ?? [])].map(({ id }) => valueId(id)));
  const rules = new Set([...(first?.selects ?? [])].filter(([, on]) => on).map(([id]) => id));
  const values = new Set(first?.values.keys());
  const added: { choices: ReleaseTailoring['choices'][number][]; values: ValueChoice[] } = {
    choices: [],
    values: [],
  };
  for (const other of others) {
    const reason = `Part of ${shortName(other.id)}.`;
    for (const [id, selected] of other.selects) {
      if (selected && !rules.has(id) && !settled.has(shortName(id))) {
        rules.add(id);
        added.choices.push({ rule: id, selected, reason });
      }
    }
    for (const [id, { kind, value }] of other.values) {
      if (!values.has(id) && !set.has(id)) {
        values.add(id);
        added.values.push({ id, kind, value, reason });
      }
    }
  }
  const own = new Set(variables.map(({ id }) => valueId(id)));
  return {
    choices: [...(shipped?.choices ?? []), ...added.choices],
    values: [
      ...(shipped?.values ?? []).filter(({ id }) => !own.has(valueId(id))),
      ...added.values,
      ...variables,
    ],
  };
}

function assertKnown(names: readonly string[], known: readonly string[], content: Content): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UserError(`${content.origin} has no profile ${unknown.join(', ')} for this image`, {
      code: 'unknown-profile',
      fix: known.length > 0 ? `Choose from ${known.join(', ')}.` : 'It has no profiles at all.',
    });
  }
}

function assertVariables(variables: readonly ValueChoice[], datastream: Datastream | undefined): void {
  const unknown = variables.filter(({ id }) => !datastream?.values.has(valueId(id))).map(({ id }) => id);
  if (unknown.length > 0) {
    const known = [...(datastream?.values ?? [])].map(shortName).sort().join(', ');
    throw new UserError(`The content has no variable ${unknown.join(', ')}`, {
      code: 'unknown-variable',
      fix: `It has ${known || 'none'}.`,
    });
  }
}
