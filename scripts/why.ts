/**
 * Says why packages are in an image: `npm run why -- <image folder> [package…]`. Without names, all of them.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

interface Reason {
  readonly name: string;
  readonly version: string;
  readonly why: string;
  readonly chain: readonly string[];
}

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: npm run why -- <image folder> [package…]');
  process.exit(2);
}
const reasons = JSON.parse(await readFile(path.join(folder, 'reports/packages.json'), 'utf8')) as Reason[];
for (const name of names.filter((one) => !reasons.some((reason) => reason.name === one))) {
  console.error(`${name} is not in the image`);
  process.exitCode = 1;
}
for (const { name, version, why, chain } of reasons) {
  if (names.length === 0 || names.includes(name)) {
    console.log(`${name} ${version}: ${why}${chain.length > 2 ? ` (${chain.join(' → ')})` : ''}`);
  }
}
