import { UserError } from '@golden-image/host';
import { asText, isObject, type Json, type JsonObject } from './json.ts';

/** GitHub allows this many jobs of one matrix. */
const LIMIT = 256;

/**
 * The combinations of a matrix: the product of its lists, without what `exclude` matches, with what `include` adds.
 * An include is added to every combination whose own values it does not overwrite; one that fits nowhere is a
 * combination of its own.
 *
 * @throws UserError `matrix-invalid`
 */
export function expandMatrix(matrix: Json): JsonObject[] {
  if (!isObject(matrix)) {
    throw invalid('is not a mapping');
  }
  const { include = [], exclude = [], ...axes } = matrix;
  const original = product(axes).filter(
    (combination) => !objects(exclude, 'exclude').some((pattern) => matches(combination, pattern)),
  );
  const combinations = original.map((combination) => ({ ...combination }) as Record<string, Json>);
  const added: JsonObject[] = [];
  for (const extra of objects(include, 'include')) {
    let fits = false;
    original.forEach((combination, index) => {
      const overwrites = Object.entries(extra).some(
        ([key, value]) => key in combination && !same(combination[key] ?? null, value),
      );
      if (!overwrites) {
        fits = true;
        combinations[index] = { ...combinations[index], ...extra };
      }
    });
    if (!fits) {
      added.push(extra);
    }
  }
  const all = [...combinations, ...added];
  if (all.length === 0) {
    throw invalid('has no combination');
  }
  if (all.length > LIMIT) {
    throw invalid(`has ${all.length} combinations; ${LIMIT} are allowed`);
  }
  return all;
}

/** The values of a combination as GitHub shows them after the job's name. */
export function describeCombination(combination: JsonObject): string {
  return Object.values(combination).flatMap(leaves).map(asText).join(', ');
}

function leaves(value: Json): Json[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

function product(axes: JsonObject): JsonObject[] {
  const names = Object.keys(axes);
  if (names.length === 0) {
    return [];
  }
  return names.reduce<JsonObject[]>(
    (combinations, name) => {
      const values = axes[name];
      if (!Array.isArray(values) || values.length === 0) {
        throw invalid(`needs a list with at least one value for ${JSON.stringify(name)}`);
      }
      return combinations.flatMap((combination) =>
        (values as readonly Json[]).map((value) => ({ ...combination, [name]: value })),
      );
    },
    [{}],
  );
}

function objects(value: Json, name: string): JsonObject[] {
  if (!Array.isArray(value) || !value.every((item: Json) => isObject(item))) {
    throw invalid(`needs a list of mappings for ${name}`);
  }
  return value as JsonObject[];
}

/** Whether every key of the pattern is in the combination with the same value. */
function matches(combination: JsonObject, pattern: JsonObject): boolean {
  return Object.entries(pattern).every(
    ([key, value]) => key in combination && same(combination[key] ?? null, value),
  );
}

function same(left: Json, right: Json): boolean {
  if (isObject(left) && isObject(right)) {
    return Object.entries(right).every(([key, value]) => key in left && same(left[key] ?? null, value));
  }
  return typeof left === 'object' || typeof right === 'object'
    ? JSON.stringify(left) === JSON.stringify(right)
    : asText(left) === asText(right);
}

function invalid(what: string): UserError {
  return new UserError(`The matrix ${what}`, {
    code: 'matrix-invalid',
    fix: 'Give lists of values, and include and exclude as lists of mappings.',
  });
}
