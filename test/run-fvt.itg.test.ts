import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeGuest, recordedFacts } from '../packages/fvt/src/testing/fake-guest.ts';
import { bootSector } from '../packages/vm/src/boot-sector.ts';

const root = path.resolve(import.meta.dirname, '..');
const bundle = path.join(process.env.TEST_DIST ?? path.join(root, 'dist'), 'run-fvt/index.js');
const GIB = 2 ** 30;
/** Commands of both styles, as a guest would try them: at a line's start, after a line break, indented. */
const INJECTION =
  '::error::pwned\r\n  ::add-mask::debian\n##[add-path]/tmp/evil\n\u2028::set-env name=PATH::/tmp\n::stop-commands::x\n';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'run-fvt-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Finished {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: string;
}

/** The shipped bundle, as a runner starts it. */
async function action(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const files = {
    GITHUB_OUTPUT: path.join(folder, 'output'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
  };
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
  const inputEnv = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const finished = await promisify(execFile)(process.execPath, [bundle], {
    env: {
      PATH: process.env.PATH,
      RUNNER_TEMP: path.join(folder, 'temp'),
      ...files,
      ...Object.fromEntries(inputEnv),
      ...env,
    },
    timeout: 170_000,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, log: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      log: error.stdout + error.stderr,
    }),
  );
  return {
    ...finished,
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    outputs: await readFile(files.GITHUB_OUTPUT, 'utf8'),
  };
}

/** What the runner would act on: it trims a line before `::`, and finds `##[` anywhere. */
function commands(log: string): readonly string[] {
  return log.split(/\r?\n|\u2028/).filter((line) => /^\s*::/.test(line) || line.includes('##['));
}

async function imageFolder(): Promise<string> {
  const image = path.join(folder, 'image');
  const disk = path.join(image, 'disk.qcow2');
  await mkdir(image);
  await promisify(execFile)('qemu-img', ['create', '-q', '-f', 'qcow2', disk, String(4 * GIB)]);
  const sha256 = createHash('sha256')
    .update(await readFile(disk))
    .digest('hex');
  const descriptor = {
    ...{
      schemaVersion: 1,
      name: 'debian-13',
      version: '1',
      class: 'stock',
      distribution: 'debian',
      release: '13',
    },
    ...{ architecture: 'amd64', firmware: ['bios'] },
    disk: {
      file: 'disk.qcow2',
      format: 'qcow2',
      size: (await stat(disk)).size,
      virtualSize: 4 * GIB,
      sha256,
    },
  };
  await writeFile(path.join(image, 'image.json'), JSON.stringify(descriptor));
  return image;
}

describe('the run-fvt bundle', () => {
  it('gives what a guest prints no effect: console, facts, reports, summary', async () => {
    const image = await imageFolder();
    const facts = await recordedFacts();
    const evil = structuredClone(facts) as {
      guest: Record<string, { rc: number; stdout: string; stderr: string }>;
    };
    for (const result of Object.values(evil.guest)) {
      result.stdout += INJECTION;
      result.stderr += INJECTION;
    }
    const { bin, env } = await createFakeGuest(folder, { facts: evil as typeof facts, console: INJECTION });
    const { code, log, summary } = await action(
      { image, accelerator: 'tcg', cases: '!internet', exclude: 'restart, hot-plug, own-boot, extra' },
      { ...env, PATH: `${bin}:${process.env.PATH}` },
    );
    expect(code).toBe(1);
    expect(log).toContain('pwned');
    const acted = commands(log).filter(
      (line) =>
        !/^::(group|endgroup)::|^::error title=Run functional tests on an image::debian-13: /.test(line),
    );
    expect(acted).toEqual([]);
    expect(log.match(/^::error/gm)).toHaveLength(1);
    expect(summary).toContain('check_systemd_service_units');
    for (const name of [
      'console/bios-first.log',
      'fvt.junit.xml',
      'fvt.html',
      'fvt.json',
      'fvt.facts.json',
    ]) {
      const text = await readFile(path.join(image, 'reports', name), 'utf8');
      expect([name, commands(text)]).toEqual([name, []]);
    }
  });

  it('writes outputs and the summary of a good image', async () => {
    const image = await imageFolder();
    const { bin, env } = await createFakeGuest(folder, { facts: await recordedFacts() });
    const { code, log, outputs, summary } = await action(
      { image, accelerator: 'tcg', cases: '!internet', exclude: 'restart, hot-plug, own-boot, extra' },
      { ...env, PATH: `${bin}:${process.env.PATH}` },
    );
    expect([code, commands(log).filter((line) => line.startsWith('::error'))]).toEqual([0, []]);
    expect(outputs).toMatch(/^passed<<.*\n18\n/m);
    expect(outputs).toContain(path.join(image, 'evidence/40-fvt.json'));
    expect(summary).toContain('**Passed.**');
  });

  it('ends with the stage and the console when a real guest dies during its boot', async () => {
    const disk = path.join(folder, 'dies.img');
    await writeFile(disk, bootSector('::error::from the boot sector\r\n', 'power-off'));
    const { code, log, outputs } = await action({ image: disk, accelerator: 'tcg', memory: '128' });
    expect(code).toBe(1);
    expect(log).toContain('in the stage "kernel", the guest powered off');
    expect(log).toContain('from the boot sector');
    expect(commands(log).filter((line) => line.includes('from the boot'))).toEqual([]);
    expect(outputs).toMatch(/^passed<<.*\n0\n/m);
    expect(await readdir(path.join(folder, 'temp'))).toEqual([]);
  });

  it('names a wrong input and a disk that was changed', async () => {
    const image = await imageFolder();
    expect((await action({ image, firmware: 'openfirmware' })).log).toContain(
      'firmware is "openfirmware", expected one of',
    );
    const descriptor = path.join(image, 'image.json');
    const text = await readFile(descriptor, 'utf8');
    await writeFile(descriptor, text.replace(/"sha256":"./, '"sha256":"0'));
    const { code, log } = await action({ image, accelerator: 'tcg' });
    expect([code, /::error .*has the sha256 [0-9a-f]{64}, image\.json says/.test(log)]).toEqual([1, true]);
  });
});
