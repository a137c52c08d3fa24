import { UserError } from '@golden-image/host';
import type { ByteSource } from './block-source.ts';

/** What a medium is, told from its first and last bytes. */
export type MediumFormat = 'iso' | 'qcow2' | 'vhd' | 'vhdx' | 'vmdk' | 'raw' | 'xz' | 'zstd' | 'gzip';

const MAGICS: readonly (readonly [MediumFormat, number, string])[] = [
  ['qcow2', 0, '514649fb'],
  ['vhdx', 0, '7668647866696c65'],
  ['vmdk', 0, '4b444d56'],
  ['xz', 0, 'fd377a585a00'],
  ['zstd', 0, '28b52ffd'],
  ['gzip', 0, '1f8b08'],
  ['vhd', 0, '636f6e6563746978'],
];

/**
 * Tells a disk image's format. A dynamic VHD begins with its footer's copy, a fixed one has the footer at its end only;
 * a raw disk has the signature of a partition table in its first sector.
 *
 * @throws UserError `unknown-medium`, `unsafe-disk-image`
 */
export async function diskImageFormat(source: ByteSource): Promise<MediumFormat> {
  const head = await source.read(0, 512);
  for (const [format, offset, magic] of MAGICS) {
    if (head.toString('hex', offset, offset + magic.length / 2) === magic) {
      if (format === 'qcow2') {
        checkQcow2(head, source.size);
      }
      return format;
    }
  }
  const footer = await source.read(Math.max(0, source.size - 512), 8);
  if (footer.toString('latin1') === 'conectix') {
    return 'vhd';
  }
  if (head.length === 512 && head.readUInt16BE(510) === 0x55aa) {
    return 'raw';
  }
  throw new UserError('The medium is neither an ISO 9660 image nor a disk image of a known format', {
    code: 'unknown-medium',
    fix: 'Pass an ISO, or a qcow2, raw or VHD disk image (also compressed by xz, zstd or gzip).',
  });
}

/** Header of qcow2 (QEMU, docs/interop/qcow2.rst): a vendor's image stands alone, and reads no file of the host. */
function checkQcow2(head: Buffer, size: number): void {
  const version = head.length >= 72 ? head.readUInt32BE(4) : 0;
  const backing = version >= 2 ? head.readBigUInt64BE(8) : 0n;
  const features = version >= 3 && head.length >= 104 ? head.readBigUInt64BE(72) : 0n;
  const externalData = (features & 4n) !== 0n;
  if ((version !== 2 && version !== 3) || size < 72) {
    throw unsafe(`its qcow2 header has version ${version}`);
  }
  if (backing !== 0n || externalData) {
    throw unsafe('it refers to another file on the host');
  }
}

function unsafe(reason: string): UserError {
  return new UserError(`The disk image cannot be accepted: ${reason}`, {
    code: 'unsafe-disk-image',
    fix: 'Use a self-contained image, as vendors publish them.',
  });
}
