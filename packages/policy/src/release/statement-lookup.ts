import { predicateTypes } from '@golden-image/evidence';
import { type FactOf, type Facts, factsOf } from '../facts/facts.ts';

export type KnownStatement = FactOf<'statement'> & {
  readonly value: NonNullable<FactOf<'statement'>['value']>;
};

/** Signed statements of a type that are about this image: test results about the disk as it is, others about any state of the chain. */
export function aboutDisk(facts: Facts, type: string): readonly KnownStatement[] {
  const disks = factsOf(facts, 'disk').flatMap((fact) =>
    fact.status === 'pass' && fact.value ? [fact.value.sha256] : [],
  );
  const chain = factsOf(facts, 'chain').flatMap((fact) =>
    fact.status === 'pass' ? (fact.value?.digests ?? []) : [],
  );
  const wanted = type === predicateTypes.testResult ? disks : [...disks, ...chain];
  return factsOf(facts, 'statement').filter(
    (fact): fact is KnownStatement =>
      fact.status === 'pass' &&
      fact.value?.predicateType === type &&
      fact.value.subjects.some((digest) => wanted.includes(digest)),
  );
}

/** The newest; one without a time counts as the newest of all, and of two at one time the failing one. */
export function newestOf(statements: readonly KnownStatement[]): KnownStatement | undefined {
  const time = (fact: KnownStatement): number =>
    fact.value.finishedOn === undefined ? Number.POSITIVE_INFINITY : Date.parse(fact.value.finishedOn);
  const failing = (fact: KnownStatement): number => (fact.value.result === 'PASSED' ? 0 : 1);
  return [...statements].sort(
    (a, b) => time(b) - time(a) || failing(b) - failing(a) || (a.name < b.name ? -1 : 1),
  )[0];
}
