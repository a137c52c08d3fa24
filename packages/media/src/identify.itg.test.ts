import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { makeIso } from '../test/make-iso.ts';
import { checkExpectations, identifyMedium, type Medium } from './identify.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'identify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);

async function identify(files: Readonly<Record<string, string>>, volumeId: string): Promise<Medium> {
  makeIso(at('m.iso'), files, { volumeId });
  return identifyMedium(at('m.iso'));
}

describe('identifyMedium', () => {
  it.each<[string, string, Record<string, string>, Partial<Medium>]>([
    [
      'a Debian DVD',
      'Debian 13.2.0 amd64 1',
      {
        '.disk/info':
          'Debian GNU/Linux 13.2.0 "Trixie" - Official amd64 DVD Binary-1 with firmware 20251115-09:53',
        'dists/trixie/Release': 'Suite: stable\n',
      },
      { distribution: 'debian', version: '13.2.0', architecture: 'amd64', repositories: ['dists/trixie'] },
    ],
    [
      'an Ubuntu server',
      'Ubuntu-Server 24.04.3 LTS amd64',
      {
        '.disk/info': 'Ubuntu-Server 24.04.3 LTS "Noble Numbat" - Release amd64 (20250805.1)',
        'casper/install-sources.yaml': '- id: ubuntu-server\n',
      },
      {
        distribution: 'ubuntu',
        version: '24.04.3',
        architecture: 'amd64',
        repositories: ['casper/install-sources.yaml'],
      },
    ],
    [
      'a snapshot of Debian testing',
      'Debian testing amd64 n',
      { '.disk/info': 'Debian GNU/Linux testing "Forky" - Official Snapshot amd64 NETINST 20261120-04:17' },
      { distribution: 'debian', architecture: 'amd64' },
    ],
    [
      'an Ubuntu desktop',
      'Ubuntu 26.04 LTS amd64',
      { '.disk/info': 'Ubuntu 26.04 LTS "Resolute Raccoon" - Release arm64 (20260423)' },
      { distribution: 'ubuntu', version: '26.04', architecture: 'arm64' },
    ],
    [
      'CentOS Stream',
      'CentOS-Stream-10-BaseOS-x86_64',
      { '.treeinfo': '[general]\nfamily = CentOS Stream\nversion = 10\narch = x86_64\n' },
      { distribution: 'centos', version: '10', architecture: 'amd64' },
    ],
    [
      'an Oracle DVD',
      'OL-10-1-0-BaseOS-x86_64',
      { '.treeinfo': '[general]\nfamily = Oracle Linux\nversion = 10.1\narch = x86_64\n' },
      { distribution: 'ol', version: '10.1', architecture: 'amd64' },
    ],
    [
      'a SUSE tree with a service pack in its .treeinfo',
      'SLE-15-SP6-Online-x86_64',
      {
        '.treeinfo':
          '[release]\nname = SUSE Linux Enterprise Server\nversion = 15-SP6\n[tree]\narch = x86_64\n',
      },
      { distribution: 'sles', version: '15.6', architecture: 'amd64' },
    ],
    [
      'an AlmaLinux DVD',
      'AlmaLinux-9-5-x86_64-dvd',
      {
        '.treeinfo':
          '[general]\narch = x86_64\nfamily = AlmaLinux\nversion = 9.5\n[variant-AppStream]\nrepository = AppStream\n[variant-BaseOS]\nrepository = BaseOS\n',
      },
      {
        distribution: 'almalinux',
        version: '9.5',
        architecture: 'amd64',
        repositories: ['AppStream', 'BaseOS'],
      },
    ],
    [
      'a Red Hat DVD',
      'RHEL-10-0-BaseOS-x86_64',
      { '.treeinfo': '[general]\nfamily = Red Hat Enterprise Linux\nversion = 10.0\narch = aarch64\n' },
      { distribution: 'rhel', version: '10.0', architecture: 'arm64' },
    ],
    [
      'a Rocky boot ISO without .treeinfo',
      'Rocky-9-5-x86_64-dvd',
      { '.discinfo': '1731700000.5\nRocky Linux 9.5\nx86_64\n', 'BaseOS/repodata/repomd.xml': '<repomd/>' },
      { distribution: 'rocky', version: '9.5', architecture: 'amd64', repositories: ['BaseOS'] },
    ],
    [
      'a medium with media.repo only',
      'OL-9',
      { 'media.repo': '[InstallMedia]\nname=Oracle Linux 9.5\nmediaid=1\n' },
      { distribution: 'ol', version: '9.5' },
    ],
    [
      'Fedora',
      'Fedora-S-dvd-x86_64-43',
      { '.treeinfo': '[release]\nname = Fedora\nshort = Fedora\nversion = 43\n[tree]\narch = x86_64\n' },
      { distribution: 'fedora', version: '43', architecture: 'amd64' },
    ],
    [
      'SLES 15 by its media file',
      'SLE-15-SP7-Full-x86_641.1',
      {
        'media.1/media': 'SUSE - SLE-15-SP7\nSLE-15-SP7-Full-x86_64-Build1.1\n1\n',
        'Module-Basesystem/repodata/repomd.xml': 'x',
      },
      { distribution: 'sles', version: '15.7', architecture: 'amd64', repositories: ['Module-Basesystem'] },
    ],
    [
      'SLES 16 by its volume id',
      'Install-SUSE-SLE-16-x86_64',
      { 'LiveOS/x': '' },
      { distribution: 'sles', version: '16', architecture: 'amd64' },
    ],
    [
      'openSUSE Leap by its volume id',
      'openSUSE-Leap-15.6-DVD-x86_64510',
      { x: '' },
      { distribution: 'opensuse-leap', version: '15.6', architecture: 'amd64' },
    ],
    [
      'a live medium of openSUSE',
      'openSUSE_Leap_15.6_KDE_Live',
      { x: '' },
      { distribution: 'opensuse-leap', version: '15.6' },
    ],
    [
      'openSUSE Tumbleweed',
      'openSUSE-Tumbleweed-DVD-aarch64',
      { x: '' },
      { distribution: 'opensuse-tumbleweed', architecture: 'arm64' },
    ],
    [
      'Leap 16',
      'Install-Leap-16.0-x86_64',
      { x: '' },
      { distribution: 'opensuse-leap', version: '16.0', architecture: 'amd64' },
    ],
    [
      'Arch',
      'ARCH_202611',
      { 'arch/version': '2026.11.01\n', 'arch/boot/x86_64/vmlinuz': 'x' },
      { distribution: 'arch', version: '2026.11.01', architecture: 'amd64' },
    ],
    ['something unknown', 'MY DATA', { 'a.txt': 'x' }, { repositories: [] }],
    [
      'a maker that is none of ours',
      'RESEARCH',
      { '.treeinfo': '[general]\nfamily = Research Linux\nversion = 1\n' },
      { repositories: [] },
    ],
  ])('knows %s', async (_what, volumeId, files, expected) => {
    const found = await identify(files, volumeId);
    expect(found).toMatchObject({ format: 'iso', volumeId, ...expected });
    expect(found.distribution).toBe(expected.distribution);
  });

  it('tells disk images by their bytes', async () => {
    const make = (format: string, name: string, ...options: string[]): string => {
      spawnSync('qemu-img', ['create', '-q', '-f', format, ...options, at(name), '4M']);
      return at(name);
    };
    expect((await identifyMedium(make('qcow2', 'd.qcow2'))).format).toBe('qcow2');
    expect((await identifyMedium(make('vpc', 'dynamic.vhd'))).format).toBe('vhd');
    expect((await identifyMedium(make('vpc', 'fixed.vhd', '-o', 'subformat=fixed'))).format).toBe('vhd');
    const raw = Buffer.alloc(1024 * 1024);
    raw.writeUInt16BE(0x55aa, 510);
    writeFileSync(at('d.raw'), raw);
    expect((await identifyMedium(at('d.raw'))).format).toBe('raw');
    for (const [tool, suffix, format] of [
      ['xz', 'xz', 'xz'],
      ['zstd', 'zst', 'zstd'],
      ['gzip', 'gz', 'gzip'],
    ]) {
      spawnSync(tool ?? '', ['-k', '-q', at('d.raw')]);
      expect((await identifyMedium(at(`d.raw.${suffix}`))).format).toBe(format);
    }
  });

  it('refuses a disk image that reads other files, and what is no medium', async () => {
    spawnSync('qemu-img', [
      'create',
      '-q',
      '-f',
      'qcow2',
      '-b',
      '/etc/hostname',
      '-F',
      'raw',
      at('b.qcow2'),
      '4M',
    ]);
    await expect(identifyMedium(at('b.qcow2'))).rejects.toMatchObject({ code: 'unsafe-disk-image' });
    spawnSync('qemu-img', [
      'create',
      '-q',
      '-f',
      'qcow2',
      '-o',
      `data_file=${at('data')}`,
      at('x.qcow2'),
      '4M',
    ]);
    await expect(identifyMedium(at('x.qcow2'))).rejects.toMatchObject({ code: 'unsafe-disk-image' });
    const odd = readFileSync(at('d.qcow2'));
    odd.writeUInt32BE(9, 4);
    writeFileSync(at('odd.qcow2'), odd);
    await expect(identifyMedium(at('odd.qcow2'))).rejects.toMatchObject({ code: 'unsafe-disk-image' });
    writeFileSync(at('page.html'), '<html>404</html>');
    await expect(identifyMedium(at('page.html'))).rejects.toMatchObject({ code: 'unknown-medium' });
  });
});

describe('checkExpectations', () => {
  const medium: Medium = {
    format: 'iso',
    distribution: 'opensuse-leap',
    version: '15.6',
    architecture: 'amd64',
    repositories: [],
  };

  it('takes vendor names, shorter versions and other words for an architecture', () => {
    expect(() =>
      checkExpectations(medium, {
        expectDistribution: 'opensuse',
        expectVersion: '15',
        expectArchitecture: 'x86_64',
      }),
    ).not.toThrow();
    expect(() =>
      checkExpectations({ ...medium, distribution: 'ol' }, { expectDistribution: 'oracle' }),
    ).not.toThrow();
    expect(() => checkExpectations(medium, {})).not.toThrow();
  });

  it('names everything that differs, and never takes unknown for right', () => {
    expect(() => checkExpectations(medium, { expectDistribution: 'sles', expectVersion: '15.7' })).toThrow(
      'distribution opensuse-leap instead of sles, version 15.6 instead of 15.7',
    );
    expect(() => checkExpectations({ format: 'raw', repositories: [] }, { expectVersion: '13' })).toThrow(
      'version unknown instead of 13',
    );
    expect(() => checkExpectations({ ...medium, version: '130' }, { expectVersion: '13' })).toThrow('130');
  });
});
