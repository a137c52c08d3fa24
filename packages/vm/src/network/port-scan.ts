import { type Ipv4, PROTOCOL, parseTcp, parseUdp, TCP_FLAGS, tcpSegment, udpDatagram } from './frames.ts';

/** What to try, and how fast. */
export interface ScanRequest {
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  /** Packets between two pauses. */
  readonly batch: number;
  /** Length of a pause, in milliseconds. */
  readonly gapMs: number;
  /** How long answers are waited for at the end, in milliseconds. */
  readonly waitMs: number;
  /** How often a port that has not answered is tried; at least 1. */
  readonly rounds: number;
  readonly signal: AbortSignal;
}

/** What a scan brought. */
export interface ScanResult {
  /** Ports that took a connection, ascending. */
  readonly openTcp: readonly number[];
  /** Ports that answered, ascending; a service that stays silent to what it does not understand is not among them. */
  readonly openUdp: readonly number[];
  /** How many TCP ports refused, and how many stayed silent (filtered). */
  readonly closed: number;
  readonly silent: number;
}

/** A packet to be sent. */
export interface ScanPacket {
  readonly protocol: number;
  readonly payload: Buffer;
}

const SOURCE_PORT = 61_000;
const SEQUENCE = 0x5ca1ab1e;

/** The bookkeeping of a SYN scan; pure: packets in, packets out. */
export class PortScan {
  readonly #source: string;
  readonly #target: string;
  readonly #openTcp = new Set<number>();
  readonly #closedTcp = new Set<number>();
  readonly #openUdp = new Set<number>();
  #tried: readonly number[] = [];

  constructor(addresses: { readonly source: string; readonly target: string }) {
    this.#source = addresses.source;
    this.#target = addresses.target;
  }

  /** Packets to be sent, in batches; later rounds try only what has not answered by then. */
  *batches(request: ScanRequest): Generator<readonly ScanPacket[]> {
    this.#tried = request.tcp;
    for (let round = 0; round < request.rounds; round += 1) {
      const tcp = request.tcp.filter((port) => !this.#openTcp.has(port) && !this.#closedTcp.has(port));
      const udp = request.udp.filter((port) => !this.#openUdp.has(port));
      const packets = [...udp.map((port) => this.#datagram(port)), ...tcp.map((port) => this.#syn(port))];
      for (let at = 0; at < packets.length; at += request.batch) {
        yield packets.slice(at, at + request.batch);
      }
    }
  }

  /** Takes an answer; returns what is to be sent back: a half-open connection is reset. */
  take(packet: Ipv4): readonly ScanPacket[] {
    if (packet.source !== this.#target) {
      return [];
    }
    const udp = parseUdp(packet);
    if (udp?.targetPort === SOURCE_PORT) {
      this.#openUdp.add(udp.sourcePort);
    }
    const tcp = parseTcp(packet);
    if (!tcp || tcp.targetPort !== SOURCE_PORT || tcp.acknowledgement !== SEQUENCE + 1) {
      return [];
    }
    if ((tcp.flags & TCP_FLAGS.rst) !== 0) {
      this.#closedTcp.add(tcp.sourcePort);
      return [];
    }
    if ((tcp.flags & (TCP_FLAGS.syn | TCP_FLAGS.ack)) !== (TCP_FLAGS.syn | TCP_FLAGS.ack)) {
      return [];
    }
    this.#openTcp.add(tcp.sourcePort);
    return [this.#segment(tcp.sourcePort, SEQUENCE + 1, TCP_FLAGS.rst)];
  }

  result(): ScanResult {
    const open = this.#openTcp.size;
    const closed = this.#closedTcp.size;
    return {
      openTcp: [...this.#openTcp].sort((a, b) => a - b),
      openUdp: [...this.#openUdp].sort((a, b) => a - b),
      closed,
      silent: this.#tried.length - open - closed,
    };
  }

  #syn(port: number): ScanPacket {
    return this.#segment(port, SEQUENCE, TCP_FLAGS.syn);
  }

  #segment(targetPort: number, sequence: number, flags: number): ScanPacket {
    const header = { sourcePort: SOURCE_PORT, targetPort, sequence, acknowledgement: 0, flags };
    return { protocol: PROTOCOL.tcp, payload: tcpSegment(header, this.#source, this.#target) };
  }

  #datagram(targetPort: number): ScanPacket {
    const payload = udpDatagram({ sourcePort: SOURCE_PORT, targetPort, payload: Buffer.from('\r\n') });
    return { protocol: PROTOCOL.udp, payload };
  }
}
