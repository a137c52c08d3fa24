import type { FactOf, Facts } from '../facts/facts.ts';
import { type Known, known } from '../facts/known.ts';
import { type Contributors, contributorsOf } from '../people/contributors.ts';
import type { Policy } from '../policy/policy-schema.ts';

type Value<K extends 'pull-request' | 'commits' | 'pushers' | 'reviews' | 'files'> = NonNullable<
  FactOf<K>['value']
>;

/** All that is known of one pull request. */
export interface Pull {
  readonly number: number;
  readonly request: Value<'pull-request'>;
  readonly reviews: Value<'reviews'>;
  readonly files: Value<'files'>;
  readonly contributors: Contributors;
}

/** What is missing of a pull request, with what it is called. */
export interface MissingFact {
  readonly kind: string;
  readonly label: string;
  readonly missing: Known<unknown>;
}

const LABELS = {
  'pull-request': 'its state and author',
  commits: 'its commits',
  pushers: 'who pushed to it',
  reviews: 'its reviews',
  files: 'the files that it changes',
} as const;

/** Puts the facts of a pull request together, or names each that is missing. */
export function pullOf(number: number, facts: Facts, policy: Policy): Pull | readonly MissingFact[] {
  const ofPull = <K extends keyof typeof LABELS>(kind: K): Known<Value<K>> =>
    known(facts, kind, (fact) => 'pull' in fact && fact.pull === number) as Known<Value<K>>;
  const request = ofPull('pull-request');
  const commits = ofPull('commits');
  const pushers = ofPull('pushers');
  const reviews = ofPull('reviews');
  const files = ofPull('files');
  const all = { 'pull-request': request, commits, pushers, reviews, files };
  if (request.value && commits.value && pushers.value && reviews.value && files.value) {
    const contributors = contributorsOf(
      { authors: [request.value.author], commits: commits.value, pushes: pushers.value },
      policy.people,
    );
    return { number, request: request.value, reviews: reviews.value, files: files.value, contributors };
  }
  return Object.entries(all)
    .filter(([, entry]) => entry.value === undefined)
    .map(([kind, missing]) => ({ kind, label: LABELS[kind as keyof typeof LABELS], missing }));
}
