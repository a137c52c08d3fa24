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
  const handle = await open(file, 'r+');
  try {
    const { buffer } = await handle.read(
      Buffer.alloc(VMDK_DESCRIPTOR.length),
      0,
      VMDK_DESCRIPTOR.length,
      VMDK_DESCRIPTOR.start,
    );
    const text = buffer.toString('latin1');
    const match = /^CID=([0-9a-f]{1,8})\n/m.exec(text);
    if (!match) {
      throw new InternalError('qemu-img wrote no VMDK descriptor', { code: 'unexpected-vmdk' });
    }
    // As long as the old one, and never ffffffff, which stands for "none".
    const id = `1${identity(seed).toString('hex')}`.slice(0, match[1]?.length ?? 0);
    await handle.write(Buffer.from(id), 0, id.length, VMDK_DESCRIPTOR.start + match.index + 'CID='.length);
  } finally {
    await handle.close();
  }
}

function identity(seed: string): Buffer {
  return createHash('sha256').update(`${seed} export`).digest().subarray(0, 16);
}
