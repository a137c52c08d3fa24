/** The bundle of harden as a subprocess, on a small image. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digest, makeContent, makeImage, mountsOf } from '../packages/hardening/test/small-image.ts';

const bundle = path.resolve(import.meta.dirname, '../dist/harden/index.js');
const TIMEOUT = 120_000;
let folder = '';
let image = '';
let content = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harden-bundle-'));
  image = makeImage(folder);
  content = makeContent(path.join(folder, 'content.xml'));
  mkdirSync(path.join(folder, 'temp'));
}, TIMEOUT);

afterEach(() => rm(folder, { recursive: true, force: true }));

function start(inputs: Readonly<Record<string, string>>) {
  const outputs = path.join(folder, 'outputs');
  const summary = path.join(folder, 'summary.md');
  writeFileSync(outputs, '');
  writeFileSync(summary, '');
  const all = { image, content, profile: 'small', 'install-tools': 'false', ...inputs };
  const child = spawn(process.execPath, [bundle], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      RUNNER_TEMP: path.join(folder, 'temp'),
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(
        Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (data: Buffer) => {
    log += data;
  });
  child.stderr.on('data', (data: Buffer) => {
    log += data;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    ended,
    log: () => log,
    summary: () => readFileSync(summary, 'utf8'),
    output: (name: string) =>
      new RegExp(`^${name}<<(\\S+)\\n([^]*?)\\n\\1$`, 'm').exec(readFileSync(outputs, 'utf8'))?.[2],
  };
}

describe('the harden bundle', () => {
  it(
    'hardens an image and says so',
    async () => {
      const run = start({});
      expect([await run.ended, run.log()]).toEqual([0, expect.any(String)]);
      expect(run.output('score')).toBe('66.66');
      expect(run.output('sha256')).toBe(digest(path.join(image, 'disk.qcow2')));
      expect(run.output('statement')).toBe(path.join(image, 'evidence/30-harden.json'));
      expect(run.summary()).toContain('Hardening: 66.66 %');
    },
    TIMEOUT,
  );

  it(
    'fails below the least score, with the result written',
    async () => {
      const run = start({ 'min-score': '90' });
      expect(await run.ended).toBe(1);
      expect(run.log()).toMatch(/::error title=Harden image::.*66\.66 %/);
      expect(run.output('failed')).toBe('1');
      expect(run.summary()).toContain('stubborn');
    },
    TIMEOUT,
  );

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'leaves image, mounts and loop devices as they were when %s ends it in the middle of a fix',
    async (signal) => {
      makeContent(content, 'echo hardened > /etc/banner; sleep 60');
      const state = () => ({
        names: readdirSync(image, { recursive: true, encoding: 'utf8' }).sort(),
        disk: digest(path.join(image, 'disk.qcow2')),
        descriptor: readFileSync(path.join(image, 'image.json'), 'utf8'),
        mounts: mountsOf(folder),
        loops: execFileSync('losetup', ['--list', '--noheadings', '-O', 'BACK-FILE'])
          .toString()
          .split('\n')
          .filter((line) => line.includes(folder)),
      });
      const before = state();
      const run = start({});
      for (let i = 0; i < 600 && !/Round 1/.test(run.log()); i += 1) {
        await sleep(100);
      }
      await sleep(1_500);
      expect(state().loops).not.toEqual([]);
      run.child.kill(signal);
      await run.ended;
      for (let i = 0; i < 100 && state().loops.length > 0; i += 1) {
        await sleep(50);
      }
      expect(state()).toEqual(before);
    },
    TIMEOUT,
  );
});
