import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { type Definition, definitionSchema } from '../../definition/schema.ts';
import { agama } from './agama.ts';
import { autoinstall } from './autoinstall.ts';
import { autoyast } from './autoyast.ts';
import { kickstart } from './kickstart.ts';
import { askedDisk } from './layout.ts';
import { preseed } from './preseed.ts';

function definition(more: object = {}): Definition {
  return definitionSchema.parse({
    name: 'image',
    version: '1',
    distribution: 'debian',
    release: '13',
    source: 'installer',
    firmware: 'uefi',
    timezone: 'Europe/Paris',
    locale: 'fr_FR.UTF-8',
    packages: { add: ['vim-tiny'], remove: ['nano'] },
    services: { enable: ['ssh.service'], disable: ['cups.service'] },
    kernel: { 'command-line': ['audit=1', 'net.ifnames=0'] },
    ...more,
  });
}

const WRITERS = { preseed, kickstart, autoinstall, autoyast, agama };

describe('askedDisk', () => {
  it('runs the installer under the firmware of the image, and under BIOS when it has both', () => {
    expect(askedDisk({ firmware: 'uefi' }).firmware).toBe('uefi');
    expect(askedDisk({ firmware: 'both' }).firmware).toBe('bios');
  });
});

describe('what all answers say', () => {
  it.each(Object.entries(WRITERS))('%s: place, packages, kernel parameters, partitions', (_name, write) => {
    const text = write(definition());
    for (const fact of ['Europe/Paris', 'fr_FR', 'vim-tiny', 'cloud-init', 'audit=1 net.ifnames=0']) {
      // Subiquity's live system has cloud-init already, and installs it.
      if (fact !== 'cloud-init' || write !== autoinstall) {
        expect(text).toContain(fact);
      }
    }
  });

  it.each(Object.entries(WRITERS))('%s: no usable password', (_name, write) => {
    const text = write(definition());
    expect(text).not.toMatch(/\$[156y]\$/);
    expect(text).toMatch(
      /root-password-crypted password !|rootpw --lock|"users": \[\]|<user_password>!<|"password": "!"/,
    );
  });

  it.each(Object.entries(WRITERS))(
    '%s: every definition that is valid gives a text that holds',
    (name, write) => {
      const token = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.,:=/@%+-]{0,30}$/);
      fc.assert(
        fc.property(
          fc.array(token, { maxLength: 5 }),
          fc.constantFrom('bios', 'uefi'),
          (parameters, firmware) => {
            const text = write(definition({ firmware, kernel: { 'command-line': parameters } }));
            expect(text).toContain(parameters.join(' '));
            if (name === 'autoinstall') {
              expect(parseYaml(text)).toHaveProperty('autoinstall.version', 1);
            } else if (name === 'agama') {
              expect(JSON.parse(text)).toHaveProperty('product.id');
            }
          },
        ),
        { numRuns: 50 },
      );
    },
  );
});

describe('preseed', () => {
  it('is one line for each answer, each for the installer or a package', () => {
    for (const line of preseed(definition()).trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(d-i|tasksel|popularity-contest) [\w./-]+ (string|select|multiselect|boolean|password|note)( .*)?$/,
      );
    }
  });

  it('makes what the firmware needs to boot', () => {
    expect(preseed(definition())).toContain('method{ efi }');
    const bios = preseed(definition({ firmware: 'bios' }));
    expect(bios).toContain('method{ biosgrub }');
    expect(bios).not.toContain('method{ efi }');
  });
});

describe('autoinstall', () => {
  it('gives curtin the partition that grows as the last, and mounts parents first', () => {
    const { autoinstall: content } = parseYaml(autoinstall(definition())) as {
      autoinstall: { storage: { config: { type: string; size?: unknown; path?: string }[] } };
    };
    const partitions = content.storage.config.filter(({ type }) => type === 'partition');
    expect(partitions.map(({ size }) => size)).toEqual(['256M', -1]);
    const mounts = content.storage.config.filter(({ type }) => type === 'mount');
    expect(mounts.map(({ path }) => path)).toEqual(['/', '/boot/efi']);
  });

  it('leaves no shell between us and the kernel parameters', () => {
    expect(autoinstall(definition())).not.toMatch(/"(ba)?sh"/);
  });
});
