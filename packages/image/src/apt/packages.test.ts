import { describe, expect, it } from '@jest/globals';
import { deb822Sources, parseSourcesList, withMirrors } from './apt-sources.ts';
import { parseDeb822, sourceOf, stanzasOf } from './deb822.ts';
import { matchPackages, newestMember } from './packages.ts';

const INDEX = `Package: shim-signed
Architecture: amd64
Version: 1:1.47+15.8
Source: shim (2.0)
Filename: pool/main/s/shim/shim-signed_1.47_amd64.deb
Size: 10
SHA256: ${'a'.repeat(64)}
Description: a
 b
 .
 c

Package: apt
Architecture: amd64
Version: 3.0
Filename: pool/main/a/apt/apt_3.0_amd64.deb
Size: 20
SHA256: ${'b'.repeat(64)}
`;
const PRINTED = `'copy:/m/pool/main/s/shim/shim-signed_1.47_amd64.deb' shim-signed_1%3a1.47+15.8_amd64.deb 10 MD5Sum:x
'copy:/m/pool/main/a/apt/apt_3.0_amd64.deb' apt_3.0_amd64.deb 20 MD5Sum:y
`;

const DEBIAN = { distribution: 'debian', release: '13' };

describe('stanzasOf', () => {
  const names = new Set(['a', 'b']);
  const found = (text: string) => stanzasOf(text, names).map((one) => [...one].flat().join(' '));

  it('takes what a whole parse finds of these packages', () => {
    const text = ['x', 'a', 'y', 'b', 'a', 'ab']
      .map((name, at) => `Package: ${name}\nVersion: ${at}\n Package: b\n`)
      .join('\n');
    const whole = parseDeb822(text).filter((one) => names.has(one.get('package') ?? ''));
    expect(stanzasOf(text, names)).toEqual(whole);
    expect(whole.map((one) => one.get('version')?.[0])).toEqual(['1', '3', '4']);
  });

  it.each([
    ['the name not first', 'Version: 1\nPackage: a\nSize: 2\n', ['version 1 package a size 2']],
    ['another spelling', 'PACKAGE:\ta\n', ['package a']],
    ['blank lines with spaces', 'Package: x\n \nPackage: a\n\t\nPackage: b\n', ['package a', 'package b']],
    ['many blank lines', '\n\n\nPackage: a\n\n\n\nPackage: b', ['package a', 'package b']],
    ['none of them', 'Package: x\n\nPackage: aa\n', []],
    ['nothing', '', []],
  ])('knows %s', (_what, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('passes over a long index in time that grows with its length', () => {
    const text = `${'Package: x\n \n'.repeat(200_000)}Package: a\n`;
    expect(found(text)).toEqual(['package a']);
  });
});

describe('matchPackages', () => {
  it('finds what apt chose in the index, epochs included, sorted', () => {
    const found = matchPackages(PRINTED, [INDEX], DEBIAN);
    expect(
      found.map(({ name, version, sha256, size, file }) => [name, version, sha256[0], size, file]),
    ).toEqual([
      ['apt', '3.0', 'b', 20, 'apt_3.0_amd64.deb'],
      ['shim-signed', '1:1.47+15.8', 'a', 10, 'shim-signed_1%3a1.47+15.8_amd64.deb'],
    ]);
    expect(found[1]?.source).toEqual({ name: 'shim', version: '2.0' });
  });

  it('takes the entry of the repository that apt takes the package from', () => {
    // The same version on the medium and in the security repository, as after a point release.
    const elsewhere = INDEX.replace('pool/main/a/apt/', 'pool/updates/main/a/apt/').replace(
      /b{64}/,
      'c'.repeat(64),
    );
    for (const indexes of [
      [INDEX, elsewhere],
      [elsewhere, INDEX],
    ]) {
      const [apt] = matchPackages(PRINTED, indexes, DEBIAN);
      expect([apt?.filename, apt?.sha256[0]]).toEqual(['pool/main/a/apt/apt_3.0_amd64.deb', 'b']);
    }
  });

  it('refuses a broken % escape by the names of package and repository', () => {
    const broken = 'apt_%zz_amd64.deb';
    const printed = PRINTED.replace('apt/apt_3.0_amd64.deb', `apt/${broken}`);
    const index = INDEX.replace('apt/apt_3.0_amd64.deb', `apt/${broken}`);
    expect(() => matchPackages(printed, [index], DEBIAN)).toThrow(
      expect.objectContaining({
        code: 'repository-unusable',
        message: expect.stringMatching(/package apt of the repository copy:\/m .*%zz/),
      }),
    );
  });

  it('knows a path whose escapes apt escaped once more', () => {
    const index = INDEX.replace('apt_3.0_amd64.deb', 'apt_1%3a3.0+b1_amd64.deb');
    const printed = PRINTED.replace('apt/apt_3.0_amd64.deb', 'apt/apt_1%253a3.0%2bb1_amd64.deb');
    expect(matchPackages(printed, [index], DEBIAN)[0]?.filename).toContain('apt_1%3a3.0+b1');
  });

  it('refuses a package without a SHA-256', () => {
    expect(() => matchPackages(PRINTED, [INDEX.replace(/^SHA256: b+$/m, 'MD5sum: x')], DEBIAN)).toThrow(
      /no index describes/,
    );
  });
});

describe('newestMember', () => {
  const head = (time: number) =>
    Buffer.from(`!<arch>\ndebian-binary   ${String(time).padEnd(12)}0     0     `);
  it('reads the time stamps of the archives', () => {
    expect(newestMember([head(1_700_000_000), head(1_600_000_000)])).toBe(1_700_000_000);
  });
  it('refuses what is not a package', () => {
    expect(() => newestMember([head(1_700_000_000), Buffer.from('x'.repeat(68))])).toThrow(
      /not a Debian archive/,
    );
  });
});

describe('deb822', () => {
  it('takes the binary version where the source has none of its own', () => {
    const [stanza] = parseDeb822('Package: a\nVersion: 1\nSource: b\n');
    expect(stanza && sourceOf(stanza)).toEqual({ name: 'b', version: '1' });
  });
});

describe('apt sources', () => {
  const sources = parseSourcesList(
    '# x\ndeb [signed-by="/k"] http://a.example/debian trixie main\ndeb http://a.example/debian trixie-updates main\ndeb http://s.example/sec trixie-security main\n',
  );
  it('become deb822 with the image’s own key ring', () => {
    expect(deb822Sources(sources, '/usr/share/keyrings/debian-archive-keyring.pgp')).toBe(
      'Types: deb\nURIs: http://a.example/debian\nSuites: trixie trixie-updates\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.pgp\n\nTypes: deb\nURIs: http://s.example/sec\nSuites: trixie-security\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.pgp\n',
    );
  });
  it('take other mirrors for the archive and for security', () => {
    expect(withMirrors(sources, 'http://m.example/d', undefined).map(({ uri }) => uri)).toEqual([
      'http://m.example/d',
      'http://m.example/d',
      'http://s.example/sec',
    ]);
    expect(withMirrors(sources, undefined, 'http://n.example/s').map(({ uri }) => uri)).toEqual([
      'http://a.example/debian',
      'http://a.example/debian',
      'http://n.example/s',
    ]);
  });
});
