import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inRoot } from '../../test/root-partition.ts';
import { leapMirror } from '../../test/rpm-mirror.ts';
import { type RpmScene, rpmScene } from '../../test/rpm-scene.ts';
import { judgeSboms } from '../../test/sbom-judges.ts';
import { stateMedium } from '../../test/small-medium.ts';

// Generous: other work may run on the same cores.
const MINUTE = 180_000;
const REPOSITORY = 'distribution/leap/16.0/repo/oss/x86_64';
let scene: RpmScene;

beforeAll(async () => {
  scene = await rpmScene();
  await leapMirror(path.join(scene.mirror, REPOSITORY), scene.folder, scene.key, {
    added: { requires: ['helper', 'coreutils'], post: 'touch /etc/added-was-set-up' },
    helper: {},
    breaks: { requires: ['coreutils'], post: 'echo cannot >&2; exit 1' },
    lonely: { requires: ['nowhere'] },
  });
}, 5 * MINUTE);

afterAll(() => scene.close());

const base = (source: string): string =>
  `name: small\nversion: "1"\ndistribution: opensuse-leap\nrelease: "16.0"\nsource: ${source}\n`;
const fromMirror = (changes: string): string =>
  `${base('repository')}mirror: ${scene.url}\n${changes.includes('mirror-key:') ? '' : 'mirror-key: key.asc\n'}${changes}`;

describe('SUSE', () => {
  it(
    'builds from a signed repository: a disk with the packages, and an SBOM',
    async () => {
      const result = await scene.build(fromMirror('packages: {add: [added]}\n'));
      expect(inRoot(result.disk, 'ls -p /etc')).toContain('/added-was-set-up/');
      expect(inRoot(result.disk, 'cat /boot/grub2/grub.cfg')).toMatch(
        /linux \/boot\/vmlinuz-6\.0-test root=/,
      );
      await judgeSboms(result.folder);
      const sbom = readFileSync(result.sbom, 'utf8');
      expect(sbom).toContain('pkg:rpm/opensuse/added@1-1?arch=x86_64&distro=opensuse-leap-16.0');
      expect(readFileSync(result.statement, 'utf8')).toContain(
        `${scene.url}/${REPOSITORY}/repodata/repomd.xml`,
      );
    },
    4 * MINUTE,
  );

  it.each([
    ['a package that is nowhere', 'packages: {add: [absent, added]}\n', 'package-not-found', /: absent$/],
    ['a package whose needs are nowhere', 'packages: {add: [lonely]}\n', 'packages-conflict', /together/],
    [
      'a package that may not be there',
      'packages: {add: [added], remove: [helper]}\n',
      'packages-conflict',
      /together/,
    ],
    ['a mirror that another key signs', 'mirror-key: other.asc\n', 'repository-unusable', /repository/],
    [
      'a package whose script fails',
      'packages: {add: [breaks]}\n',
      'package-script-failed',
      /breaks .*%post/,
    ],
  ])(
    'refuses %s',
    async (_what, changes, code, message) => {
      const output = path.join(scene.folder, 'refused');
      await expect(scene.build(fromMirror(changes), { output })).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
    },
    MINUTE,
  );

  it(
    'refuses packages that somebody else signed',
    async () => {
      const { key, other } = scene;
      const uri = await scene.further('foreign', { loose: {} }, { packages: other, index: key });
      const text = fromMirror(`packages: {add: [loose]}\nrepositories: [{uri: "${uri}", key: key.asc}]\n`);
      const refused = scene.build(text, { output: path.join(scene.folder, 'refused') });
      await expect(refused).rejects.toMatchObject({ code: 'package-not-signed' });
    },
    MINUTE,
  );

  it(
    'builds from the modules on a medium, without network',
    async () => {
      const tree = path.join(scene.folder, 'iso');
      mkdirSync(path.join(tree, 'media.1'), { recursive: true });
      cpSync(path.join(scene.mirror, REPOSITORY), path.join(tree, 'Module-Basesystem'), { recursive: true });
      writeFileSync(path.join(tree, 'media.1/products'), '/Module-Basesystem Module-Basesystem 16.0-0\n');
      writeFileSync(path.join(tree, 'gpg-pubkey-00000001-00000001.asc'), readFileSync(scene.key.file));
      const medium = path.join(scene.folder, 'medium.iso');
      execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-V', 'Leap', '-o', medium, tree]);
      const mediumStatement = await stateMedium(medium, path.join(scene.folder, '10-media.json'));
      const text = `${base('medium')}security-updates: "off"\npackages: {add: [added]}\n`;
      const output = path.join(scene.folder, 'from-medium');
      const result = await scene.build(text, { medium, mediumStatement, output });
      expect(inRoot(result.disk, 'ls -p /etc')).toContain('/added-was-set-up/');
    },
    4 * MINUTE,
  );
});
