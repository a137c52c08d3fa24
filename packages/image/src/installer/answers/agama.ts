import type { Definition } from '../../definition/schema.ts';
import { type AskedDisk, askedDisk, ESP_MIB } from './layout.ts';

/** Agama's id of the product that a distribution's medium installs. */
const PRODUCTS: Readonly<Partial<Record<Definition['distribution'], string>>> = {
  sles: 'SLES',
  'opensuse-leap': 'openSUSE_Leap',
};

/** The answers for Agama (SLES 16, Leap 16). Source: Agama's profile.schema.json and storage.schema.json. */
export function agama(definition: Definition): string {
  const disk = askedDisk(definition);
  const { locale, timezone, packages, kernel, distribution } = definition;
  const parameters = kernel['command-line'].join(' ');
  return `${JSON.stringify(
    {
      product: { id: PRODUCTS[distribution] ?? distribution },
      localization: { language: locale, keyboard: 'us', timezone },
      software: { onlyRequired: true, packages: ['cloud-init', 'openssh', ...packages.add] },
      bootloader: { timeout: 0, ...(parameters === '' ? {} : { extraKernelParams: parameters }) },
      storage: { drives: [{ search: '/dev/vda', ptableType: 'gpt', partitions: partitions(disk) }] },
      // A hash that no password has: root stays locked, cloud-init makes the users.
      root: { hashedPassword: true, password: '!' },
      questions: { policy: 'auto' },
    },
    null,
    2,
  )}\n`;
}

function partitions({ firmware, filesystem }: AskedDisk): readonly object[] {
  return [
    firmware === 'bios'
      ? { id: 'bios_boot', size: '1 MiB' }
      : { id: 'esp', size: `${ESP_MIB} MiB`, filesystem: { path: '/boot/efi', type: 'vfat' } },
    { size: { min: '1 GiB' }, filesystem: { path: '/', type: filesystem } },
  ];
}
