import { recordingLog } from '@golden-image/host/testing';
import { describe, expect, it } from '@jest/globals';
import { parseLocation, shownLocation } from './location.ts';
import { fingerprintOf, readKeyring } from './openpgp-keys.ts';
import { pinnedKeys } from './pinned-keys.ts';
import { VENDOR_KEYS } from './vendor-keys.ts';
import { VENDORS, vendorFingerprints, vendorProofs } from './vendors.ts';

const NOW = new Date('2026-11-24T00:00:00Z');

describe('the vendors', () => {
  it.each(VENDORS)(
    '%s: every pinned key is bundled and has the fingerprint it is listed under',
    async (vendor) => {
      const log = recordingLog();
      const { keys, fingerprints } = await pinnedKeys({ vendor }, NOW, log);
      expect(keys.map(fingerprintOf).sort()).toEqual([...fingerprints].sort());
      expect(log.lines.filter((line) => line.startsWith('notice'))).toEqual([]);
    },
  );

  it('bundles no key that nobody pins, and none under another fingerprint', async () => {
    const pinned = VENDORS.flatMap(vendorFingerprints);
    expect(Object.keys(VENDOR_KEYS).sort()).toEqual([...new Set(pinned)].sort());
    for (const [fingerprint, key] of Object.entries(VENDOR_KEYS)) {
      const { keys } = await readKeyring([Buffer.from(key, 'base64')]);
      expect(keys.map(fingerprintOf)).toEqual([fingerprint]);
    }
  });

  it('warns of the SUSE key that ends on 2027-01-18', async () => {
    const log = recordingLog();
    await pinnedKeys({ vendor: 'sles' }, NOW, log);
    expect(log.lines.join()).toContain('7F009157B127B994D5CFBE76F74F09BC3FA1D6CE expires on 2027-01-18');
  });

  it.each([
    ['debian', 'debian-13.2.0-amd64-netinst.iso', 'SHA256SUMS', 'SHA256SUMS.sign'],
    ['ubuntu', 'ubuntu-24.04.3-live-server-amd64.iso', 'SHA256SUMS', 'SHA256SUMS.gpg'],
    ['almalinux', 'AlmaLinux-9.5-x86_64-dvd.iso', 'CHECKSUM', undefined],
    ['rocky', 'Rocky-9.5-x86_64-dvd.iso', 'CHECKSUM', 'CHECKSUM.sig'],
    ['centos', 'c9.iso', 'c9.iso.SHA256SUM', 'c9.iso.SHA256SUM.asc'],
    ['fedora', 'Fedora-Server-dvd-x86_64-43-1.6.iso', 'Fedora-Server-43-1.6-x86_64-CHECKSUM', undefined],
    [
      'fedora',
      'Fedora-Cloud-Base-Generic-43-1.6.x86_64.qcow2',
      'Fedora-Cloud-43-1.6-x86_64-CHECKSUM',
      undefined,
    ],
    [
      'opensuse',
      'openSUSE-Leap-15.6-DVD.iso',
      'openSUSE-Leap-15.6-DVD.iso.sha256',
      'openSUSE-Leap-15.6-DVD.iso.sha256.asc',
    ],
    ['arch', 'archlinux-x86_64.iso', undefined, 'archlinux-x86_64.iso.sig'],
  ] as const)('%s puts the proof of %s beside it', (vendor, name, list, signature) => {
    const base = 'https://vendor.test/a/b';
    const [proof] = vendorProofs(vendor, parseLocation(`${base}/${name}?token=x`));
    expect(proof?.list && shownLocation(proof.list)).toBe(list && `${base}/${list}`);
    expect(proof?.signature && shownLocation(proof.signature)).toBe(signature && `${base}/${signature}`);
  });

  it.each([
    ['OracleLinux-R9-U5-x86_64-dvd.iso', 'OracleLinux-R9-U5-Server-x86_64.checksum'],
    ['OracleLinux-R10-U1-aarch64-boot-uek.iso', 'OracleLinux-R10-U1-Server-aarch64.checksum'],
    ['OracleLinux-R7-U9-Server-x86_64-dvd.iso', 'OracleLinux-R7-U9-Server-x86_64.checksum'],
  ])('oracle: %s is listed beside it, else on a server for lists', (name, list) => {
    const proofs = vendorProofs('oracle', parseLocation(`https://vendor.test/a/${name}`));
    expect(proofs.map((proof) => proof.list && shownLocation(proof.list))).toEqual([
      `https://vendor.test/a/${list}`,
      `https://linux.oracle.com/security/gpg/checksum/${list}`,
    ]);
    expect(proofs.map((proof) => proof.signature)).toEqual([undefined, undefined]);
  });

  it('knows no public list of Red Hat, nor of a medium of Oracle that does not name its release', () => {
    const source = parseLocation('https://vendor.test/x86_64-boot.iso');
    expect([vendorProofs('rhel', source), vendorProofs('oracle', source)]).toEqual([[], []]);
  });
});
