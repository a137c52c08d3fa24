import { type Ipv4, PROTOCOL } from './frames.ts';

/** What a guest tried to reach and was not let through to. */
export interface BlockedFlow {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'other';
  readonly target: string;
  readonly port: number;
}

/** slirp's address for the host itself: what listens on the runner's loopback answers there. */
const GATEWAY = '10.0.2.2';

/**
 * Why a guest's packet stays inside, if it does. A guest is not trusted: it must reach neither the services of the
 * runner (slirp maps 10.0.2.2 to its loopback) nor the runner's own cloud metadata service (169.254.0.0/16).
 */
export function blockedFlow(packet: Ipv4): BlockedFlow | undefined {
  const { target, payload } = packet;
  const transport = packet.protocol === PROTOCOL.tcp || packet.protocol === PROTOCOL.udp;
  const port = transport && payload.length >= 4 ? payload.readUInt16BE(2) : 0;
  const flow: BlockedFlow = { protocol: protocolName(packet.protocol), target, port };
  if (target.startsWith('169.254.') || target.startsWith('127.')) {
    return flow;
  }
  if (target !== GATEWAY) {
    return undefined;
  }
  if (packet.protocol === PROTOCOL.tcp) {
    // Answers of the guest's sshd to forwarded connections go there; connections that it opens do not.
    const flags = payload[13] ?? 0;
    const opens = (flags & 0x12) === 0x02; // SYN without ACK
    return opens ? flow : undefined;
  }
  const isDhcp = packet.protocol === PROTOCOL.udp && port === 67;
  return isDhcp || packet.protocol === PROTOCOL.icmp ? undefined : flow;
}

function protocolName(protocol: number): BlockedFlow['protocol'] {
  const names: Readonly<Record<number, BlockedFlow['protocol']>> = { 1: 'icmp', 6: 'tcp', 17: 'udp' };
  return names[protocol] ?? 'other';
}
