import { UserError } from '@golden-image/host';
import type { Definition } from './schema.ts';

/**
 * The definition with the firmware that its architecture has: machines of arm64 have no BIOS, so that `both` is `uefi`.
 *
 * @throws UserError `invalid-definition`
 */
export function withFirmware(definition: Definition): Definition {
  const { architecture, firmware } = definition;
  if (architecture === 'amd64' || firmware === 'uefi') {
    return definition;
  }
  if (firmware === 'bios') {
    throw new UserError(`The definition's firmware: machines of ${architecture} have no BIOS`, {
      code: 'invalid-definition',
      fix: 'Leave `firmware` out of the definition, or say `uefi`.',
    });
  }
  return { ...definition, firmware: 'uefi' };
}
