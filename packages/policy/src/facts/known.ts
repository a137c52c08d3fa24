import type { Finding } from '../decision/decision.ts';
import { finding } from '../decision/finding.ts';
import { type Fact, type FactOf, type Facts, factsOf } from './facts.ts';

type Valued = Extract<Fact, { readonly value?: unknown }>['kind'];
type ValueOf<K extends Valued> = NonNullable<FactOf<K>['value']>;

/** A fact's value, or why there is none. */
export type Known<T> =
  | { readonly value: T; readonly status?: undefined; readonly why?: undefined }
  | {
      readonly value?: undefined;
      readonly status: 'fail' | 'unknown';
      readonly why: string;
      readonly permission: string | undefined;
    };

/** The value of the one fact of this kind (and of this pull request, team or environment) that holds. */
export function known<K extends Valued>(
  facts: Facts,
  kind: K,
  which: (fact: FactOf<K>) => boolean = () => true,
): Known<ValueOf<K>> {
  const fact = factsOf(facts, kind).find(which) as
    | { status: 'pass' | 'fail' | 'unknown'; value?: ValueOf<K>; detail?: string; permission?: string }
    | undefined;
  if (fact?.status === 'pass' && fact.value !== undefined) {
    return { value: fact.value } as Known<ValueOf<K>>;
  }
  const status = fact?.status === 'fail' ? 'fail' : 'unknown';
  const why = fact?.detail ?? (fact ? 'its value is missing' : `no fact about it (${kind})`);
  const { permission } = fact ?? {};
  const named = permission === undefined || why.includes(permission);
  return { status, why: named ? why : `${why}; the permission ${permission} is missing`, permission };
}

/** The finding about something that is not known. */
export function notKnown(rule: string, requirement: string, missing: Known<unknown>): Finding {
  const permission = missing.value === undefined && 'permission' in missing ? missing.permission : undefined;
  return finding(rule, requirement, missing.status ?? 'unknown', {
    found: missing.why ?? 'nothing',
    next: permission
      ? `Grant the gate's token the permission ${permission}.`
      : 'Run the gate again; if it says the same, its log says what could not be read.',
  });
}
