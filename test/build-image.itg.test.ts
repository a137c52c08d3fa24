import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SmallMedium, smallMedium } from '../packages/image/test/small-medium.ts';
import { bundlePath, runBundle } from './tools/run-bundle.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'build-image-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// Generous: other work may run on the same cores.
const MINUTE = 180_000;
const definition = path.join(folder, 'image.yml');
const output = path.join(folder, 'out/image');
let medium: SmallMedium;

beforeAll(async () => {
  medium = await smallMedium(folder);
  writeFileSync(
    definition,
    'name: small\nversion: "1"\ndistribution: debian\nrelease: "13"\nsecurity-updates: "off"\nformats: [qcow2, raw.zst]\n',
  );
}, 5 * MINUTE);

const inputs = (): Record<string, string> => ({
  definition,
  medium: medium.iso,
  'medium-statement': medium.statement,
  output,
  'cache-dir': path.join(folder, 'cache'),
  'install-tools': 'false',
  // Whatever machine the tests run on.
  'allow-outdated-host': 'true',
});

/** Starts the shipped bundle, as a runner does; resolves when its log shows `stage`. */
async function startUntil(stage: RegExp): Promise<ChildProcess> {
  const variables = Object.entries(inputs()).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const child = spawn(process.execPath, [bundlePath('build-image')], {
    env: { PATH: process.env.PATH, RUNNER_TEMP: folder, ...Object.fromEntries(variables) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    const add = (chunk: Buffer): void => {
      log += chunk;
      if (stage.test(log)) {
        resolve();
      }
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.once('exit', () => reject(new Error(`ended before ${stage}:\n${log.slice(-4000)}`)));
  });
  return child;
}

/** A build that follows makes its disk again, or its root tree too. */
function forget(what: RegExp): void {
  const cache = path.join(folder, 'cache');
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    if (what.test(name)) {
      rmSync(path.join(cache, name), { recursive: true });
    }
  }
}

const DISKS = /^disk-/;
const DISKS_AND_TREES = /^(disk|tree)-/;

/** Kills a build in a stage. On a busy machine it may be over before the signal is sent: then another is begun. */
async function killIn(
  stage: RegExp,
  signal: 'SIGKILL' | 'SIGTERM',
  forgotten: RegExp,
): Promise<{ readonly code: number | null; readonly pid: number | undefined }> {
  for (let attempt = 1; ; attempt += 1) {
    forget(forgotten);
    const child = await startUntil(stage);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const code = child.exitCode ?? (await ended);
    if (code !== 0 || attempt === 3) {
      return { code, pid: child.pid };
    }
    rmSync(output, { recursive: true });
  }
}

/** Processes whose command line or working folder names the test's folder. */
function processesOfTheBuild(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(folder) ? [`${pid} ${line}`] : [];
      } catch {
        return [];
      }
    });
}

async function expectNothingRuns(): Promise<void> {
  for (let attempt = 0; attempt < 50 && processesOfTheBuild().length > 0; attempt += 1) {
    await sleep(100);
  }
  expect(processesOfTheBuild()).toEqual([]);
  expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(folder);
  expect(() => statSync(output)).toThrow();
}

/** Steps of a build as its log names them when they are over, in turn. */
const STEPS = [
  'verify the medium',
  'sources',
  'check the host',
  'choose packages',
  'fetch packages',
  'root tree',
  'disk',
  'qcow2',
  'SBOM',
  'formats',
] as const;

/** What the log shows when a stage has begun: the end of the step before, or what a program says. */
const STAGES: readonly (readonly [string, RegExp, RegExp])[] = [
  ['it starts', /./, DISKS],
  ...STEPS.slice(1, 6).map((step, index) => [step, after(index), DISKS_AND_TREES] as const),
  ['packages are unpacked', /::debug::.*Unpacking /, DISKS_AND_TREES],
  ['packages are set up', /::debug::.*Setting up e2fsprogs/, DISKS_AND_TREES],
  ['disk', after(5), DISKS_AND_TREES],
  // From here on the root tree may be in the cache.
  ...STEPS.slice(7).map((step, index) => [step, after(index + 6), DISKS] as const),
];

function after(step: number): RegExp {
  return new RegExp(`${STEPS[step]}: \\d`);
}

describe('build-image', () => {
  it.each(
    STAGES.flatMap(([when, stage, forgotten]) =>
      (['SIGKILL', 'SIGTERM'] as const).map((signal) => [signal, when, stage, forgotten] as const),
    ),
  )(
    'leaves no mount, no process and no image after %s while %s',
    async (signal, _when, stage, forgotten) => {
      const { code, pid } = await killIn(stage, signal, forgotten);
      expect(code).toBe(signal === 'SIGKILL' ? null : 130);
      await expectNothingRuns();
      if (signal === 'SIGTERM') {
        expect(readdirSync(path.join(folder, 'out')).filter((name) => name.includes(`-${pid}-`))).toEqual([]);
      }
    },
    2 * MINUTE,
  );

  it(
    'then builds, sweeps what killed runs left, and writes outputs and summary',
    async () => {
      forget(DISKS);
      const result = await runBundle('build-image', inputs());
      expect(result.stderr).toBe('');
      expect(result.code).toBe(0);
      // A step that is not in the list would not be killed above.
      const steps = result.stdout.matchAll(/^ *([A-Za-z][\w ]*): \d+\.\d s$/gm);
      expect(new Set([...steps].map(([, name]) => name))).toEqual(
        new Set(STEPS.filter((name) => name !== 'fetch packages' && name !== 'root tree')),
      );
      expect(readdirSync(path.join(folder, 'out'))).toEqual(['image']);
      const kept = readdirSync(path.join(folder, 'cache')).sort();
      expect(kept.map((name) => name.replace(/-[0-9a-f]{32}$/, '-')).join(' ')).toMatch(
        /^answers disk-( tree-)+$/,
      );
      expect(result.outputs).toMatchObject({
        image: output,
        disk: path.join(output, 'disk.qcow2'),
        sbom: path.join(output, 'sbom.spdx.json'),
        statement: path.join(output, 'evidence/20-build.json'),
      });
      expect(result.outputs.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(Number(result.outputs.size)).toBe(statSync(path.join(output, 'disk.qcow2')).size);
      expect(Number(result.outputs['package-count'])).toBeGreaterThan(50);
      expect(result.summary).toContain('## Build image');
    },
    2 * MINUTE,
  );

  it(
    'builds again without a change from the cache, and says so',
    async () => {
      const before = readFileSync(path.join(output, 'image.json'), 'utf8');
      const result = await runBundle('build-image', inputs());
      expect(result.code).toBe(0);
      expect(result.stdout).toContain('disk: from the cache');
      expect(result.summary).toMatch(/\| Disk image \| from the cache \|/);
      expect(readFileSync(path.join(output, 'image.json'), 'utf8')).toBe(before);
    },
    2 * MINUTE,
  );

  it('keeps the image that is there when a later build is refused', async () => {
    writeFileSync(path.join(folder, 'wrong.yml'), 'name: small\nversoin: "1"\n');
    const before = statSync(path.join(output, 'disk.qcow2')).mtimeMs;
    const result = await runBundle('build-image', {
      ...inputs(),
      definition: path.join(folder, 'wrong.yml'),
    });
    expect(result.code).toBe(1);
    const errors = result.stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('wrong.yml:2:1: unknown key "versoin", did you mean "version"?');
    expect(statSync(path.join(output, 'disk.qcow2')).mtimeMs).toBe(before);
  });
});
