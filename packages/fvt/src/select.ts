import { UserError } from '@golden-image/host';
import type { Case, Suite } from './case.ts';

/** Which cases to run: globs over names, `tag:` or `!tag` over tags. */
export interface Selection {
  readonly suites: readonly Suite[];
  /** `*`, `check_*`, `security` (a tag), `!internet` (not with this tag); empty: all. */
  readonly cases: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * The cases chosen, in their order.
 *
 * @throws UserError `unknown-case` for an entry that names nothing: a typing error must not run less than meant
 */
export function selectCases(all: readonly Case[], selection: Selection): readonly Case[] {
  const tags = new Set(all.flatMap((item) => item.tags));
  const known = (entry: string): boolean =>
    entry.startsWith('!')
      ? tags.has(entry.slice(1))
      : tags.has(entry) || all.some((item) => globMatches(entry, item.id));
  const unknown = [...selection.cases, ...selection.exclude].filter((entry) => !known(entry));
  if (unknown.length > 0) {
    throw new UserError(`No case or tag is named ${unknown.join(', ')}`, {
      code: 'unknown-case',
      fix: 'See the cases in actions/run-fvt/README.md; `*` stands for any characters.',
    });
  }
  const wanted = selection.cases.filter((entry) => !entry.startsWith('!'));
  const without = [
    ...selection.exclude,
    ...selection.cases.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1)),
  ];
  const matches = (item: Case, entry: string): boolean =>
    item.tags.includes(entry) || globMatches(entry, item.id);
  return all.filter(
    (item) =>
      selection.suites.includes(item.suite) &&
      (wanted.length === 0 || wanted.some((entry) => matches(item, entry))) &&
      !without.some((entry) => matches(item, entry.replace(/^!/, ''))),
  );
}

/** `*` stands for any characters, all else for itself. */
export function globMatches(glob: string, name: string): boolean {
  const pattern = glob
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(name);
}

/** One of several parts of the cases, all of which together are the whole. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/**
 * The second of four from `2/4`; undefined from undefined.
 *
 * @throws UserError `invalid-shard`
 */
export function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) {
    return undefined;
  }
  const [, index, count] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text) ?? [];
  if (index === undefined || Number(index) > Number(count)) {
    throw new UserError(`There is no shard ${text}`, {
      code: 'invalid-shard',
      fix: 'Give the number of the shard and how many there are: 1/4 to 4/4.',
    });
  }
  return { index: Number(index), count: Number(count) };
}

/**
 * The cases of one shard. Those that need a machine of their own are dealt out first, one a shard in turn, so that
 * the shards take about as long; the others follow.
 */
export function shardCases(selected: readonly Case[], { index, count }: Shard): readonly Case[] {
  const costly = selected.filter((item) => item.needs.some((need) => need !== 'facts'));
  const cheap = selected.filter((item) => !costly.includes(item));
  const mine = [...costly, ...cheap].filter((_item, position) => position % count === index - 1);
  return selected.filter((item) => mine.includes(item));
}
