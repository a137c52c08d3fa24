/** RPM versions against rpm itself, and updates from a repository that createrepo_c made. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signRpmRepository, writeRpmRepository } from '../../test/rpm-repository.ts';
import { published, sha256 } from '../../test/samples.ts';
import { EMPTY_CATALOG } from '../state/catalog.ts';
import type { Snapshot } from '../store/store.ts';
import { type CheckedVersion, checkUpdates } from './check-updates.ts';
import { parseSources } from './package-source.ts';
import { compareRpmVersions } from './rpm-version.ts';

let work: string;
let root: string;
beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'rpm-freshness-'));
  root = await writeRpmRepository(work);
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe('versions', () => {
  it('compare as rpm compares them', () => {
    const part = fc.stringMatching(/^[0-9a-zA-Z.+_~^]{1,10}$/);
    const known = [
      '1.0',
      '1.0~rc1',
      '1.0^git1',
      '1.0^',
      '1.0~',
      '1.05',
      '1.5',
      '1.0a',
      '1.0.a',
      '10',
      '1_0',
      'a',
      '~',
      '^',
    ];
    const pairs = [
      ...fc.sample(fc.tuple(part, part), 500),
      ...known.flatMap((a) => known.map((b) => [a, b] as [string, string])),
    ];
    const calls = pairs.map(([a, b]) => `print(rpm.vercmp("${a}", "${b}"))`).join('\n');
    const script = path.join(work, 'compare.lua');
    execFileSync('tee', [script], { input: calls, stdio: ['pipe', 'ignore', 'inherit'] });
    const told = execFileSync('rpm', ['--eval', `%{lua:dofile("${script}")}`], { encoding: 'utf8' });
    const expected = told.match(/-?[01]/g)?.map(Number) ?? [];
    expect(expected).toHaveLength(pairs.length);
    expect(pairs.filter(([a, b], index) => Math.sign(compareRpmVersions(a, b)) !== expected[index])).toEqual(
      [],
    );
  });

  it('put the epoch first and the release last', () => {
    expect(compareRpmVersions('1:1.0-1', '2.0-9')).toBeGreaterThan(0);
    expect(compareRpmVersions('0:1.0-1', '1.0-2')).toBeLessThan(0);
    expect(compareRpmVersions('1.0', '1.0-2')).toBe(0);
  });
});

describe('check-updates of an image with RPM packages', () => {
  const packages = { safe: '1.0-1.el9', fixed: '1.0-1.el9', newer: '1.0-1.el9', gone: '5-1.el9' };
  const sbom = (versions: Readonly<Record<string, string>>): string =>
    JSON.stringify({
      packages: Object.entries(versions).map(([name, versionInfo]) => ({
        name,
        versionInfo,
        externalRefs: [
          { referenceType: 'purl', referenceLocator: `pkg:rpm/almalinux/${name}@${versionInfo}?arch=noarch` },
        ],
      })),
    });
  const check = async (
    source: string,
    versions: Readonly<Record<string, string>> = packages,
    ports = testPorts(),
  ) => {
    const text = sbom(versions);
    const catalog = published(EMPTY_CATALOG, 'almalinux-9', '1', '2026-11-01T00:00:00Z', {
      distribution: 'almalinux',
      release: '9',
      attachments: [{ name: 'sbom.spdx.json', size: text.length, sha256: sha256(text) }],
    });
    const snapshot: Snapshot = {
      revision: 'x',
      read: async (file) => (file.endsWith('sbom.spdx.json') ? Buffer.from(text) : undefined),
      digest: async () => undefined,
      matches: async () => false,
      list: async () => [],
    };
    const request = { image: undefined, support: 'standard' as const, maxAge: undefined, medium: undefined };
    const [found] = await checkUpdates(
      catalog,
      snapshot,
      { ...request, sources: parseSources([source]) },
      ports,
    );
    return (found as CheckedVersion).freshness;
  };

  it('finds updates, which of them are for security, and every vulnerability between the versions', async () => {
    expect(await check(`rpm file:${root}`)).toMatchObject({
      rebuildNeeded: 'yes',
      securityUpdates: 1,
      otherUpdates: 1,
      updates: [
        {
          package: 'fixed',
          fixed: '1.2-1.el9',
          security: true,
          vulnerabilities: ['CVE-2026-0001', 'CVE-2026-0002'],
        },
        { package: 'newer', fixed: '2.0-1.el9', security: false, vulnerabilities: [] },
      ],
    });
    const later = await check(`rpm file:${root}`, { ...packages, fixed: '1.1-1.el9', newer: '2.0-1.el9' });
    expect(later.updates).toMatchObject([{ package: 'fixed', vulnerabilities: ['CVE-2026-0002'] }]);
    const current = { safe: '1.0-1.el9', fixed: '1.2-1.el9', newer: '2.0-1.el9' };
    expect((await check(`rpm file:${root}`, current)).rebuildNeeded).toBe('no');
  });

  it('believes a signature by the named key only', async () => {
    const key = await signRpmRepository(root, path.join(work, 'gnupg'));
    const other = await signRpmRepository(
      await writeRpmRepository(path.join(work)),
      path.join(work, 'gnupg2'),
    );
    expect((await check(`rpm [signed-by=${other}] file:${root}`)).rebuildNeeded).toBe('yes');
    expect(await check(`rpm [signed-by=${key}] file:${root}`)).toMatchObject({ rebuildNeeded: 'unknown' });
    const repomd = path.join(root, 'repodata/repomd.xml');
    const text = await readFile(repomd, 'utf8');
    await writeFile(repomd, text.replace('<revision>', '<revision>1'));
    expect((await check(`rpm [signed-by=${other}] file:${root}`)).rebuildNeeded).toBe('unknown');
    await writeFile(repomd, text);
  });

  it('does not know when a file is not the one that repomd.xml names, or hostile', async () => {
    const repomd = path.join(root, 'repodata/repomd.xml');
    const text = await readFile(repomd, 'utf8');
    const href = /href="(repodata\/[^"]*primary\.xml[^"]*)"/.exec(text)?.[1] ?? '';
    const file = path.join(root, href);
    await rename(file, `${file}.good`);
    await writeFile(file, gzipSync('<metadata/>'));
    expect((await check(`rpm file:${root}`)).reasons.join()).toContain(
      'is not the file that repomd.xml names',
    );
    const bomb = gzipSync('<!DOCTYPE x [<!ENTITY a "b">]><metadata>&a;</metadata>');
    await writeFile(file, bomb);
    const digest = createHash('sha256').update(bomb).digest('hex');
    await writeFile(
      repomd,
      text.replace(/(<data type="primary">\s*<checksum type="sha256">)[0-9a-f]+/, `$1${digest}`),
    );
    expect((await check(`rpm file:${root}`)).reasons.join()).toContain('document type');
    await rename(`${file}.good`, file);
    await writeFile(repomd, text);
    expect((await check(`rpm file:${work}/nowhere`)).rebuildNeeded).toBe('unknown');
    expect((await check('deb https://example.org/debian trixie main')).reasons.join()).toContain(
      'has rpm packages',
    );
  });

  it('refuses an address that anybody on the way can change, and reads a signed one', async () => {
    expect(() => parseSources(['rpm http://example.org/os'])).toThrow(/neither encrypted nor signed/);
    const key = await signRpmRepository(root, path.join(work, 'gnupg3'));
    const server = createServer(async (request, response) => {
      response.end(
        await readFile(path.join(root, request.url ?? '')).catch(() => response.writeHead(404) && ''),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      expect((await check(`rpm [signed-by=${key}] ${url}`)).securityUpdates).toBe(1);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('follows a redirection only where a signature says what is there', async () => {
    const key = await signRpmRepository(root, path.join(work, 'gnupg4'));
    const server = createServer(async (request, response) => {
      const name = request.url ?? '';
      if (name.startsWith('/moved/')) {
        response.writeHead(302, { location: name.slice('/moved'.length) }).end();
        return;
      }
      response.end(await readFile(path.join(root, name)).catch(() => response.writeHead(404) && ''));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // What a server with a certificate would answer, without one.
    const ports = testPorts({
      fetch: (url, init) =>
        fetch(String(url).replace('https://repository.example', `http://127.0.0.1:${port}`), init),
    });
    try {
      const at = (source: string) => check(source, packages, ports);
      expect((await at('rpm https://repository.example')).rebuildNeeded).toBe('yes');
      const moved = await at('rpm https://repository.example/moved');
      expect(moved.rebuildNeeded).toBe('unknown');
      expect(moved.reasons.join()).toContain('repomd.xml');
      const signed = await at(`rpm [signed-by=${key}] https://repository.example/moved`);
      expect(signed.rebuildNeeded).toBe('yes');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('reads no more than it must of a server that never ends', async () => {
    let sent = 0;
    const endless = testPorts({
      fetch: async () =>
        new Response(
          new ReadableStream({
            pull: (controller) => {
              sent += 8;
              controller.enqueue(new Uint8Array(8 * 1024 * 1024));
            },
          }),
        ),
    });
    const found = await check('rpm https://repository.example', packages, endless);
    expect(found.reasons.join()).toContain('it is larger than');
    expect(sent).toBeLessThan(250);
  });
});
