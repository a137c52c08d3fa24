import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec, type Log, type Ports, silentLog, systemClock } from '@golden-image/host';
import { readEvidence, writeDescriptor } from '@golden-image/image-folder';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FvtRequest } from './request.ts';
import { runFvt } from './run-fvt.ts';
import { createFakeGuest, type FakeGuestOptions, recordedFacts } from './testing/fake-guest.ts';

const EXPECTATIONS = path.join(import.meta.dirname, '../../../examples/debian-13/expectations.yml');
const GIB = 2 ** 30;
/** Two or three runs on a machine with much else to do. */
const LONG_MS = 120_000;
let folder: string;
let image: string;
let before: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fvt-test-'));
  image = path.join(folder, 'image');
  before = { ...process.env };
  process.env.RUNNER_TEMP = path.join(folder, 'temp');
  await mkdir(image);
  const disk = path.join(image, 'disk.qcow2');
  await createExec()({ command: 'qemu-img', args: ['create', '-q', '-f', 'qcow2', disk, String(4 * GIB)] });
  await writeDescriptor(image, {
    schemaVersion: 1,
    name: 'debian-13',
    version: '1',
    class: 'stock',
    distribution: 'debian',
    release: '13',
    architecture: 'amd64',
    firmware: ['bios', 'uefi'],
    disk: {
      file: 'disk.qcow2',
      format: 'qcow2',
      size: (await stat(disk)).size,
      virtualSize: 4 * GIB,
      sha256: await sha256(disk),
    },
  });
});
afterEach(async () => {
  process.env = before;
  await rm(folder, { recursive: true, force: true });
});

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

function ports(log: Log = silentLog, signal = new AbortController().signal): Ports {
  return {
    exec: createExec({ signal }),
    clock: systemClock,
    log,
    signal,
    tools: { ensure: async () => {} },
    // No network in tests: the hosts of the profile are not asked.
    fetch: async () => Promise.reject(new Error('no network here')),
  };
}

function request(overrides: Partial<FvtRequest> = {}): FvtRequest {
  return {
    image,
    suites: ['functional'],
    cases: [],
    // The stand-in has no devices to plug and does not restart.
    exclude: ['restart', 'hot-plug', 'own-boot', 'extra'],
    expectations: EXPECTATIONS,
    accelerator: 'tcg',
    firmware: 'auto',
    bus: 'virtio-blk',
    memoryMib: 256,
    cpus: 1,
    sshUser: 'fvt',
    retries: 0,
    timeoutScale: 1,
    ...overrides,
  };
}

async function withGuest(options: Partial<FakeGuestOptions> = {}): Promise<void> {
  const { bin, env } = await createFakeGuest(folder, { facts: await recordedFacts(), ...options });
  Object.assign(process.env, env, { PATH: `${bin}:${process.env.PATH}` });
}

describe('run-fvt', () => {
  it('runs every case, writes reports and the statement, and leaves the disk as it was', async () => {
    await withGuest({ console: '::error::x' });
    const outcome = await runFvt(ports(), request());
    const byOutcome = Object.groupBy(outcome.result.cases, (item) => item.outcome);
    expect(outcome.failure).toBeUndefined();
    expect(byOutcome.pass).toHaveLength(20);
    expect(byOutcome.skip?.map((item) => item.id)).toEqual([
      'linux_check_valid_rhel_license',
      'linux_check_valid_software_update',
    ]);
    expect(byOutcome['not-run']?.filter((item) => !item.tags.includes('extra'))).toHaveLength(5);
    const [evidence] = await readEvidence(image);
    const digest = { sha256: await sha256(path.join(image, 'disk.qcow2')) };
    expect(evidence).toMatchObject({ name: '40-fvt' });
    expect(evidence?.statement.subject).toEqual([{ name: 'disk.qcow2', digest }]);
    expect(evidence?.statement.predicate).toMatchObject({
      suite: 'run-fvt',
      result: 'PASSED',
      accelerator: 'tcg',
      firmware: 'bios',
      failedTests: [],
      configuration: [{ name: 'input', digest }, { name: 'expectations' }],
      notRun: expect.arrayContaining(['does_vm_reboot_correctly']),
    });
    const names = await readdir(path.join(image, 'reports'));
    expect(names.sort()).toEqual(['console', 'fvt.facts.json', 'fvt.html', 'fvt.json', 'fvt.junit.xml']);
    const log = await readFile(path.join(outcome.console, 'bios-first.log'), 'utf8');
    expect(log).toContain('fvt-guest login:');
    expect(log).not.toContain('::');
    expect(await readdir(path.join(folder, 'temp'))).toEqual([]);
  });

  it('fails on a guest that does not answer a ping, with a picture of its screen', async () => {
    await withGuest({ mute: true });
    const outcome = await runFvt(ports(), request({ timeoutScale: 0.2 }));
    expect(outcome.failure).toBe('failed: image_responds_to_ping');
    expect(outcome.screenshots).toEqual([path.join(image, 'reports/console/bios-first.png')]);
    const [evidence] = await readEvidence(image);
    expect(evidence?.statement.predicate).toMatchObject({
      result: 'FAILED',
      failedTests: ['image_responds_to_ping'],
    });
  });

  it('never passes when the collector is cut short: every case is in error, the statement says FAILED', async () => {
    await withGuest({ cutShortAfter: 7 });
    const outcome = await runFvt(ports(), request({ cases: ['check_*'], expectations: undefined }));
    expect(outcome.failure).toMatch(/collector was cut short: 7 of \d+ probes answered/);
    expect(new Set(outcome.result.cases.map((item) => item.outcome))).toEqual(new Set(['error', 'not-run']));
    const [evidence] = await readEvidence(image);
    expect(evidence?.statement.predicate).toMatchObject({ result: 'FAILED', passedTests: [] });
  });

  it('boots once more, single-threaded, when the kernel panics under TCG, and says so', async () => {
    await withGuest({ panics: 'once' });
    const { failure, result } = await runFvt(ports(), request());
    expect(failure).toBeUndefined();
    expect(result.accelerator.reason).toContain('so it ran again single-threaded');
  });

  it('fails on a kernel that panics each time', async () => {
    await withGuest({ panics: 'always' });
    const { failure, consoleTail } = await runFvt(ports(), request());
    expect(failure).toMatch(/^The guest did not come up: in the stage "\w+", the kernel panicked$/);
    expect(consoleTail).toContain('Fatal exception in interrupt');
  });

  it('takes a bare disk file and writes beside it', async () => {
    await withGuest();
    const disk = path.join(image, 'disk.qcow2');
    const outcome = await runFvt(
      ports(),
      request({ image: disk, expectations: undefined, firmware: 'uefi' }),
    );
    expect(outcome.statement).toBe(`${disk}.fvt/evidence/40-fvt.json`);
    expect(outcome.result.runs.map((run) => run.firmware)).toEqual(['uefi']);
    expect(outcome.failure).toBeUndefined();
  });

  it(
    'runs every firmware that the image names, or a shard of the cases',
    async () => {
      await withGuest();
      const outcome = await runFvt(ports(), request({ firmware: 'all' }));
      expect(outcome.failure).toBeUndefined();
      expect(outcome.result.runs.map((run) => [run.firmware, run.cases.length])).toEqual([
        ['bios', 22],
        ['uefi', 22],
      ]);
      const { result, failure } = await runFvt(ports(), request({ shard: { index: 2, count: 3 } }));
      expect([failure, result.shard]).toEqual([undefined, '2/3']);
      expect(result.runs[0]?.cases.length).toBeLessThan(10);
      expect(result.cases.filter((item) => item.message === 'in another shard').length).toBeGreaterThan(10);
    },
    LONG_MS,
  );

  it(
    'calls flaky what passes only on another try',
    async () => {
      await withGuest({ mute: 'once' });
      const { result, failure, statement } = await runFvt(
        ports(),
        request({ timeoutScale: 0.2, retries: 1 }),
      );
      expect(failure).toBeUndefined();
      const [ping] = result.cases.filter((item) => item.id === 'image_responds_to_ping');
      expect(ping).toMatchObject({
        outcome: 'flaky',
        message: expect.stringContaining('passed on try 1 again'),
      });
      expect(result.runs[0]?.machines.map((record) => record.name)).toEqual(['first', 'retry-1/first']);
      expect(JSON.parse(await readFile(statement, 'utf8')).predicate).toMatchObject({
        result: 'WARNED',
        warnedTests: ['image_responds_to_ping'],
      });
    },
    LONG_MS,
  );

  it(
    'reports a case in quarantine without failing, until it expires',
    async () => {
      await withGuest({ mute: true });
      const quarantine = path.join(folder, 'quarantine.yml');
      const entry = (expires: string): string =>
        `quarantine:\n- {case: image_responds_to_ping, tracker: "https://tracker.test/1", expires: ${expires}, reason: known}\n`;
      await writeFile(quarantine, entry('2999-01-01'));
      const excused = await runFvt(ports(), request({ timeoutScale: 0.2, quarantine }));
      expect(excused.failure).toBeUndefined();
      const previous = excused.json;
      const [evidence] = await readEvidence(image);
      expect(evidence?.statement.predicate).toMatchObject({
        result: 'WARNED',
        failedTests: [],
        warnedTests: ['image_responds_to_ping'],
      });
      await writeFile(quarantine, entry('2026-01-01'));
      const expired = await runFvt(ports(), request({ timeoutScale: 0.2, quarantine, previous }));
      expect(expired.failure).toBe('failed: image_responds_to_ping');
      expect(expired.result.cases[0]?.message).toContain('its quarantine expired on 2026-01-01');
      expect(expired.result.differences).toEqual([]);
    },
    LONG_MS,
  );

  it('says so when the job is cancelled, and leaves nothing behind', async () => {
    await withGuest();
    const abort = new AbortController();
    const log = { ...silentLog, progress: () => abort.abort(new Error('cancelled')) };
    await expect(runFvt(ports(log, abort.signal), request())).rejects.toThrow();
    expect(await readdir(image)).not.toContain('evidence');
  });
});

function entryOf(name: string): string {
  return `quarantine:\n- {case: ${name}, tracker: "https://tracker.test/1", expires: 2030-01-01, reason: x}`;
}

describe('run-fvt refuses before a boot', () => {
  it('a disk that was changed', async () => {
    const disk = path.join(image, 'disk.qcow2');
    const bytes = await readFile(disk);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(disk, bytes);
    await expect(runFvt(ports(), request())).rejects.toMatchObject({ code: 'disk-changed' });
  });

  it('a disk that reads another file of the host', async () => {
    const disk = path.join(folder, 'evil.qcow2');
    const backing = path.join(image, 'disk.qcow2');
    await createExec()({
      command: 'qemu-img',
      args: ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', backing, disk],
    });
    await expect(runFvt(ports(), request({ image: disk }))).rejects.toMatchObject({
      code: 'disk-refers-outside',
    });
  });

  it('a required case that would not run, a case that does not exist, an image that is not there', async () => {
    await expect(runFvt(ports(), request({ cases: ['check_cloud_init'] }))).rejects.toMatchObject({
      code: 'required-case-missing',
    });
    await expect(runFvt(ports(), request({ cases: ['check_clod'] }))).rejects.toMatchObject({
      code: 'unknown-case',
    });
    await expect(runFvt(ports(), request({ image: '/no/such' }))).rejects.toMatchObject({ code: 'no-image' });
  });

  it.each([
    ['an unknown key', 'quarantine: [{case: check_cloud_init, why: x}]', /why/],
    ['an unknown case', entryOf('check_clod'), /no case is named check_clod/],
    ['no tracker', 'quarantine: [{case: check_cloud_init, expires: 2030-01-01, reason: x}]', /tracker/],
    ['one twice', `${entryOf('check_cloud_init')}\n${entryOf('check_cloud_init').slice(12)}`, /twice/],
    ['no YAML', 'quarantine: [', /is not valid/],
  ])('a quarantine with %s', async (_what, text, says) => {
    const quarantine = path.join(folder, 'quarantine.yml');
    await writeFile(quarantine, text);
    const outcome = runFvt(ports(), request({ quarantine }));
    await expect(outcome).rejects.toMatchObject({
      code: 'invalid-quarantine',
      message: expect.stringMatching(says),
    });
  });

  it('an earlier report that is none', async () => {
    const previous = path.join(folder, 'fvt.json');
    await writeFile(previous, '{"schemaVersion": 2}');
    await expect(runFvt(ports(), request({ previous }))).rejects.toMatchObject({ code: 'invalid-previous' });
  });

  it('BIOS for an architecture that has none, or with Secure Boot', async () => {
    await expect(runFvt(ports(), request({ firmware: 'bios', secureBoot: true }))).rejects.toMatchObject({
      code: 'wrong-firmware',
      message: expect.stringContaining('Secure Boot needs UEFI'),
    });
    const file = path.join(image, 'image.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('amd64', 'arm64'));
    await expect(runFvt(ports(), request({ firmware: 'bios' }))).rejects.toMatchObject({
      code: 'wrong-firmware',
      message: 'Machines of arm64 have no bios',
    });
  });
});
