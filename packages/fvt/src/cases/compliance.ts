import { type Case, noProblems } from '../case.ts';
import { branch } from '../observations.ts';

export const compliesWithProfile: Case = {
  id: 'booted_image_complies_with_its_profile',
  title: 'The booted image complies with its security profile as far as it did at rest',
  why: 'A rule that only a file fulfils, and not the running system, protects nothing.',
  suite: 'compliance',
  tags: ['scap', 'security'],
  needs: ['facts', 'compliance'],
  check: (observations, expectations) => {
    const seen = branch(observations, 'compliance', observations.compliance);
    const least = expectations.compliance['minimum-score'] ?? seen.atRest ?? 100;
    const evidence = `${seen.profile}: ${seen.score} % booted, ${seen.atRest === undefined ? 'no scan' : `${seen.atRest} %`} at rest; ${seen.waived} rules waived; open: ${seen.open.join(', ') || 'none'}`;
    return noProblems(
      [
        ...(seen.score < least ? [`${seen.score} % of the rules pass`] : []),
        ...seen.worse.map((rule) => `${rule} passed at rest and does not any more`),
      ],
      `at least ${least} % of the rules, and none worse than at rest`,
      evidence,
      evidence,
    );
  },
};
