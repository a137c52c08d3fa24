import { describe, expect, it } from '@jest/globals';
import { biosBoot, espStub, grubConfig, grubDefaults } from './grub.ts';

describe('biosBoot', () => {
  it('patches as grub-bios-setup does', () => {
    const core = Buffer.alloc(28_000, 7);
    const { mbrCode, core: patched } = biosBoot(Buffer.alloc(512, 1), core, 1024 * 1024);
    expect(mbrCode.length).toBe(440);
    expect(Buffer.from(mbrCode).readBigUInt64LE(0x5c)).toBe(2048n);
    expect([mbrCode[0x64], mbrCode[0x66], mbrCode[0x67]]).toEqual([0xff, 0x90, 0x90]);
    const sectors = Math.ceil(28_000 / 512);
    expect(patched.length).toBe(sectors * 512);
    const view = Buffer.from(patched);
    expect([view.readBigUInt64LE(0x1f4), view.readUInt16LE(0x1fc), view.readUInt16LE(0x1fe)]).toEqual([
      2049n,
      sectors - 1,
      0x820,
    ]);
  });

  it('refuses a core image that does not fit', () => {
    expect(() => biosBoot(Buffer.alloc(512), Buffer.alloc(2 * 1024 * 1024), 1024 * 1024)).toThrow(
      expect.objectContaining({ code: 'boot-loader-too-large' }),
    );
  });
});

describe('configuration', () => {
  it('names file systems by UUID and keeps the command line in both places', () => {
    const text = grubConfig({
      title: 'Debian',
      kernel: '6.12-cloud',
      bootUuid: 'boot',
      bootPrefix: '/boot',
      rootUuid: 'root',
      commandLine: ['audit=1'],
    });
    expect(text).toContain('search --no-floppy --fs-uuid --set=root boot');
    expect(text).toContain(
      'linux /boot/vmlinuz-6.12-cloud root=UUID=root ro console=tty0 console=ttyS0,115200 audit=1',
    );
    expect(grubDefaults(['audit=1'])).toContain(
      'GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200 audit=1"',
    );
    expect(espStub('boot', '')).toBe(
      'search.fs_uuid boot root\nset prefix=($root)/grub\nconfigfile $prefix/grub.cfg\n',
    );
  });
});
