/** Fails when the committed dist/ is not what a fresh build of this tree gives. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const fresh = mkdtempSync(path.join(tmpdir(), 'dist-'));

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
}

try {
  execFileSync(process.execPath, [path.join(root, 'scripts/build.ts'), '--out', fresh, '--force'], {
    stdio: 'inherit',
  });
  const committed = path.join(root, 'dist');
  const names = [...new Set([...files(fresh), ...files(committed)])].sort();
  const different = names.filter((name) => {
    try {
      return !readFileSync(path.join(fresh, name)).equals(readFileSync(path.join(committed, name)));
    } catch {
      return true;
    }
  });
  if (different.length > 0) {
    console.error(
      `dist/ is not a fresh build: ${different.join(', ')}\nRun \`npm run build\` and commit dist/.`,
    );
    process.exitCode = 1;
  } else {
    console.log(`dist/ equals a fresh build (${names.length} files).`);
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
