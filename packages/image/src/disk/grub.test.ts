import { describe, expect, it } from '@jest/globals';
import { parseDefinition } from '../definition/parse.ts';
import {
  biosBoot,
  coreModules,
  efiModules,
  espStub,
  grubConfig,
  grubDefaults,
  kernelParameters,
} from './grub.ts';

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
  const definition = parseDefinition(
    'name: a\nversion: "1"\ndistribution: debian\nrelease: "13"\nkernel: {command-line: [audit=1]}\n',
    'image.yml',
  );

  it('names file systems by UUID and keeps the command line in both places', () => {
    const text = grubConfig({
      title: 'Debian',
      kernel: 'vmlinuz-6.12-cloud',
      initrd: 'initrd.img-6.12-cloud',
      bootUuid: 'boot',
      bootPrefix: '/boot',
      rootUuid: 'root',
      parameters: kernelParameters(definition),
      bls: false,
    });
    expect(text).toContain('search --no-floppy --fs-uuid --set=root boot');
    expect(text).toContain(
      'linux /boot/vmlinuz-6.12-cloud root=UUID=root ro console=tty0 console=ttyS0,115200 audit=1',
    );
    expect(text).toContain('initrd /boot/initrd.img-6.12-cloud');
    expect(grubDefaults(definition)).toContain(
      'GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200 audit=1"',
    );
    expect(espStub('boot', '/grub2', true)).toMatch(
      /^search.*\nset prefix=.*\nset with_blscfg=y\nexport with_blscfg\nconfigfile /,
    );
    expect(espStub('boot', '/grub2')).toBe(
      'search.fs_uuid boot root\nset prefix=($root)/grub2\nconfigfile $prefix/grub.cfg\n',
    );
  });

  it('has the entry only where GRUB reads none itself', () => {
    const [file, uuid] = ['6.0', 'root'];
    const names = { title: 'Alma', kernel: `vmlinuz-${file}`, initrd: `initramfs-${file}.img` };
    const more = { bootUuid: 'boot', bootPrefix: '/boot', rootUuid: uuid, parameters: [], bls: true };
    const text = grubConfig({ ...names, ...more });
    expect(text).toMatch(
      /if \[ "\$with_blscfg" = y \]; then\n {2}blscfg\nelse\n {2}menuentry 'Alma' \{\n[\s\S]+\n {2}\}\nfi\n$/,
    );
    expect(text).not.toMatch(/if blscfg/);
  });

  it('has the module of the file system in what starts first', () => {
    const xfs = { ...definition, disk: { ...definition.disk, filesystem: 'xfs' as const } };
    expect(coreModules(definition)).toContain('ext2');
    expect(coreModules(xfs)).toContain('xfs');
    expect(efiModules(xfs)).toContain('xfs');
  });
});
