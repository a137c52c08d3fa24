/** Tags of RFC 9580 section 5 that begin a transferable key. */
const PUBLIC_KEY = 6;
const SECRET_KEY = 5;

interface Packet {
  readonly tag: number;
  /** Offset of the byte after it. */
  readonly end: number;
}

/**
 * Cuts a binary keyring into its keys, so that one that cannot be read does not hide the others.
 *
 * @returns the keys' bytes, and what is wrong with the bytes that belong to none
 */
export function splitKeys(bytes: Uint8Array): {
  readonly keys: readonly Uint8Array[];
  readonly rest: string | undefined;
} {
  const starts: number[] = [];
  let offset = 0;
  let rest: string | undefined;
  while (offset < bytes.length) {
    const packet = readPacket(bytes, offset);
    if (!packet) {
      rest = `no packet at byte ${offset}`;
      break;
    }
    if (packet.tag === PUBLIC_KEY || packet.tag === SECRET_KEY) {
      starts.push(offset);
    }
    offset = packet.end;
  }
  const keys = starts.map((start, index) => bytes.subarray(start, starts[index + 1] ?? offset));
  return { keys, rest: rest ?? (keys.length === 0 ? 'no key in it' : undefined) };
}

/** One packet's header (RFC 9580 section 4.2); undefined where there is none or it does not end. */
function readPacket(bytes: Uint8Array, offset: number): Packet | undefined {
  const first = bytes[offset] ?? 0;
  if ((first & 0x80) === 0) {
    return undefined;
  }
  const newFormat = (first & 0x40) !== 0;
  const tag = newFormat ? first & 0x3f : (first >> 2) & 0x0f;
  const body = newFormat ? newLength(bytes, offset + 1) : oldLength(bytes, offset + 1, first & 0x03);
  const end = body ? body.start + body.length : Number.NaN;
  return end <= bytes.length ? { tag, end } : undefined;
}

interface Body {
  readonly start: number;
  readonly length: number;
}

/** Partial lengths (224 to 254) belong to data packets only, never to keys. */
function newLength(bytes: Uint8Array, at: number): Body | undefined {
  const first = bytes[at] ?? 0;
  if (first < 192) {
    return { start: at + 1, length: first };
  }
  if (first < 224) {
    return { start: at + 2, length: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192 };
  }
  return first === 255 ? { start: at + 5, length: bigEndian(bytes, at + 1, 4) } : undefined;
}

function oldLength(bytes: Uint8Array, at: number, type: number): Body | undefined {
  const width = [1, 2, 4][type];
  return width === undefined ? undefined : { start: at + width, length: bigEndian(bytes, at, width) };
}

function bigEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index += 1) {
    value = value * 256 + (bytes[at + index] ?? 0);
  }
  return value;
}
