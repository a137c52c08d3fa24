import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { withMountedRoot } from '@golden-image/disk';
import { testPorts } from '@golden-image/host/testing';
import { readEvidence, readImageFolder } from '@golden-image/image-folder';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digest, makeContent, makeImage, mountsOf } from '../test/small-image.ts';
import { harden } from './harden.ts';
import type { HardenRequest } from './request.ts';

const TIMEOUT = 120_000;
let folder = '';
let image = '';
let content = '';
let savedTemp: string | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harden-test-'));
  savedTemp = process.env.RUNNER_TEMP;
  process.env.RUNNER_TEMP = path.join(folder, 'temp');
  image = makeImage(folder, { 'etc/ssh/ssh_host_rsa_key': 'secret' });
  content = makeContent(path.join(folder, 'content.xml'));
}, TIMEOUT);

afterEach(async () => {
  if (savedTemp === undefined) {
    delete process.env.RUNNER_TEMP;
  } else {
    process.env.RUNNER_TEMP = savedTemp;
  }
  await rm(folder, { recursive: true, force: true });
});

const run = (more: Partial<HardenRequest> = {}) =>
  harden({ image, profiles: ['small'], mode: 'apply', content, ...more }, testPorts());
const snapshot = (): readonly string[] =>
  readdirSync(image, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => (name.includes('.') ? `${name} ${digest(path.join(image, name))}` : name));

describe('harden', () => {
  it(
    'fixes what fails, scores honestly and writes disk, descriptor, reports and evidence together',
    async () => {
      const before = digest(path.join(image, 'disk.qcow2'));
      const waivers = path.join(folder, 'waivers.yml');
      writeFileSync(
        waivers,
        'waivers:\n  - { rule: stubborn, scope: "*", owner: me, reason: It cannot ever pass here., expires: 2999-01-01 }\n',
      );
      const { outcome, published, refusals } = await run({ waivers: [waivers], minScore: 100 });
      expect(outcome.before.score).toMatchObject({ passed: 1, failed: 1, waived: 1, raw: 33.33 });
      expect(outcome.after.score).toMatchObject({ passed: 2, failed: 0, waived: 1, score: 100, raw: 66.66 });
      expect(refusals).toEqual([]);
      const { descriptor, disk } = await readImageFolder(image);
      expect(descriptor.disk.sha256).toBe(digest(disk));
      expect(descriptor.disk.sha256).not.toBe(before);
      const [evidence] = await readEvidence(image);
      expect(evidence?.statement).toMatchObject({
        subject: [{ name: 'disk.qcow2', digest: { sha256: descriptor.disk.sha256 } }],
        predicate: {
          suite: 'harden',
          result: 'WARNED',
          score: 100,
          configuration: [{ name: 'input', digest: { sha256: before } }, { name: 'content' }],
          fixedTests: expect.arrayContaining(['banner', 'baseline/no-host-keys']),
        },
      });
      expect(readFileSync(published?.html ?? '', 'utf8')).toContain('Rule banner');
      expect(String(gunzipSync(readFileSync(published?.arf ?? '')))).toContain('asset-report-collection');
      expect(JSON.parse(readFileSync(published?.sarif ?? '', 'utf8'))).toMatchObject({
        runs: [{ results: expect.arrayContaining([expect.objectContaining({ ruleId: 'stubborn' })]) }],
      });
      await withMountedRoot(disk, { writable: false }, testPorts(), async (session) => {
        expect(String(await session.readFile('/etc/banner'))).toBe('hardened\n');
        expect(await session.list('/etc/ssh')).toEqual([]);
        expect(await session.list('/etc/never')).toEqual([]);
      });
      // A second time would break the chain of evidence.
      await expect(run()).rejects.toMatchObject({ code: 'out-of-order' });
    },
    TIMEOUT,
  );

  it(
    'audits without changing the disk, and refuses by score, severity and expired waivers',
    async () => {
      const before = digest(path.join(image, 'disk.qcow2'));
      const waivers = path.join(folder, 'waivers.yml');
      writeFileSync(
        waivers,
        'waivers:\n  - { rule: stubborn, scope: small, owner: me, reason: It held for a while only., expires: 2020-01-01 }\n',
      );
      const previous = path.join(folder, 'previous.json');
      const earlier = {
        ...{ schemaVersion: 1, image: { name: 'small', distribution: 'debian', release: '13' } },
        ...{ finishedOn: '2026-01-01T00:00:00.000Z', profile: 'small', score: 100, rawScore: 100 },
        ...{ sha256: before, history: [], rules: [{ rule: 'banner', outcome: 'pass', severity: 'high' }] },
      };
      writeFileSync(previous, JSON.stringify(earlier));
      const { outcome, published, refusals } = await run({
        ...{ mode: 'audit', waivers: [waivers], previous, minScore: 50, failOn: 'high' },
      });
      expect(outcome.comparison?.regressions.map(({ rule }) => rule.rule)).toEqual(['banner']);
      expect(readFileSync(published?.html ?? '', 'utf8')).toContain('1 are worse');
      expect(JSON.parse(readFileSync(published?.json ?? '', 'utf8'))).toMatchObject({
        score: 33.33,
        history: [{ score: 100, sha256: before }],
      });
      expect(outcome.after.score).toMatchObject({ passed: 1, failed: 2, waived: 0 });
      expect(refusals).toEqual([
        expect.stringContaining('33.33 %'),
        expect.stringContaining('expired on 2020-01-01'),
        expect.stringMatching(/banner.*stubborn/),
      ]);
      expect(digest(path.join(image, 'disk.qcow2'))).toBe(before);
      expect((await readEvidence(image))[0]?.statement.predicate.result).toBe('FAILED');
    },
    TIMEOUT,
  );

  it(
    'plans without writing anything',
    async () => {
      makeContent(
        content,
        undefined,
        'echo more >> /etc/banner; chmod 600 /etc/banner /etc/os-release; ln -s x /etc/hosts.link',
      );
      const before = snapshot();
      const { outcome, published } = await run({ mode: 'plan' });
      const of = (rule: string) => outcome.planned.find((fix) => fix.rule === rule);
      expect(of('banner')?.files).toEqual([
        {
          path: '/etc/banner',
          change: 'added',
          access: undefined,
          diff: '--- /dev/null\n+++ b/etc/banner\n@@ -0,0 +1 @@\n+hardened\n',
        },
      ]);
      expect(of('baseline/no-host-keys')?.files).toEqual([
        { path: '/etc/ssh/ssh_host_rsa_key', change: 'removed', access: undefined, diff: undefined },
      ]);
      // A second fix is shown against what the first one left.
      expect(of('stubborn')?.files).toEqual([
        {
          path: '/etc/banner',
          change: 'changed',
          access: '0644 0:0 → 0600 0:0',
          diff: '--- a/etc/banner\n+++ b/etc/banner\n@@ -1 +1,2 @@\n hardened\n+more\n',
        },
        { path: '/etc/hosts.link', change: 'added', access: undefined, diff: undefined },
        { path: '/etc/os-release', change: 'permissions', access: '0644 0:0 → 0600 0:0', diff: undefined },
      ]);
      expect(published).toBeUndefined();
      expect(snapshot()).toEqual(before);
    },
    TIMEOUT,
  );

  it(
    'contains a fix that goes for the host',
    async () => {
      const escaped = path.join(folder, 'escaped');
      const host = () => ({
        swappiness: readFileSync('/proc/sys/vm/swappiness', 'utf8'),
        panic: readFileSync('/proc/sys/kernel/panic', 'utf8'),
        mounts: mountsOf(folder),
        escaped: existsSync(escaped),
      });
      const before = host();
      makeContent(
        content,
        `sysctl -w vm.swappiness=1; echo 1 > /proc/sys/kernel/panic; mount -o remount,rw /; mount -t tmpfs x /tmp; reboot -f
(echo > /dev/tcp/127.0.0.1/22) 2> /dev/null && touch /etc/network-there
echo x > ${escaped}; kill -9 1; echo hardened > /etc/banner`,
      );
      const { outcome } = await run();
      expect(outcome.after.rules.find(({ rule }) => rule === 'banner')?.outcome).toBe('pass');
      expect(host()).toEqual(before);
      await withMountedRoot(
        path.join(image, 'disk.qcow2'),
        { writable: false },
        testPorts(),
        async (session) => {
          expect(await session.list('/etc')).not.toContain('network-there');
        },
      );
    },
    TIMEOUT,
  );

  it.each([
    ['a corrupt datastream', () => writeFileSync(content, '<ds:broken'), {}, 'scan-failed'],
    ['a datastream that is none', () => writeFileSync(content, '<a/>'), {}, 'unknown-profile'],
    ['a profile that is not there', () => {}, { profiles: ['other'] }, 'unknown-profile'],
    [
      'content with another digest',
      () => {},
      { content: `CONTENT#sha256=${'0'.repeat(64)}` },
      'content-mismatch',
    ],
    [
      'a disk that is not the one of image.json',
      () =>
        execFileSync('sh', [
          '-c',
          'printf x | dd of="$0" bs=1 seek=99 conv=notrunc status=none',
          path.join(image, 'disk.qcow2'),
        ]),
      {},
      'digest-mismatch',
    ],
    [
      'an image that is full',
      () => makeContent(content, 'cat /dev/zero > /etc/full; echo x > /etc/banner'),
      {},
      'image-full',
    ],
  ])(
    'leaves the folder as it was for %s',
    async (_name, prepare, more: Partial<HardenRequest>, code) => {
      prepare();
      const before = snapshot();
      const request = {
        ...more,
        ...(more.content ? { content: more.content.replace('CONTENT', content) } : {}),
      };
      await expect(run(request)).rejects.toMatchObject({ code });
      expect(snapshot()).toEqual(before);
    },
    TIMEOUT,
  );
});
