import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export interface BundleRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Where bundles lie; GOLDEN_IMAGE_DIST names another place, for trying one that is not committed. */
export function bundlePath(action: string): string {
  return path.join(process.env.GOLDEN_IMAGE_DIST ?? path.join(root, 'dist'), action, 'index.js');
}

/** Runs a shipped bundle as GitHub's runner does: inputs in the environment, outputs and summary through files. */
export async function runBundle(
  action: string,
  inputs: Readonly<Record<string, string | undefined>>,
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    /** A program that starts the action, such as `unshare --net`. */
    readonly within?: readonly string[];
  } = {},
): Promise<BundleRun> {
  const work = await mkdtemp(path.join(tmpdir(), 'bundle-'));
  const output = path.join(work, 'output');
  const summary = path.join(work, 'summary');
  try {
    await writeFile(output, '');
    await writeFile(summary, '');
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? work,
      RUNNER_TEMP: path.join(work, 'temp'),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...options.env,
    };
    for (const [name, value] of Object.entries(inputs)) {
      if (value !== undefined) {
        env[`INPUT_${name.toUpperCase()}`] = value;
      }
    }
    const [command = '', ...args] = [...(options.within ?? []), process.execPath, bundlePath(action)];
    const child = spawn(command, args, { env, cwd: options.cwd ?? work });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return {
      code,
      stdout,
      stderr,
      outputs: parseOutputs(await readFile(output, 'utf8')),
      summary: await readFile(summary, 'utf8'),
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** GITHUB_OUTPUT's here-document form, the one that the toolkit writes. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const form = /^([^\n<]+)<<([^\n]+)\n([\s\S]*?)\n?\2$/gm;
  for (const [, name, , value] of text.matchAll(form)) {
    outputs[name ?? ''] = value ?? '';
  }
  return outputs;
}
