import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ActionDefinition } from './definition.ts';
import { inputName, inputText } from './parse.ts';

const run = promisify(execFile);

/** Masks every secret input. */
export function maskSecrets(definition: ActionDefinition, mask: (secret: string) => void): void {
  for (const name of secretsOf(definition)) {
    const value = inputText(process.env, name);
    if (value !== '') {
      mask(value);
    }
  }
}

/** Takes the secret inputs out of the environment, so that no program started from here on gets them. */
export function forgetSecrets(definition: ActionDefinition): void {
  for (const name of secretsOf(definition)) {
    delete process.env[inputName(name)];
  }
}

/**
 * Keeps this process, which will hold secrets, and those it starts from leaving a core dump. The limit is one byte, not
 * none: the kernel ignores none when dumps go to a program such as systemd-coredump, but not one (core(5), fs/coredump.c).
 *
 * @returns whether it could be done
 */
export async function forbidCoreDumps(definition: ActionDefinition): Promise<boolean> {
  if (secretsOf(definition).length === 0) {
    return true;
  }
  for (const limit of ['1:1', '0:0']) {
    const args = ['--pid', String(process.pid), `--core=${limit}`];
    if (
      await run('prlimit', args).then(
        () => true,
        () => false,
      )
    ) {
      return true;
    }
  }
  return false;
}

function secretsOf(definition: ActionDefinition): readonly string[] {
  return Object.entries(definition.inputs).flatMap(([name, { secret }]) => (secret ? [name] : []));
}
