import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ToolError } from './errors.ts';
import { createExec } from './node-exec.ts';

const exec = createExec();
const sh = (script: string) => ({ command: 'sh', args: ['-c', script] });

async function failureOf(promise: Promise<unknown>): Promise<ToolError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ToolError);
  return error as ToolError;
}

describe('exec', () => {
  it('returns status, both streams and the time', async () => {
    const result = await exec({ ...sh('echo out; echo err >&2; exit 3'), okCodes: [0, 3] });
    expect(result).toMatchObject({ code: 3, stdout: 'out\n', stderr: 'err\n' });
    expect(result.seconds).toBeGreaterThan(0);
  });

  it('passes arguments as they are, never through a shell', async () => {
    const { stdout } = await exec({ command: 'printf', args: ['%s|', '$(id)', '; ls', "'"] });
    expect(stdout).toBe("$(id)|; ls|'|");
  });

  it('feeds text and streams', async () => {
    expect((await exec({ command: 'cat', input: 'abc' })).stdout).toBe('abc');
    expect((await exec({ command: 'cat', input: Readable.from(['a', 'b']) })).stdout).toBe('ab');
  });

  it('does not fail because a program ignores its input', async () => {
    const input = 'x'.repeat(1_000_000);
    expect((await exec({ command: 'true', input })).code).toBe(0);
  });

  it('reports the last line of the error output and keeps the rest as detail', async () => {
    const error = await failureOf(exec(sh('echo first >&2; echo the reason >&2; exit 7')));
    expect(error.message).toBe('sh failed with status 7: the reason');
    expect(error.detail).toBe('first\nthe reason');
    expect(error.exitCode).toBe(7);
  });

  it('says which program is missing', async () => {
    const error = await failureOf(exec({ command: 'no-such-program-here' }));
    expect(error.message).toBe('no-such-program-here is not installed');
    expect(error.fix).toContain('install-tools');
  });

  it('ends the program and its children at the time limit', async () => {
    const started = performance.now();
    const error = await failureOf(exec({ ...sh('sleep 60 & wait'), timeoutMs: 200 }));
    expect(error.message).toContain('did not end within 0.2 s');
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('kills what ignores the polite signal', async () => {
    const error = await failureOf(
      exec({ ...sh('trap "" TERM; while :; do sleep 0.1; done'), timeoutMs: 100 }),
    );
    expect(error.message).toContain('did not end within');
  });

  it('says which signal ended a program', async () => {
    expect((await failureOf(exec(sh('kill -9 $$')))).message).toContain('SIGKILL');
  });

  it("rejects with the abort signal's reason when cancelled", async () => {
    const controller = new AbortController();
    const running = exec({ ...sh('sleep 60'), signal: controller.signal });
    setTimeout(() => controller.abort(new Error('stop now')), 50);
    await expect(running).rejects.toThrow('stop now');
    await expect(exec({ ...sh('true'), signal: controller.signal })).rejects.toThrow('stop now');
  });

  it('hands out complete lines, also the last one without an end', async () => {
    const lines: string[] = [];
    await exec({
      ...sh('printf "a\\nb"; printf "c\\n" >&2'),
      onLine: (line, stream) => lines.push(`${stream} ${line}`),
    });
    expect(lines.sort()).toEqual(['stderr c', 'stdout a', 'stdout b']);
  });

  it('keeps the end of a flood', async () => {
    const { stdout } = await exec({ ...sh('yes | head -c 3000000; echo end'), keepBytes: 1_000 });
    expect(stdout.length).toBe(1_000);
    expect(stdout.endsWith('end\n')).toBe(true);
  });

  it('hands raw output to its taker', async () => {
    let bytes = 0;
    const { stdout } = await exec({
      ...sh('head -c 100000 /dev/zero'),
      onStdout: (chunk) => (bytes += chunk.length),
    });
    expect([bytes, stdout]).toEqual([100_000, '']);
  });
});
