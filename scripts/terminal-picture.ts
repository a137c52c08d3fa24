/**
 * Draws the end of a run of `npm start` as the README's picture.
 *
 *   npm start | tee run.log; node scripts/terminal-picture.ts run.log docs/images/npm-start.svg
 */
import { readFile, writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';

const [log, picture] = process.argv.slice(2);
if (!log || !picture) {
  throw new Error('Usage: node scripts/terminal-picture.ts <log of npm start> <picture.svg>');
}
const CHARACTER = 8.43;
const LINE = 20;
const MARGIN = 22;

const all = stripVTControlCharacters(await readFile(log, 'utf8')).split('\n');
const first = all.findIndex((line) => /^Job\s+Step\s+Result\s+Seconds/.test(line));
const last = all.findIndex((line) => /^golden-image: \w+ in /.test(line));
if (first < 0 || last < first) {
  throw new Error(`${log} does not hold the final tables of a run`);
}
const lines = ['$ npm start', '…', '', ...all.slice(first, last + 1)].map((line) =>
  // Where the reader's clone lies is not ours to say.
  line.replace(/(Image folder\s+)\/.*(\/out\/)/, '$1….$2').replace('….', '…'),
);
const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * CHARACTER + 2 * MARGIN);
const height = lines.length * LINE + 2 * MARGIN;
const escapeXml = (text: string): string => text.replace(/[<>&]/g, (one) => `&#${one.charCodeAt(0)};`);
const body = lines.map((line, index) => {
  const kind = /^[─]/.test(line) ? ' class="rule"' : /approved|: success/.test(line) ? ' class="good"' : '';
  return `<text x="${MARGIN}" y="${MARGIN + 14 + index * LINE}"${kind} xml:space="preserve">${escapeXml(line)}</text>`;
});
await writeFile(
  picture,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The end of npm start: a table of steps, and what came of them">
<style>
rect { fill: #0f141b; } text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #d5dbe3; }
.rule { fill: #4a5563; } .good { fill: #5fd39a; }
</style>
<rect width="${width}" height="${height}" rx="8"/>
${body.join('\n')}
</svg>
`,
);
