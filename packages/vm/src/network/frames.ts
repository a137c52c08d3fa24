/** Ethernet, ARP, IPv4, ICMP echo and UDP: just enough to be one polite host on a virtual network (RFC 826, 791, 792, 768). */

/** Lower-case hex with colons, e.g. `52:54:00:12:34:56`. */
export type Mac = string;

export const BROADCAST: Mac = 'ff:ff:ff:ff:ff:ff';

export interface Ipv4 {
  readonly protocol: number;
  readonly ttl: number;
  readonly source: string;
  readonly target: string;
  readonly payload: Buffer;
}

export interface Arp {
  /** 1 request, 2 reply. */
  readonly operation: number;
  readonly senderMac: Mac;
  readonly senderIp: string;
  readonly targetMac: Mac;
  readonly targetIp: string;
}

export interface Frame {
  readonly target: Mac;
  readonly source: Mac;
  readonly arp?: Arp;
  readonly ipv4?: Ipv4;
}

export interface IcmpEcho {
  /** 8 request, 0 reply. */
  readonly type: number;
  readonly id: number;
  readonly sequence: number;
  readonly payload: Buffer;
}

export interface Udp {
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly payload: Buffer;
}

export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;
const ETHERTYPE = { ipv4: 0x0800, arp: 0x0806 } as const;

/** A frame's addresses and, where it is well formed, its ARP or IPv4 content. Undefined for what is no frame. */
export function parseFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 14) {
    return undefined;
  }
  const base = { target: macAt(bytes, 0), source: macAt(bytes, 6) };
  const type = bytes.readUInt16BE(12);
  const rest = bytes.subarray(14);
  if (type === ETHERTYPE.arp && rest.length >= 28) {
    return { ...base, arp: parseArp(rest) };
  }
  const ipv4 = type === ETHERTYPE.ipv4 ? parseIpv4(rest) : undefined;
  return ipv4 ? { ...base, ipv4 } : base;
}

function parseArp(bytes: Buffer): Arp {
  return {
    operation: bytes.readUInt16BE(6),
    senderMac: macAt(bytes, 8),
    senderIp: ipAt(bytes, 14),
    targetMac: macAt(bytes, 18),
    targetIp: ipAt(bytes, 24),
  };
}

function parseIpv4(bytes: Buffer): Ipv4 | undefined {
  const headerBytes = ((bytes[0] ?? 0) & 0x0f) * 4;
  if (bytes.length < 20 || (bytes[0] ?? 0) >> 4 !== 4 || headerBytes < 20) {
    return undefined;
  }
  const total = bytes.readUInt16BE(2);
  if (total < headerBytes || total > bytes.length) {
    return undefined;
  }
  return {
    ttl: bytes.readUInt8(8),
    protocol: bytes.readUInt8(9),
    source: ipAt(bytes, 12),
    target: ipAt(bytes, 16),
    payload: bytes.subarray(headerBytes, total),
  };
}

/** An ICMP echo request or reply with a valid checksum. */
export function parseEcho(packet: Ipv4): IcmpEcho | undefined {
  const { payload } = packet;
  const echo = payload[0] === 8 || payload[0] === 0;
  if (packet.protocol !== PROTOCOL.icmp || payload.length < 8 || !echo || checksum(payload) !== 0) {
    return undefined;
  }
  return {
    type: payload.readUInt8(0),
    id: payload.readUInt16BE(4),
    sequence: payload.readUInt16BE(6),
    payload: payload.subarray(8),
  };
}

export function parseUdp(packet: Ipv4): Udp | undefined {
  const { payload } = packet;
  if (packet.protocol !== PROTOCOL.udp || payload.length < 8) {
    return undefined;
  }
  return {
    sourcePort: payload.readUInt16BE(0),
    targetPort: payload.readUInt16BE(2),
    payload: payload.subarray(8, Math.max(8, payload.readUInt16BE(4))),
  };
}

export function arpFrame(source: Mac, target: Mac, arp: Arp): Buffer {
  const body = Buffer.alloc(28);
  body.writeUInt16BE(1, 0);
  body.writeUInt16BE(ETHERTYPE.ipv4, 2);
  body.writeUInt8(6, 4);
  body.writeUInt8(4, 5);
  body.writeUInt16BE(arp.operation, 6);
  macBytes(arp.senderMac).copy(body, 8);
  ipBytes(arp.senderIp).copy(body, 14);
  macBytes(arp.targetMac).copy(body, 18);
  ipBytes(arp.targetIp).copy(body, 24);
  return ethernet(source, target, ETHERTYPE.arp, body);
}

export function ipv4Frame(source: Mac, target: Mac, packet: Omit<Ipv4, 'ttl'>): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + packet.payload.length, 2);
  header.writeUInt8(64, 8);
  header.writeUInt8(packet.protocol, 9);
  ipBytes(packet.source).copy(header, 12);
  ipBytes(packet.target).copy(header, 16);
  header.writeUInt16BE(checksum(header), 10);
  return ethernet(source, target, ETHERTYPE.ipv4, Buffer.concat([header, packet.payload]));
}

export function icmpEcho(echo: IcmpEcho): Buffer {
  const bytes = Buffer.alloc(8 + echo.payload.length);
  bytes.writeUInt8(echo.type, 0);
  bytes.writeUInt16BE(echo.id, 4);
  bytes.writeUInt16BE(echo.sequence, 6);
  echo.payload.copy(bytes, 8);
  bytes.writeUInt16BE(checksum(bytes), 2);
  return bytes;
}

/** UDP without a checksum, which IPv4 allows. */
export function udpDatagram(udp: Udp): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(udp.sourcePort, 0);
  header.writeUInt16BE(udp.targetPort, 2);
  header.writeUInt16BE(8 + udp.payload.length, 4);
  return Buffer.concat([header, udp.payload]);
}

/** Flags of a TCP header (RFC 9293). */
export const TCP_FLAGS = { fin: 0x01, syn: 0x02, rst: 0x04, ack: 0x10 } as const;

export interface TcpHeader {
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
}

/** The header of a TCP segment; undefined for what is none. */
export function parseTcp(packet: Ipv4): TcpHeader | undefined {
  const { payload } = packet;
  if (packet.protocol !== PROTOCOL.tcp || payload.length < 20) {
    return undefined;
  }
  return {
    sourcePort: payload.readUInt16BE(0),
    targetPort: payload.readUInt16BE(2),
    sequence: payload.readUInt32BE(4),
    acknowledgement: payload.readUInt32BE(8),
    flags: payload.readUInt8(13),
  };
}

/** A TCP segment without data; its checksum covers the addresses too. */
export function tcpSegment(header: TcpHeader, source: string, target: string): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16BE(header.sourcePort, 0);
  bytes.writeUInt16BE(header.targetPort, 2);
  bytes.writeUInt32BE(header.sequence >>> 0, 4);
  bytes.writeUInt32BE(header.acknowledgement >>> 0, 8);
  bytes.writeUInt8(0x50, 12);
  bytes.writeUInt8(header.flags, 13);
  bytes.writeUInt16BE(1024, 14);
  const pseudo = Buffer.concat([
    ipBytes(source),
    ipBytes(target),
    Buffer.from([0, PROTOCOL.tcp, 0, bytes.length]),
  ]);
  bytes.writeUInt16BE(checksum(Buffer.concat([pseudo, bytes])), 16);
  return bytes;
}

/** The Internet checksum (RFC 1071); 0 over data that carries a right one. */
export function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 2) {
    sum += ((bytes[index] ?? 0) << 8) + (bytes[index + 1] ?? 0);
  }
  while (sum > 0xffff) {
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return ~sum & 0xffff;
}

function ethernet(source: Mac, target: Mac, type: number, body: Buffer): Buffer {
  const header = Buffer.alloc(14);
  macBytes(target).copy(header, 0);
  macBytes(source).copy(header, 6);
  header.writeUInt16BE(type, 12);
  const frame = Buffer.concat([header, body]);
  // The shortest Ethernet frame without its check sequence.
  return frame.length < 60 ? Buffer.concat([frame, Buffer.alloc(60 - frame.length)]) : frame;
}

function macAt(bytes: Buffer, offset: number): Mac {
  const hex = bytes.toString('hex', offset, offset + 6);
  return hex.match(/../g)?.join(':') ?? '';
}

function macBytes(mac: Mac): Buffer {
  return Buffer.from(mac.replaceAll(':', ''), 'hex');
}

function ipAt(bytes: Buffer, offset: number): string {
  return [...bytes.subarray(offset, offset + 4)].join('.');
}

function ipBytes(ip: string): Buffer {
  return Buffer.from(ip.split('.').map(Number));
}
