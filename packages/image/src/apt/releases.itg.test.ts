import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diskDifferences } from '../../test/disk-differences.ts';
import { serveFolder, signedSuite, type TestKey, testKey } from '../../test/local-mirror.ts';
import { inRoot } from '../../test/root-partition.ts';
import { fillPool } from '../../test/small-medium.ts';
import { buildImage } from '../build.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'releases-'));
// Generous: other work may run on the same cores.
const MINUTE = 180_000;
let key: TestKey;
let server: Awaited<ReturnType<typeof serveFolder>>;

/**
 * A mirror of Debian 12, of the time when base-files did not bring the links of the merged /usr and mke2fs did not know
 * SOURCE_DATE_EPOCH, and one of Debian 13's files that says that it is Ubuntu 24.04, whose base-files has the links.
 */
beforeAll(async () => {
  key = await testKey(folder, 'mirror');
  copyFileSync(key.file, path.join(folder, 'key.asc'));
  const tree = path.join(folder, 'mirror');
  await fillPool(path.join(tree, 'bookworm'), folder, {}, '12');
  await fillPool(path.join(tree, 'noble'), folder, {}, '13');
  mkdirSync(path.join(tree, 'none'));
  for (const codename of ['bookworm', 'noble']) {
    for (const [more, pool] of [
      ['', codename],
      ['-updates', 'none'],
      ['-security', 'none'],
    ] as const) {
      const suite = `${codename}${more}`;
      const empty = codename === 'noble' ? { empty: 'universe' } : {};
      await signedSuite(tree, { suite, codename: suite, pool, ...empty }, key);
    }
  }
  server = await serveFolder(tree);
}, 5 * MINUTE);

afterAll(async () => {
  await server.close();
  await key.remove();
  rmSync(folder, { recursive: true, force: true });
});

function build(head: string, output: string) {
  const definition = path.join(folder, 'image.yml');
  const mirrors = `mirror: ${server.url}\nsecurity-mirror: ${server.url}\nmirror-key: key.asc\n`;
  writeFileSync(definition, `name: small\nversion: "1"\nsource: repository\n${head}${mirrors}`);
  return buildImage(
    {
      ...{ definition, output: path.join(folder, output), builderId: 'urn:test', allowOutdatedHost: true },
      ...{ cacheFolder: undefined, sourceDateEpoch: 1_750_000_000 },
    },
    testPorts({}),
  );
}

/** Throws where e2fsck finds something to repair in the root file system. */
function checkFileSystem(disk: string): void {
  const raw = `${disk}.raw`;
  execFileSync('qemu-img', ['convert', '-O', 'raw', disk, raw]);
  const table = JSON.parse(execFileSync('sfdisk', ['--json', raw], { encoding: 'utf8' })) as {
    partitiontable: { partitions: { node: string; start: number }[] };
  };
  const start = table.partitiontable.partitions.find(({ node }) => node === `${raw}1`)?.start ?? 0;
  execFileSync('e2fsck', ['-f', '-n', `${raw}?offset=${512 * start}`], { stdio: 'pipe' });
  rmSync(raw);
}

describe.each([
  ['Debian 12', 'distribution: debian\nrelease: "12"\n', 'debian.sources', 'bookworm', 'vmlinuz-6.0-test'],
  [
    'Ubuntu 24.04',
    'distribution: ubuntu\nrelease: "24.04"\n',
    'ubuntu.sources',
    'noble',
    'vmlinuz-6.0-virtual',
  ],
])('%s', (_name, head, sources, codename, kernel) => {
  it(
    'becomes a system with a merged /usr and its own names; the same bytes again',
    async () => {
      const first = await build(head, `${codename}-1`);
      const found = inRoot(
        first.disk,
        ...['stat /bin', 'stat /lib64', 'stat /etc/passwd', 'ls -p /boot'],
        `cat /etc/apt/sources.list.d/${sources}`,
      );
      expect(found.match(/Fast link dest: "(.*)"/g)).toEqual([
        'Fast link dest: "usr/bin"',
        'Fast link dest: "usr/lib64"',
      ]);
      expect(found).toContain(`/${kernel}/`);
      expect(found).toContain(`Suites: ${codename} ${codename}-updates ${codename}-security\n`);
      expect(found).toContain(`Components: main${codename === 'noble' ? ' universe' : ''}\n`);
      expect(found).toContain('Signed-By: /etc/apt/keyrings/mirror.asc');
      // Whatever the clock said: 2025-06-15.
      expect(found).toMatch(/^ ctime: 0x684ee180/m);
      checkFileSystem(first.disk);
      if (codename !== 'bookworm') {
        return;
      }
      const second = await build(head, `${codename}-2`);
      expect(await diskDifferences(first.disk, second.disk)).toEqual([]);
      expect(second.descriptor.disk.sha256).toBe(first.descriptor.disk.sha256);
    },
    10 * MINUTE,
  );
});
