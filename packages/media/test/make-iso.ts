/** ISOs made by the real tools from files given in the test. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface IsoOptions {
  readonly tool?: 'xorriso' | 'genisoimage';
  readonly volumeId?: string;
  /** Of mkisofs, e.g. `-r`, `-J`. */
  readonly options?: readonly string[];
}

/** Makes an ISO at `target`; `files` is path to content. */
export function makeIso(
  target: string,
  files: Readonly<Record<string, string>>,
  options: IsoOptions = {},
): void {
  const { tool = 'xorriso', volumeId = 'TEST', options: extra = ['-r', '-J'] } = options;
  const tree = mkdtempSync(path.join(tmpdir(), 'iso-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
      writeFileSync(path.join(tree, name), content);
    }
    const args = [...(tool === 'xorriso' ? ['-as', 'mkisofs'] : []), '-quiet', '-V', volumeId, ...extra];
    const { status, stderr } = spawnSync(tool, [...args, '-o', target, tree], { encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`${tool}: ${stderr}`);
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
