import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { definitionPackages, listPackages } from './package-list.ts';

const here = import.meta.dirname;
const folder = mkdtempSync(path.join(tmpdir(), 'medium-'));
const medium = path.join(folder, 'medium');
const cache = path.join(folder, 'cache');
/** The servers that tests start. */
const servers: ChildProcess[] = [];
afterAll(() => {
  for (const server of servers) {
    server.kill();
  }
  rmSync(folder, { recursive: true, force: true });
});

const assemble = (...args: string[]) =>
  spawnSync(
    process.execPath,
    [path.join(here, 'assemble.ts'), '--output', medium, '--cache', cache, ...args],
    {
      encoding: 'utf8',
    },
  );

/** Packages enough to show the layout; the whole list takes longer. */
writeFileSync(path.join(folder, 'packages.txt'), '# few\ntzdata\n');
writeFileSync(
  path.join(folder, 'image.yml'),
  'name: x\npackages:\n  add:\n    - netbase # comment\n    - "less"\n  other: 1\n',
);
const few = ['--packages', path.join(folder, 'packages.txt'), '--definition', path.join(folder, 'image.yml')];

describe('the example medium', () => {
  it('is laid out like a DVD, signed, and the same every time', () => {
    const first = assemble(...few);
    expect([first.status, first.stderr]).toEqual([0, '']);
    const about = JSON.parse(readFileSync(path.join(medium, 'medium.json'), 'utf8'));
    const sums = readFileSync(path.join(medium, 'SHA256SUMS'), 'utf8');
    const home = mkdtempSync(path.join(tmpdir(), 'gpg-'));
    const ring = path.join(home, 'key.gpg');
    spawnSync('gpg', ['--homedir', home, '--dearmor', '-o', ring, path.join(medium, about.key)]);
    const verified = spawnSync(
      'gpgv',
      [
        '--keyring',
        ring,
        '--status-fd',
        '1',
        path.join(medium, about.signature),
        path.join(medium, about.checksums),
      ],
      { encoding: 'utf8' },
    );
    rmSync(home, { recursive: true });
    expect(verified.stdout).toContain(`VALIDSIG ${about.fingerprint}`);
    expect(spawnSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: medium }).status).toBe(0);

    const tree = path.join(folder, 'tree');
    spawnSync('xorriso', ['-osirrox', 'on', '-indev', path.join(medium, about.iso), '-extract', '/', tree]);
    expect(readFileSync(path.join(tree, '.disk/info'), 'utf8')).toMatch(
      /^Debian GNU\/Linux 13\.\d+\.0 "Trixie" - Unofficial amd64 DVD/,
    );
    const release = readFileSync(path.join(tree, 'dists/trixie/Release'), 'utf8');
    expect(release).toMatch(/^Codename: trixie$/m);
    const check = [...release.matchAll(/^ ([0-9a-f]{64}) +\d+ (\S+)$/gm)].map(
      ([, hex, name]) => `${hex}  ${name}\n`,
    );
    expect(check).toHaveLength(3);
    const listed = { cwd: path.join(tree, 'dists/trixie'), input: check.join('') };
    expect(spawnSync('sha256sum', ['--check', '-'], listed).status).toBe(0);
    const index = readFileSync(path.join(tree, 'dists/trixie/main/binary-amd64/Packages'), 'utf8');
    for (const name of ['libc6', 'dpkg', 'tzdata', 'netbase', 'less']) {
      expect(index).toMatch(new RegExp(`^Package: ${name}$`, 'm'));
    }
    const pool = [...index.matchAll(/^Filename: (\S+)$[\s\S]*?^SHA256: (\S+)$/gm)].map(
      ([, file, hex]) => `${hex}  ${file}\n`,
    );
    expect(pool.length).toBe(about.packages);
    expect(spawnSync('sha256sum', ['--check', '-'], { cwd: tree, input: pool.join('') }).status).toBe(0);

    const second = assemble(...few);
    expect(second.status).toBe(0);
    expect(readFileSync(path.join(medium, 'SHA256SUMS'), 'utf8')).toBe(sums);
  }, 120_000);

  it('leaves no half medium when it is killed, and the next run clears up', async () => {
    rmSync(medium, { recursive: true, force: true });
    const child = spawn(process.execPath, [
      path.join(here, 'assemble.ts'),
      '--output',
      medium,
      '--cache',
      cache,
      ...few,
    ]);
    for await (const chunk of child.stdout) {
      if (String(chunk).includes('Making')) {
        break;
      }
    }
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit');
    }
    expect(existsSync(medium)).toBe(false);
    expect(readdirSync(cache).some((name) => name.startsWith('.work-'))).toBe(true);
    expect(assemble(...few).status).toBe(0);
    expect(readdirSync(cache).sort()).toEqual(['archives', 'lists']);
    expect(readdirSync(folder).filter((name) => name.includes('.partial-'))).toEqual([]);
  }, 120_000);

  it('trusts nothing but the archive keys', () => {
    const home = mkdtempSync(path.join(tmpdir(), 'gpg-'));
    const gpg = (...args: string[]) => spawnSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args]);
    gpg('--passphrase', '', '--quick-generate-key', 'nobody', 'ed25519');
    gpg('--armor', '--output', path.join(folder, 'other.asc'), '--export');
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true });
    const { status, stderr } = assemble(...few, '--keyring', path.join(folder, 'other.asc'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/apt-get failed:[\s\S]*(NO_PUBKEY|not signed)/);
  }, 60_000);

  it('says what is wrong without a stack', () => {
    const { status, stderr } = spawnSync(process.execPath, [path.join(here, 'assemble.ts')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, 'Name the folder to fill: --output DIR\n']);
  });
});

describe('the server', () => {
  it('serves files with ranges, nothing else, and ends with the process it watches', async () => {
    writeFileSync(path.join(folder, 'a.iso'), '0123456789');
    const urlFile = path.join(folder, 'url');
    const watched = spawn('sleep', ['60']);
    const args = ['--folder', folder, '--url-file', urlFile, '--watch-pid', String(watched.pid)];
    const server = spawn(process.execPath, [path.join(here, 'serve.ts'), ...args]);
    servers.push(server);
    while (!existsSync(urlFile)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const url = readFileSync(urlFile, 'utf8').trim();
    const whole = await fetch(`${url}/a.iso`);
    const etag = whole.headers.get('etag') ?? '';
    expect(await whole.text()).toBe('0123456789');
    const part = await fetch(`${url}/a.iso`, { headers: { range: 'bytes=4-', 'if-range': etag } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '456789',
      'bytes 4-9/10',
    ]);
    const changed = await fetch(`${url}/a.iso`, { headers: { range: 'bytes=4-', 'if-range': '"other"' } });
    expect([changed.status, await changed.text()]).toEqual([200, '0123456789']);
    const suffix = await fetch(`${url}/a.iso`, { headers: { range: 'bytes=-3' } });
    expect(await suffix.text()).toBe('789');
    expect((await fetch(`${url}/a.iso`, { headers: { range: 'bytes=10-' } })).status).toBe(416);
    expect((await fetch(`${url}/a.iso`, { method: 'DELETE' })).status).toBe(405);
    for (const name of ['/', '/none', '/.hidden', '/%2e%2e/etc/passwd', '/cache']) {
      expect((await fetch(`${url}${name}`)).status).toBe(404);
    }
    const ended = once(server, 'exit');
    watched.kill();
    expect((await ended)[0]).toBe(0);
  }, 30_000);
});

describe('package lists', () => {
  it.each([
    ['packages:\n  add: [a1, "b2"]\n', ['a1', 'b2']],
    ['packages:\n  add:\n  - a1\n  - b2\nother:\n  - c3\n', ['a1', 'b2']],
    ['packages:\n  remove:\n    - x1\n  add:\n    - a1\n\n    - b2 # c\nz: 1\n', ['a1', 'b2']],
    ['name: x\nadd:\n  - a1\n', []],
  ])('reads %j', (yaml, names) => {
    expect(definitionPackages(yaml)).toEqual(names);
  });

  it('takes no option, pattern or path for a package', () => {
    for (const name of ['-o Dir=/', '?essential', 'a/unstable', './x.deb', 'Upper']) {
      expect(() => listPackages(name)).toThrow('Not a package name');
    }
  });
});
