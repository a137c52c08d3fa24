import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { InternalError } from '@golden-image/host';

/** Seconds from 1970 to the epoch of VHD, 2000-01-01. */
const VHD_EPOCH = 946_684_800;
const FOOTER = 512;
/** Where qemu's vmdk writer puts the text that describes the disk: behind the header's sector, at most this long. */
const VMDK_DESCRIPTOR = { start: 512, length: 20 * 512 };

/**
 * qemu-img gives each VHD a random identity and the time of now; this makes both follow from the disk.
 * Source: Virtual Hard Disk Image Format Specification 1.0, "Hard Disk Footer Format".
 */
export async function fixVhdFooter(file: string, epoch: number, seed: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    const footer = Buffer.alloc(FOOTER);
    await handle.read(footer, 0, FOOTER, size - FOOTER);
    if (footer.toString('latin1', 0, 8) !== 'conectix') {
      throw new InternalError('qemu-img wrote no VHD footer', { code: 'unexpected-vhd' });
    }
    await handle.write(vhdFooter(footer, epoch, seed), 0, FOOTER, size - FOOTER);
  } finally {
    await handle.close();
  }
}

/** The footer with time stamp, unique id and checksum put right. */
export function vhdFooter(original: Uint8Array, epoch: number, seed: string): Buffer {
  const footer = Buffer.from(original);
  footer.writeUInt32BE(Math.max(0, epoch - VHD_EPOCH), 24);
  identity(seed).copy(footer, 68);
  footer.writeUInt32BE(0, 64);
  const sum = footer.reduce((total, byte) => total + byte, 0);
  footer.writeUInt32BE(~sum >>> 0, 64);
  return footer;
}

/** qemu-img gives each VMDK a random content id (`CID`); this makes it follow from the disk. */
export async function fixVmdkIdentity(file: string, seed: string): Promise<void> {
  const { start, length } = VMDK_DESCRIPTOR;
  const handle = await open(file, 'r+');
  try {
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
    await handle.write(vmdkDescriptor(buffer, seed), 0, length, start);
  } finally {
    await handle.close();
  }
}

/**
 * The descriptor's sectors with a content id of eight digits. qemu-img prints the random number without leading
 * zeros, so that the text behind it moves, at the cost of the padding.
 *
 * @throws InternalError `unexpected-vmdk`
 */
export function vmdkDescriptor(original: Uint8Array, seed: string): Buffer {
  const text = Buffer.from(original).toString('latin1').replace(/\0+$/, '');
  // A first digit that is not f: ffffffff stands for "none".
  const id = `1${identity(seed).toString('hex')}`.slice(0, 8);
  const fixed = text.replace(/^CID=[0-9a-f]{1,8}$/m, `CID=${id}`);
  if (!fixed.includes(`\nCID=${id}\n`) || fixed.length > original.length) {
    throw new InternalError('qemu-img wrote no VMDK descriptor', { code: 'unexpected-vmdk' });
  }
  const padded = Buffer.alloc(original.length);
  padded.write(fixed, 'latin1');
  return padded;
}

function identity(seed: string): Buffer {
  return createHash('sha256').update(`${seed} export`).digest().subarray(0, 16);
}
