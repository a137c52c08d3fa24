import { type Facts, factsOf } from '../facts/facts.ts';

/** What a release is, in short strings for a table; an empty one says that it is not known. */
export interface ReleaseTable {
  /** `debian-13 20261124`. */
  readonly imageName: string;
  /** `sha256:…` of the disk as it is. */
  readonly digest: string;
  /** `97.3 %`. */
  readonly score: string;
  /** `21 passed, 0 failed, 1 skipped, 6 not run`. */
  readonly cases: string;
  /** `openpgp, sigstore (key)`; a method that does not hold says so. */
  readonly signatures: string;
}

/** Reads the table from facts; what is not signed is not shown as a result. */
export function releaseTable(facts: Facts): ReleaseTable {
  const image = factsOf(facts, 'image')[0]?.value;
  const sha256 = factsOf(facts, 'disk')[0]?.value?.sha256;
  const newest = (suite: string) =>
    factsOf(facts, 'statement')
      .filter((fact) => fact.status === 'pass' && fact.value?.suite === suite)
      .sort((a, b) => ((a.value?.finishedOn ?? '') < (b.value?.finishedOn ?? '') ? 1 : -1))[0]?.value;
  const score = newest('harden')?.score;
  const cases = newest('run-fvt')?.cases;
  const counts = cases && [
    `${cases.passed} passed`,
    `${cases.failed} failed`,
    ...(cases.warned > 0 ? [`${cases.warned} warned`] : []),
    ...(cases.skipped === undefined ? [] : [`${cases.skipped} skipped`]),
    ...(cases.notRun === undefined ? [] : [`${cases.notRun} not run`]),
  ];
  const signatures = factsOf(facts, 'signature')
    .filter((fact) => fact.status !== 'unknown' || !fact.detail?.startsWith('there is no'))
    .map((fact) => {
      // A key is named by its digest, an identity by itself.
      const kind = fact.by === undefined || fact.by.startsWith('sha256:') ? 'key' : 'keyless';
      const name = fact.value.method === 'sigstore' ? `sigstore (${kind})` : fact.value.method;
      return fact.status === 'pass' ? name : `${name}: ${fact.status === 'fail' ? 'wrong' : 'not checked'}`;
    });
  return {
    imageName: image ? `${image.name} ${image.version}` : '',
    digest: sha256 ? `sha256:${sha256}` : '',
    score: score === undefined ? '' : `${score.toFixed(1)} %`,
    cases: counts?.join(', ') ?? '',
    signatures: signatures.sort().join(', '),
  };
}
