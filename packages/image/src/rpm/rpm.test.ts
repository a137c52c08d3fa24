import { describe, expect, it } from '@jest/globals';
import { rpmLicence } from '../sbom/rpm-licences.ts';
import { scriptFailure } from './build-tree.ts';
import { parseProducts, parseTreeinfo } from './medium-layout.ts';
import { type IndexedPackage, rpmPackage } from './packages.ts';

const ENTRY: IndexedPackage = {
  name: 'curl',
  epoch: 1,
  version: '7.76.1',
  release: '31.el9',
  architecture: 'x86_64',
  repository: 'baseos',
  location: 'Packages/curl-7.76.1-31.el9.x86_64.rpm',
  size: 10,
  built: 1,
  digest: { algorithm: 'sha256', hex: 'a'.repeat(64) },
};
const ALMA = { distribution: 'almalinux', release: '9' } as const;

describe('rpmPackage', () => {
  it('writes the epoch into the version, and as a qualifier of the purl', () => {
    expect(rpmPackage(ENTRY, ALMA)).toMatchObject({
      version: '1:7.76.1-31.el9',
      purl: 'pkg:rpm/almalinux/curl@7.76.1-31.el9?arch=x86_64&distro=almalinux-9&epoch=1',
    });
  });

  it.each([
    ['a path upwards', { location: '../../etc/cron.d/x.rpm' }, /baseos has an unusable path/],
    ['an absolute path', { location: '/etc/x.rpm' }, /unusable path/],
    ['a weak digest', { digest: { algorithm: 'sha1', hex: 'a'.repeat(40) } }, /no SHA-256/],
    ['a name with a slash', { name: 'a/b' }, /a name that is none/],
  ])('refuses %s of an index', (_what, change, message) => {
    expect(() => rpmPackage({ ...ENTRY, ...change }, ALMA)).toThrow(
      expect.objectContaining({ code: 'repository-unusable', message: expect.stringMatching(message) }),
    );
  });
});

describe('scriptFailure', () => {
  it('names package and script, before and after the installation', () => {
    expect(scriptFailure('error: %prein(a-b-1-1.noarch) scriptlet failed, exit status 1')).toEqual({
      script: '%prein',
      name: 'a-b',
    });
    expect(scriptFailure('warning: %post(added-1:2-3.el9.x86_64) scriptlet failed, exit status 127')).toEqual(
      {
        script: '%post',
        name: 'added',
      },
    );
    expect(scriptFailure('warning: /etc/passwd created as /etc/passwd.rpmnew')).toBeUndefined();
  });
});

describe('the layout of media', () => {
  it('reads the variants of .treeinfo, and leaves out folders that lead elsewhere', () => {
    const text =
      '[release]\nname = AlmaLinux\nversion = 9.6\n[tree]\narch = x86_64\nvariants = AppStream,BaseOS,Evil\n[variant-BaseOS]\nrepository = BaseOS\n[variant-AppStream]\nrepository = AppStream\n[variant-Evil]\nrepository = ../up\n';
    expect(parseTreeinfo(text)).toEqual({
      family: 'AlmaLinux',
      version: '9.6',
      machine: 'x86_64',
      folders: ['AppStream', 'BaseOS'],
    });
    expect(parseTreeinfo('[general]\nvariant = Fedora\n[variant-Fedora]\nrepository = .\n').folders).toEqual([
      '',
    ]);
  });

  it("reads SUSE's products", () => {
    expect(parseProducts('/Module-Basesystem SLE 15.7-0\n/ SLES 15.7\n/../up x 1\n')).toEqual([
      'Module-Basesystem',
      '',
    ]);
  });
});

describe('rpmLicence', () => {
  it.each([
    ['GPLv2+ and LGPLv2+', 'GPL-2.0-or-later AND LGPL-2.0-or-later'],
    ['GPL-2.0-or-later AND (MIT OR Apache-2.0)', 'GPL-2.0-or-later AND (MIT OR Apache-2.0)'],
    ['GPL-2.0-only WITH Linux-syscall-note', 'GPL-2.0-only WITH Linux-syscall-note'],
    ['(ASL 2.0 or GPLv3) and zlib', '(Apache-2.0 OR GPL-3.0-only) AND Zlib'],
    ['GPLv2+ and Something', 'NOASSERTION'],
    ['', 'NOASSERTION'],
  ])('%s', (tag, expression) => {
    expect(rpmLicence(tag)).toBe(expression);
  });
});
