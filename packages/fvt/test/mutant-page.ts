import type { MutantResult } from './mutant-run.ts';

/** The page `docs/fvt-mutants.md`: each case with the faults that it was seen to find. */
export function mutantPage(
  results: readonly MutantResult[],
  image: { readonly name: string; readonly version: string },
): string {
  const found = results.filter((result) => result.found && result.unrelated.length === 0).length;
  const rows = results.map(
    ({ mutant, found: good, also, unrelated }) =>
      `| \`${mutant.case}\` | ${mutant.fault} | ${good ? 'found' : '**not found**'} | ${also.map((id) => `\`${id}\``).join(', ')} | ${unrelated.length === 0 ? '' : `**${unrelated.map((text) => text.split(' ')[0]).join(', ')}**`} |`,
  );
  return `# Every case can fail

Written by \`npm run mutants -- <image folder>\`: the image ${image.name} ${image.version} is booted, each fault is made in a
fork of the running machine, all cases that can be judged there are run, and compared with the unchanged image.
${found} of ${results.length} faults were found by the case that is meant to find them, and by no unrelated one. A case that
builds on what is broken fails with it: that is in the fourth column.

| case | fault | | fails with it | unrelated |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
