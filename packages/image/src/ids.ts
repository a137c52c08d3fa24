import { createHash } from 'node:crypto';

/** A UUID (version 8, RFC 9562) that is the same for the same seed and label. */
export function derivedUuid(seed: string, label: string): string {
  const bytes = createHash('sha256').update(`${seed}\0${label}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A FAT volume id: 8 hex digits. */
export function derivedVolumeId(seed: string): string {
  return createHash('sha256').update(`${seed}\0fat`).digest('hex').slice(0, 8).toUpperCase();
}
