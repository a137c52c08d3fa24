import { answer, parseQuestion } from './dns.ts';
import {
  arpFrame,
  type Frame,
  type Ipv4,
  icmpEcho,
  ipv4Frame,
  type Mac,
  PROTOCOL,
  parseEcho,
  parseUdp,
  udpDatagram,
} from './frames.ts';

/** Where the host's own node is found on the guest's network. */
export interface NodeIdentity {
  readonly mac: Mac;
  readonly ip: string;
  /** The name that the network's DNS gives it; `nowhere.` below the same zone does not exist. */
  readonly name: string;
}

export const NODE: NodeIdentity = { mac: '52:54:00:fe:ed:01', ip: '10.0.2.100', name: 'target.fvt.test' };

/** The zone answered here; RFC 6761 keeps `.test` out of the real DNS. */
const ZONE = 'fvt.test';

/** One echo reply, as it came. */
export interface EchoReply {
  readonly sourceMac: Mac;
  readonly sourceIp: string;
  readonly id: number;
  readonly sequence: number;
  readonly ttl: number;
}

/** What the guest did towards the node. */
export interface NodeStatistics {
  /** Echo requests received from the guest. */
  readonly echoRequests: number;
  /** Names of the zone that the guest asked for, in order, at most 100. */
  readonly dnsQueries: readonly string[];
}

/**
 * One host on the guest's network: answers ARP and ICMP echo for its address, and DNS for its zone, whatever server
 * the guest asks. Pure apart from its statistics: frames in, frames out.
 */
export class NetworkNode {
  readonly identity: NodeIdentity;
  #echoRequests = 0;
  readonly #dnsQueries: string[] = [];
  #onReply: ((reply: EchoReply) => void) | undefined;
  #onPacket: ((packet: Ipv4) => void) | undefined;

  constructor(identity: NodeIdentity = NODE) {
    this.identity = identity;
  }

  get statistics(): NodeStatistics {
    return { echoRequests: this.#echoRequests, dnsQueries: [...this.#dnsQueries] };
  }

  /** Echo replies addressed to the node go to `listener` from now on. */
  onEchoReply(listener: ((reply: EchoReply) => void) | undefined): void {
    this.#onReply = listener;
  }

  /** Other packets addressed to the node go to `listener` from now on. */
  onPacket(listener: ((packet: Ipv4) => void) | undefined): void {
    this.#onPacket = listener;
  }

  /** A packet from the node to `ip` at `mac`. */
  packet(mac: Mac, ip: string, protocol: number, payload: Buffer): Buffer {
    return ipv4Frame(this.identity.mac, mac, { protocol, source: this.identity.ip, target: ip, payload });
  }

  /** An echo request to `ip` at `mac`. */
  echoRequest(mac: Mac, ip: string, id: number, sequence: number): Buffer {
    const payload = icmpEcho({ type: 8, id, sequence, payload: Buffer.from('golden-image-fvt') });
    return ipv4Frame(this.identity.mac, mac, {
      protocol: PROTOCOL.icmp,
      source: this.identity.ip,
      target: ip,
      payload,
    });
  }

  /** The frames that answer `frame`; undefined when it is none of the node's business and should go on its way. */
  receive(frame: Frame): readonly Buffer[] | undefined {
    const { mac, ip } = this.identity;
    if (frame.arp?.targetIp === ip) {
      return frame.arp.operation === 1 ? [this.#arpReply(frame)] : [];
    }
    const query = frame.ipv4 ? this.#dns(frame, frame.ipv4) : undefined;
    if (query) {
      return [query];
    }
    if (frame.target === mac || frame.ipv4?.target === ip) {
      return frame.ipv4?.target === ip ? this.#packet(frame, frame.ipv4) : [];
    }
    return undefined;
  }

  #arpReply(frame: Frame): Buffer {
    const { mac, ip } = this.identity;
    return arpFrame(mac, frame.source, {
      operation: 2,
      senderMac: mac,
      senderIp: ip,
      targetMac: frame.source,
      targetIp: frame.arp?.senderIp ?? '0.0.0.0',
    });
  }

  #packet(frame: Frame, packet: Ipv4): readonly Buffer[] {
    const echo = parseEcho(packet);
    if (echo?.type === 8) {
      this.#echoRequests += 1;
      const payload = icmpEcho({ ...echo, type: 0 });
      const reply = { protocol: PROTOCOL.icmp, source: packet.target, target: packet.source, payload };
      return [ipv4Frame(this.identity.mac, frame.source, reply)];
    }
    if (echo?.type === 0) {
      const { id, sequence } = echo;
      this.#onReply?.({
        sourceMac: frame.source,
        sourceIp: packet.source,
        id,
        sequence,
        ttl: packet.ttl,
      });
    } else {
      this.#onPacket?.(packet);
    }
    return [];
  }

  /** Answers a question about the zone in the place of the server that was asked. */
  #dns(frame: Frame, packet: Ipv4): Buffer | undefined {
    const udp = parseUdp(packet);
    const question = udp?.targetPort === 53 ? parseQuestion(udp.payload) : undefined;
    if (!udp || !question || !(question.name === ZONE || question.name.endsWith(`.${ZONE}`))) {
      return undefined;
    }
    if (this.#dnsQueries.length < 100) {
      this.#dnsQueries.push(question.name);
    }
    const address = question.name === this.identity.name ? this.identity.ip : undefined;
    const payload = udpDatagram({
      sourcePort: 53,
      targetPort: udp.sourcePort,
      payload: answer(udp.payload, question, address),
    });
    return ipv4Frame(frame.target, frame.source, {
      protocol: PROTOCOL.udp,
      source: packet.target,
      target: packet.source,
      payload,
    });
  }
}
