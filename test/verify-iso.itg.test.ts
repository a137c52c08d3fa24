/** The shipped bundle of verify-iso, as a runner starts it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type BadServer,
  type Behaviour,
  badServer,
  type Certificate,
  certificate,
  good,
} from '../packages/media/test/bad-server.ts';
import { type GpgHome, gpgHome } from '../packages/media/test/gpg-home.ts';
import { makeIso } from '../packages/media/test/make-iso.ts';

const root = path.resolve(import.meta.dirname, '..');
const bundle = path.join(process.env.TEST_DIST ?? path.join(root, 'dist'), 'verify-iso/index.js');
const NAME = 'medium.iso';
// Several runs in one test, on a machine that may be busy.
jest.setTimeout(120_000);

let home: GpgHome;
let key = '';
let iso: Buffer;
let sha256 = '';
const shared = mkdtempSync(path.join(tmpdir(), 'verify-iso-'));
beforeAll(() => {
  home = gpgHome();
  key = home.newKey('Vendor');
  makeIso(
    path.join(shared, NAME),
    {
      '.disk/info': 'Debian GNU/Linux 13.2.0 "Trixie" - Official amd64 DVD\n::error::from the medium\n',
      'dists/::error::dists/Release': 'x',
      payload: 'x'.repeat(4_000_000),
    },
    { volumeId: '::set-output name=x::y' },
  );
  iso = readFileSync(path.join(shared, NAME));
  sha256 = createHash('sha256').update(iso).digest('hex');
});
afterAll(() => {
  home.close();
  rmSync(shared, { recursive: true, force: true });
});

let folder = '';
let server: BadServer;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'verify-iso-run-'));
  mkdirSync(path.join(folder, 'tools'));
});
afterEach(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(
  medium: Behaviour = good(iso),
  name = NAME,
  tls?: Certificate,
): Promise<Record<string, string>> {
  const list = Buffer.from(`${sha256}  ${name}\n`);
  server = await badServer(
    {
      [`/${name}`]: medium,
      '/SHA256SUMS': good(list),
      '/SHA256SUMS.sign': good(home.detached(list, key)),
    },
    tls,
  );
  return {
    source: `${server.url}/${name}`,
    'checksum-file': `${server.url}/SHA256SUMS`,
    signature: `${server.url}/SHA256SUMS.sign`,
    keyring: home.keys(key),
    fingerprints: key,
    output: path.join(folder, 'out'),
  };
}

interface Run {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

let runs = 0;
function start(
  inputs: Readonly<Record<string, string>>,
  prefix: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
): [ChildProcess, () => Promise<Run>] {
  runs += 1;
  const files = {
    GITHUB_OUTPUT: path.join(folder, `output-${runs}`),
    GITHUB_STEP_SUMMARY: path.join(folder, `summary-${runs}`),
  };
  for (const file of Object.values(files)) {
    writeFileSync(file, '');
  }
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    RUNNER_TOOL_CACHE: path.join(folder, 'tools'),
    RUNNER_TEMP: path.join(folder, 'temp'),
    ...files,
    ...variables,
  };
  for (const [name, value] of Object.entries(inputs)) {
    env[`INPUT_${name.toUpperCase()}`] = value;
  }
  const [command = '', ...args] = [...prefix, process.execPath, bundle];
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const end = once(child, 'close');
  return [
    child,
    async () => {
      const [code] = (await end) as [number | null];
      const outputs = Object.fromEntries(
        [...readFileSync(files.GITHUB_OUTPUT, 'utf8').matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)].map(
          ([, name = '', , value = '']) => [name, value],
        ),
      );
      return { code, log, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') };
    },
  ];
}

const act = (inputs: Readonly<Record<string, string>>, prefix?: readonly string[]): Promise<Run> =>
  start(inputs, prefix)[1]();
const out = (): string[] =>
  existsSync(path.join(folder, 'out')) ? readdirSync(path.join(folder, 'out')).sort() : [];
const commands = (log: string): string[] =>
  log.split('\n').filter((line) => /^\s*(::|.*##\[)/.test(line) && !line.startsWith('::debug::'));

describe('verify-iso', () => {
  it('verifies, writes every output, the statement and a summary', async () => {
    const { code, log, outputs, summary } = await act(await serve());
    expect([code, commands(log)]).toEqual([0, []]);
    expect(outputs).toEqual({
      path: path.join(folder, 'out', NAME),
      sha256,
      size: String(iso.length),
      'cache-hit': 'false',
      trust: 'signed',
      'signed-by': key,
      'volume-id': '::set-output name=x::y',
      distribution: 'debian',
      version: '13.2.0',
      architecture: 'amd64',
      statement: path.join(folder, 'out/10-media.json'),
    });
    expect(out()).toEqual(['10-media.json', NAME]);
    expect(readFileSync(outputs.path ?? '').equals(iso)).toBe(true);
    expect(summary).toContain(`<code>${key}</code>`);
    expect(JSON.parse(readFileSync(outputs.statement ?? '', 'utf8')).subject[0].digest.sha256).toBe(sha256);
  });

  it('takes it from the tool cache the second time; a job that changes its copy harms nobody unseen', async () => {
    const inputs = await serve();
    await act(inputs);
    const again = await act({ ...inputs, output: path.join(folder, 'second') });
    expect(again.outputs['cache-hit']).toBe('true');
    expect(server.seen.filter(({ path }) => path === `/${NAME}`).length).toBe(1);
    rmSync(path.join(folder, 'second', NAME));
    writeFileSync(path.join(folder, 'out', NAME), 'changed in place');
    const third = await act({ ...inputs, output: path.join(folder, 'third') });
    expect([third.code, third.outputs['cache-hit'], third.outputs.sha256]).toEqual([0, 'false', sha256]);
    expect(third.log).toContain('::warning::The medium in the cache has changed');
  });

  it('lets two jobs share one cache', async () => {
    const inputs = await serve();
    const jobs = ['a', 'b', 'c'].map((name) => act({ ...inputs, output: path.join(folder, name) }));
    for (const { code, outputs } of await Promise.all(jobs)) {
      expect([code, outputs.sha256]).toEqual([0, sha256]);
      expect(readFileSync(outputs.path ?? '').equals(iso)).toBe(true);
    }
    const after = await act(inputs);
    expect(after.outputs['cache-hit']).toBe('true');
    const entries = readdirSync(path.join(folder, 'tools/golden-image-medium', `0.0.0-sha256-${sha256}`));
    expect(entries.sort()).toEqual(['any', 'any.complete']);
  });

  it('fails on one changed byte, names both digests, and leaves nothing in output or cache', async () => {
    const bad = Buffer.from(iso);
    bad[2_000_000] = (bad[2_000_000] ?? 0) ^ 1;
    const { code, log, outputs } = await act(await serve(good(bad)));
    const actual = createHash('sha256').update(bad).digest('hex');
    expect([code, outputs]).toEqual([1, {}]);
    expect(commands(log)).toHaveLength(1);
    expect(commands(log)[0]).toMatch(new RegExp(`^::error .*${actual}.*${sha256}`));
    expect([out(), readdirSync(path.join(folder, 'tools'))]).toEqual([[], []]);
  });

  it('fails on a signature of another key and downloads nothing', async () => {
    const inputs = await serve();
    const stranger = home.newKey('::error::stranger');
    const { code, log } = await act({ ...inputs, fingerprints: stranger, keyring: home.keys(stranger, key) });
    expect(code).toBe(1);
    expect(log).toContain(`The signature was made by ${key} (Vendor), not by a pinned key`);
    expect(server.seen.some((seen) => seen.path === `/${NAME}`)).toBe(false);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'leaves nothing half-done when %s ends it in the middle of a download',
    async (signal) => {
      let arrived: () => void = () => {};
      const half = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      const inputs = await serve((request, response, n) => {
        if (n > 0) {
          good(iso)(request, response, n);
          return;
        }
        response.writeHead(200, { 'content-length': iso.length });
        response.write(iso.subarray(0, 3_000_000), () => setTimeout(arrived, 300));
      });
      const [child, end] = start(inputs);
      await half;
      expect(out().some((name) => name.includes('.partial-'))).toBe(true);
      child.kill(signal);
      const { code } = await end();
      expect(code).toBe(signal === 'SIGTERM' ? 130 : null);
      // What SIGKILL leaves has no name that anybody would take for the medium, and the next run removes it.
      expect(out().filter((name) => !name.startsWith('.'))).toEqual([]);
      expect(out().length).toBe(signal === 'SIGTERM' ? 0 : 1);
      expect((await act(inputs)).code).toBe(0);
      expect(out()).toEqual(['10-media.json', NAME]);
    },
  );

  it('speaks https, and refuses a redirect from there to http', async () => {
    const tls = certificate();
    writeFileSync(path.join(folder, 'ca.pem'), tls.cert);
    const trusting = { NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') };
    const inputs = await serve(good(iso), NAME, tls);
    expect((await act({ ...inputs, retries: '0' })).log).toContain('self-signed certificate');
    expect((await start(inputs, [], trusting)[1]()).code).toBe(0);
    const plain = await badServer({ [`/${NAME}`]: good(iso) });
    await server.close();
    const moved: Behaviour = (_request, response) =>
      response.writeHead(302, { location: `${plain.url}/${NAME}` }).end();
    const redirected = await serve(moved, NAME, tls);
    const { code, log } = await start(
      { ...redirected, output: path.join(folder, 'b'), cache: 'false' },
      [],
      trusting,
    )[1]();
    await plain.close();
    expect([code, plain.seen]).toEqual([1, []]);
    expect(commands(log).at(-1)).toMatch(/^::error .*redirects from https to plain http/);
  });

  it('refuses to begin where the disk has too little room for it', async () => {
    const inputs = await serve();
    mkdirSync(path.join(folder, 'out'));
    // 64 MiB stay free: 4 MB more do not fit into 66.
    const script = 'mount -t tmpfs -o size=66m none "$1" && shift && exec "$@"';
    const room = ['unshare', '--mount', 'sh', '-c', script, 'sh', path.join(folder, 'out')];
    const { code, log } = await act(inputs, room);
    expect(code).toBe(1);
    expect(commands(log).at(-1)).toMatch(/^::error .*There is not enough space in .*: 72 MB are needed/);
  });

  it('says that the output folder cannot be written', async () => {
    const inputs = await serve();
    mkdirSync(path.join(folder, 'out'));
    const script = 'mount -t tmpfs -o ro none "$1" && shift && exec "$@"';
    const { code, log } = await act(inputs, [
      'unshare',
      '--mount',
      'sh',
      '-c',
      script,
      'sh',
      path.join(folder, 'out'),
    ]);
    expect(code).toBe(1);
    expect(commands(log).at(-1)).toMatch(/^::error .*cannot be written.*Choose an output folder/);
  });

  it.each([
    ['qcow2', 'disk.qcow2', ['qemu-img', 'create', '-q', '-f', 'qcow2', 'disk.qcow2', '8M']],
    ['vhd', 'disk.vhd', ['qemu-img', 'create', '-q', '-f', 'vpc', '-o', 'subformat=fixed', 'disk.vhd', '8M']],
    ['xz', 'disk.raw.xz', ['xz', '-z', '-k', 'disk.raw']],
    ['zstd', 'disk.raw.zst', ['zstd', '-q', 'disk.raw']],
    ['gzip', 'disk.raw.gz', ['gzip', '-k', 'disk.raw']],
  ] as const)('accepts a disk image as a medium: %s', async (format, name, [command, ...args]) => {
    const raw = Buffer.alloc(1024 * 1024);
    raw.writeUInt16BE(0x55aa, 510);
    writeFileSync(path.join(folder, 'disk.raw'), raw);
    spawnSync(command, args, { cwd: folder });
    const disk = readFileSync(path.join(folder, name));
    const digest = createHash('sha256').update(disk).digest('hex');
    server = await badServer({ [`/${name}`]: good(disk) });
    const { code, outputs } = await act({
      source: `${server.url}/${name}`,
      checksum: `sha256:${digest}`,
      output: path.join(folder, 'out'),
    });
    const at = path.join(folder, 'out', name);
    expect([code, outputs.trust, outputs.path, outputs['volume-id']]).toEqual([0, 'digest', at, '']);
    const { predicate } = JSON.parse(readFileSync(outputs.statement ?? '', 'utf8'));
    expect(predicate.medium).toMatchObject({ format });
  });

  it('names the vendors it knows when it is given another', async () => {
    const { code, log } = await act({ source: 'x', vendor: 'acme' });
    expect(code).toBe(1);
    expect(commands(log)[0]).toContain('vendor is "acme", expected one of `debian`');
  });
});
