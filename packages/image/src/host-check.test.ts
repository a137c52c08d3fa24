import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecRequest } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkHost, securityUpdates, supportEnd } from './host-check.ts';

const TABLE = `version,codename,series,created,release,eol,eol-lts,eol-elts
12,Bookworm,bookworm,2021-08-14,2023-06-10,2026-07-11,2028-06-30,2033-06-30
8,Jessie,jessie,2013-05-04,2015-04-25,2018-06-17,2020-06-30,2025-06-30
`;
const SIMULATION = `Inst base-files [12.4] (12.4+deb12u12 Debian:12.12/oldstable [amd64])
Inst libssl3 [3.0.15-1] (3.0.18-1 Debian-Security:12/oldstable-security [amd64]) []
Inst openssl [3.0.13] (3.0.14 Ubuntu:24.04/noble-updates, Ubuntu:24.04/noble-security [amd64])
Inst new-one (1.0 Debian-Security:12/oldstable-security [amd64])
Conf libssl3 (3.0.18-1 Debian-Security:12/oldstable-security [amd64])
`;
const NOW = new Date('2026-11-25T00:00:00Z');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'host-check-'));
  mkdirSync(path.join(folder, 'lists'));
  writeFileSync(path.join(folder, 'lists/x_InRelease'), '');
  utimesSync(path.join(folder, 'lists/x_InRelease'), NOW, NOW);
  utimesSync(path.join(folder, 'lists'), NOW, NOW);
  writeFileSync(path.join(folder, 'os-release'), 'ID=debian\nVERSION_CODENAME=bookworm\n');
  writeFileSync(path.join(folder, 'debian.csv'), TABLE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const CLOCK = { now: () => NOW, monotonic: () => 0 } as ReturnType<typeof testPorts>['clock'];

const pathsHere = () => ({
  osRelease: path.join(folder, 'os-release'),
  lists: path.join(folder, 'lists'),
  status: path.join(folder, 'status'),
  configuration: path.join(folder, 'apt'),
  distroInfo: folder,
});

function check(allow: boolean, simulation = '', code = 0) {
  const exec = async (_request: ExecRequest) => ({ code, stdout: simulation, stderr: '', seconds: 0 });
  return checkHost(allow, undefined, testPorts({ exec, clock: CLOCK }), pathsHere());
}

describe('checkHost', () => {
  it('asks apt again only when what apt reads has changed', async () => {
    let asked = 0;
    const exec = async (_request: ExecRequest) => {
      asked += 1;
      return { code: 0, stdout: '', stderr: '', seconds: 0 };
    };
    const again = () =>
      checkHost(true, path.join(folder, 'cache'), testPorts({ exec, clock: CLOCK }), pathsHere());
    await again();
    await again();
    expect(asked).toBe(1);
    for (const name of ['status', 'apt/preferences.d/pins', 'lists/y_InRelease', 'lists/partial/z']) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), 'changed');
      await again();
      await again();
    }
    expect(asked).toBe(5);
  });

  it('asks apt again when it failed', async () => {
    const fails = async (_request: ExecRequest) => ({ code: 100, stdout: '', stderr: '', seconds: 0 });
    const works = async (_request: ExecRequest) => ({ code: 0, stdout: '', stderr: '', seconds: 0 });
    const ask = (exec: typeof fails) =>
      checkHost(true, path.join(folder, 'cache'), testPorts({ exec, clock: CLOCK }), pathsHere());
    expect((await ask(fails)).pendingSecurityUpdates).toBeUndefined();
    expect((await ask(works)).pendingSecurityUpdates).toEqual([]);
  });

  it('lets a maintained host without pending updates build', async () => {
    expect(await check(false)).toEqual({
      pendingSecurityUpdates: [],
      endOfLife: '2028-06-30',
      objections: [],
    });
  });

  it('refuses pending security updates by name, and records them where that is allowed', async () => {
    await expect(check(false, SIMULATION)).rejects.toMatchObject({
      code: 'outdated-host',
      message: expect.stringContaining('2 security updates are pending (libssl3, openssl)'),
    });
    expect((await check(true, SIMULATION)).pendingSecurityUpdates).toEqual(['libssl3', 'openssl']);
  });

  it('refuses a distribution past its end of life', async () => {
    writeFileSync(path.join(folder, 'os-release'), 'ID=debian\nVERSION_CODENAME=jessie\n');
    await expect(check(false)).rejects.toMatchObject({ message: expect.stringContaining('2020-06-30') });
  });

  it.each([
    ['no package lists', () => rmSync(path.join(folder, 'lists/x_InRelease')), 'no package lists'],
    [
      'an unknown distribution',
      () => writeFileSync(path.join(folder, 'os-release'), 'ID=other\n'),
      'not known',
    ],
    [
      'lists of last year',
      () => {
        const old = new Date('2025-11-01T00:00:00Z');
        utimesSync(path.join(folder, 'lists/x_InRelease'), old, old);
        utimesSync(path.join(folder, 'lists'), old, old);
      },
      'days old',
    ],
  ])('takes unknown for outdated: %s', async (_what, change, words) => {
    change();
    await expect(check(false)).rejects.toMatchObject({ message: expect.stringContaining(words) });
  });

  it('takes an apt that fails for outdated', async () => {
    await expect(check(false, '', 100)).rejects.toMatchObject({ code: 'outdated-host' });
  });
});

describe('securityUpdates', () => {
  it('takes upgrades from security suites only', () => {
    expect(securityUpdates(SIMULATION)).toEqual(['libssl3', 'openssl']);
  });
});

describe('supportEnd', () => {
  it('counts long-term support, not what is paid for', () => {
    expect(supportEnd(TABLE, 'bookworm')).toBe('2028-06-30');
    expect(supportEnd(TABLE, 'none')).toBeUndefined();
  });
});
