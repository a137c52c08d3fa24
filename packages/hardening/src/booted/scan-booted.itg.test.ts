/** This machine stands for the booted one: the same script, the real scanner, a private mount namespace. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createStatement, predicateTypes } from '@golden-image/evidence';
import { createExec } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeContent } from '../../test/small-image.ts';
import { readResults } from '../scap/results.ts';
import { checkCompliance } from './compliance.ts';
import type { GuestShell } from './guest-shell.ts';
import { exchange } from './scan-booted.ts';

const TIMEOUT = 120_000;
const DIGEST = 'a'.repeat(64);
let folder = '';
let content = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'booted-'));
  content = makeContent(path.join(folder, 'content.xml'));
  mkdirSync(path.join(folder, 'image/evidence'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const exec = createExec();
const machine: GuestShell = {
  run: ({ script, ...rest }) =>
    exec({ command: 'unshare', args: ['--mount', '--propagation', 'private', 'sh', '-c', script], ...rest }),
};
/** A machine that answers the scan itself. */
const liar = (answer: () => Iterable<Buffer>): GuestShell => ({
  run: async (command) => {
    for (const chunk of answer()) {
      command.onStdout?.(chunk);
      command.signal?.throwIfAborted();
    }
    return { code: 0, stdout: '', stderr: '', seconds: 0 };
  },
});

let run = 0;
function check(shell = machine, more: Partial<Parameters<typeof checkCompliance>[1]> = {}) {
  run += 1;
  const work = path.join(folder, `work-${run}`);
  mkdirSync(work);
  const image = path.join(folder, 'image');
  const request = { image, name: 'small', digest: DIGEST, profile: 'small', content, folder: work, ...more };
  return checkCompliance(shell, request, testPorts());
}

function recordHardening(): void {
  const statement = createStatement({
    subject: { name: 'disk.qcow2', digest: { sha256: DIGEST } },
    predicateType: predicateTypes.testResult,
    predicate: {
      suite: 'harden',
      profile: 'small',
      configuration: [{ name: 'content', digest: { sha256: 'b'.repeat(64) } }],
      passedTests: ['fine', 'banner', 'baseline/no-swap'],
      failedTests: ['stubborn'],
      waivers: [
        {
          rule: 'stubborn',
          scope: '*',
          owner: 'me',
          reason: 'It cannot ever pass here.',
          expires: '2999-01-01',
        },
      ],
    },
  });
  writeFileSync(path.join(folder, 'image/evidence/30-harden.json'), JSON.stringify(statement));
}

describe('a booted image', () => {
  it(
    'is scanned without leaving anything, and merged with the scan at rest',
    async () => {
      recordHardening();
      const result = await check();
      expect(result.booted).toMatchObject({ passed: 1, failed: 1, waived: 1 });
      expect(result.atRest).toMatchObject({ passed: 2, failed: 0, waived: 1 });
      expect(result.merged.differences).toEqual([
        expect.objectContaining({ rule: 'banner', atRest: 'pass', booted: 'fail', merged: 'fail' }),
      ]);
      expect(result.remaining.map(({ rule }) => rule)).toEqual(['banner']);
      expect(result.worse).toEqual(['banner']);
      expect(readdirSync('/run').filter((name) => name.startsWith('golden-image-scan'))).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    'is not worse for what a waiver accepts',
    async () => {
      recordHardening();
      const waivers = path.join(folder, 'waivers.yml');
      writeFileSync(
        waivers,
        'waivers:\n  - { rule: banner, scope: "*", owner: me, reason: It cannot hold when booted., expires: 2999-01-01 }\n',
      );
      const result = await check(machine, { waivers: [waivers] });
      expect([result.worse, result.remaining.map(({ rule }) => rule)]).toEqual([[], ['stubborn']]);
    },
    TIMEOUT,
  );

  it(
    'has no word at rest when the statement is about another disk',
    async () => {
      recordHardening();
      const result = await check(machine, { digest: 'c'.repeat(64) });
      expect(result.atRest).toBeUndefined();
      expect(result.merged.differences).toEqual([]);
      expect(result.remaining.map(({ rule }) => rule)).toEqual(['banner', 'stubborn']);
      await expect(check(machine, { digest: 'c'.repeat(64), profile: undefined })).rejects.toMatchObject({
        code: 'no-profile',
      });
    },
    TIMEOUT,
  );

  it(
    'is refused when the scan fails there, or something else answers',
    async () => {
      await expect(check(machine, { profile: 'other' })).rejects.toMatchObject({ code: 'unknown-profile' });
      const answers: [string, () => Iterable<Buffer>, RegExp][] = [
        ['nothing', () => [], /compressed/],
        ['no gzip', () => [Buffer.from('Last login: today\n')], /compressed/],
        ['half of it', () => [gzipSync('<Benchmark>'.repeat(99)).subarray(0, 40)], /compressed/],
        [
          'no result',
          () => [gzipSync('<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"/>')],
          /no test result/,
        ],
        ['a bomb', () => [gzipSync(Buffer.alloc(300 * 1024 * 1024, 'a'), { level: 1 })], /expand to more/],
        ['a flood', () => Array.from({ length: 70 }, () => Buffer.alloc(1024 * 1024)), /sends more than/],
      ];
      for (const [name, answer, message] of answers) {
        const work = path.join(folder, name);
        mkdirSync(work);
        const source = { file: content, sha256: DIGEST, origin: 'small' };
        const options = { content: source, profile: 'small', tailoring: undefined, folder: work };
        const outcome = await exchange(liar(answer), content, options, testPorts())
          .then(readResults)
          .catch((error: unknown) => error);
        expect([name, outcome]).toEqual([
          name,
          expect.objectContaining({ code: 'unreadable-results', message: expect.stringMatching(message) }),
        ]);
      }
    },
    TIMEOUT,
  );
});
