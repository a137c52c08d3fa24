import type { MutantResult } from './mutant-run.ts';
import type { Mutant } from './mutants.ts';

/** The page `docs/fvt-mutants.md`: each case with the faults that it must find, and whether it was seen to find them. */
export function mutantPage(
  mutants: readonly Mutant[],
  results: readonly MutantResult[],
  image: { readonly name: string; readonly version: string } | undefined,
): string {
  const good = results.filter((result) => result.found && result.unrelated.length === 0).length;
  const rows = mutants.map((mutant) => {
    const result = results.find((entry) => entry.mutant === mutant);
    const also = result?.also ?? mutant.also ?? [];
    const unrelated = result?.unrelated.map((text) => text.split(' ')[0]).join(', ') ?? '';
    const seen = result === undefined ? 'not run' : result.found ? 'found' : '**not found**';
    return `| \`${mutant.case}\` | ${mutant.fault} | ${seen} | ${also.map((id) => `\`${id}\``).join(', ')} | ${unrelated === '' ? '' : `**${unrelated}**`} |`;
  });
  const summary = image
    ? `Last run on ${image.name} ${image.version}: ${good} of ${results.length} faults were found by the case that is meant to find
them, and by no unrelated one.`
    : 'It has not been run on an image yet.';
  return `# Every case can fail

Written by \`npm run mutants -- <image folder> --page docs/fvt-mutants.md\`: the image is booted, each fault is made in a fork
of the running machine, all cases that can be judged there are run, and compared with the unchanged image. A case that
builds on what is broken fails with it: that is in the fourth column. The same cases are held by unit tests with some
hundred faults in recorded facts (\`packages/fvt/src/cases/*.test.ts\`), which run with every change.

${summary}

| case | fault | | fails with it | unrelated |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
