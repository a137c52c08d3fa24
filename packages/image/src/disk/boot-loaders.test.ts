import { describe, expect, it } from '@jest/globals';
import { parseDefinition } from '../definition/parse.ts';
import { efiPrograms } from './boot-loaders.ts';

const programs = (text: string) =>
  efiPrograms(parseDefinition(`name: a\nversion: "1"\ndistribution: debian\nrelease: "13"\n${text}`, 'x'));

describe('the programs of the ESP', () => {
  it("are the vendor's signed ones, shim first", () => {
    const lines = programs('');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['shim', 'mokmanager', 'grub']);
    expect(lines[0]).toContain(' /usr/lib/shim/shimx64.efi.signed ');
    expect(lines[2]).toContain(' /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed ');
    expect(lines.join('\n')).not.toContain('unsigned');
  });

  it("are found under the names that Ubuntu's package has", () => {
    const lines = programs('').join('\n');
    expect(lines).toMatch(/^shim .*shimx64\.efi\.signed .*shimx64\.efi\.signed\.latest /m);
    expect(lines).toMatch(/^mokmanager .*mmx64\.efi\.signed \/usr\/lib\/shim\/mmx64\.efi /m);
  });

  it('are those of the architecture', () => {
    expect(programs('architecture: arm64\n')[0]).toContain(' /usr/lib/shim/shimaa64.efi.signed ');
  });

  it('are one of our own, unsigned, only where the definition says so', () => {
    expect(programs('secure-boot: false\n')).toEqual(['unsigned x86_64-efi']);
  });
});
