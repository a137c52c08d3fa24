import { CASES, type Case } from '@golden-image/fvt';

/** Sections of the README beside inputs and outputs; for `npm run generate`. */
export const sections: Readonly<Record<string, string>> = {
  cases: table(CASES.filter((item) => item.suite === 'functional' && !item.tags.includes('extra'))),
  extra: table(CASES.filter((item) => item.suite === 'functional' && item.tags.includes('extra'))),
  penetration: table(CASES.filter((item) => item.suite === 'penetration')),
  compliance: table(CASES.filter((item) => item.suite === 'compliance')),
};

function table(cases: readonly Case[]): string {
  const rows = cases.map(({ id, title, tags }) => {
    const shown = tags.filter((tag) => tag !== 'extra').map((tag) => `\`${tag}\``);
    return `| \`${id}\` | ${title} | ${shown.join(' ')} |`;
  });
  return ['| case | what it says of an image | tags |', '| --- | --- | --- |', ...rows].join('\n');
}
