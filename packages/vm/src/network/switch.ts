import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Clock } from '@golden-image/host';
import { type Frame, type Mac, parseFrame } from './frames.ts';
import { type EchoReply, NetworkNode } from './node.ts';
import { type BlockedFlow, blockedFlow } from './policy.ts';
import { PortScan, type ScanRequest, type ScanResult } from './port-scan.ts';

const LOOPBACK = '127.0.0.1';
const MAX_BLOCKED = 50;

/** One ping: what was sent and which replies came; `fromGuest` counts those that can only be the guest's. */
export interface PingResult {
  readonly sent: number;
  readonly fromGuest: number;
  /** Replies with another source address, identifier or sequence: forged or strayed, never counted. */
  readonly others: number;
  /** The guest's address, undefined when it never used one. */
  readonly address: string | undefined;
}

/**
 * The virtual network between a guest's first NIC and QEMU's user-mode stack (slirp): both ends are QEMU `dgram`
 * netdevs, one UDP datagram on loopback a frame. This process is the switch: the host's node answers here, what the
 * guest may not reach stays here, and slirp never sees the node's pings (it would forge the replies).
 */
export class VirtualSwitch {
  readonly node = new NetworkNode();
  readonly #clock: Clock;
  readonly #guestMac: Mac;
  readonly #guestSide: Socket;
  readonly #uplinkSide: Socket;
  /** Ports of QEMU's two `dgram` ends. */
  readonly #qemuPorts: { readonly guest: number; readonly uplink: number };
  readonly #blocked: BlockedFlow[] = [];
  #address: string | undefined;

  private constructor(options: {
    readonly clock: Clock;
    readonly guestMac: Mac;
    readonly sockets: readonly [Socket, Socket];
    readonly qemuPorts: { readonly guest: number; readonly uplink: number };
    readonly address: string | undefined;
  }) {
    this.#clock = options.clock;
    this.#address = options.address;
    this.#guestMac = options.guestMac;
    [this.#guestSide, this.#uplinkSide] = options.sockets;
    this.#qemuPorts = options.qemuPorts;
    this.#guestSide.on('message', (bytes, from) => {
      if (from.port === this.#qemuPorts.guest) {
        this.#fromGuest(bytes);
      }
    });
    this.#uplinkSide.on('message', (bytes, from) => {
      if (from.port === this.#qemuPorts.uplink) {
        this.#send(this.#guestSide, bytes, this.#qemuPorts.guest);
      }
    });
  }

  /** A switch for the NIC with `guestMac`, whose address a fork already has; pass `qemuArgs` to QEMU. */
  static async create(clock: Clock, guestMac: Mac, address?: string): Promise<VirtualSwitch> {
    const sockets = [await boundSocket(), await boundSocket()] as const;
    const reserved = [await boundSocket(), await boundSocket()] as const;
    const qemuPorts = { guest: reserved[0].address().port, uplink: reserved[1].address().port };
    await Promise.all(reserved.map((socket) => closeSocket(socket)));
    return new VirtualSwitch({ clock, guestMac, sockets, qemuPorts, address });
  }

  /** QEMU's options for both ends; the NIC takes the netdev `net0`. */
  qemuArgs(sshPort: number): readonly string[] {
    return [
      ...['-netdev', dgram('net0', this.#qemuPorts.guest, this.#guestSide.address().port)],
      ...['-netdev', dgram('up0', this.#qemuPorts.uplink, this.#uplinkSide.address().port)],
      ...['-netdev', `user,id=slirp0,ipv6=off,hostfwd=tcp:${LOOPBACK}:${sshPort}-:22`],
      ...[
        '-netdev',
        'hubport,id=hub0a,hubid=0,netdev=up0',
        '-netdev',
        'hubport,id=hub0b,hubid=0,netdev=slirp0',
      ],
    ];
  }

  /** The address that the guest uses; undefined before it sent a packet from one. */
  get guestAddress(): string | undefined {
    return this.#address;
  }

  /** What the guest tried to reach and may not. */
  get blocked(): readonly BlockedFlow[] {
    return this.#blocked;
  }

  /** Sends `count` echo requests `gapMs` apart and waits at most `waitMs` for the last reply. */
  async ping(options: {
    readonly count: number;
    readonly gapMs: number;
    readonly waitMs: number;
    readonly signal: AbortSignal;
  }): Promise<PingResult> {
    const address = this.#address;
    if (address === undefined) {
      return { sent: 0, fromGuest: 0, others: 0, address };
    }
    const id = 1 + Math.floor(Math.random() * 0xfffe);
    const tally = new PingTally({ id, mac: this.#guestMac, ip: address });
    this.node.onEchoReply((reply) => tally.take(reply));
    try {
      for (let sequence = 1; sequence <= options.count; sequence += 1) {
        tally.expect(sequence);
        this.#toGuest(this.node.echoRequest(this.#guestMac, address, id, sequence));
        await this.#clock.sleep(options.gapMs, options.signal);
      }
      const step = 50;
      for (let waited = 0; waited < options.waitMs && tally.fromGuest < options.count; waited += step) {
        await this.#clock.sleep(step, options.signal);
      }
      return { sent: options.count, fromGuest: tally.fromGuest, others: tally.others, address };
    } finally {
      this.node.onEchoReply(undefined);
    }
  }

  /**
   * Tells which TCP ports of the guest take a connection from the host's node, and which UDP ports answer it.
   *
   * @throws Error when the guest never used an address
   */
  async scanPorts(request: ScanRequest): Promise<ScanResult> {
    const address = this.#address;
    if (address === undefined) {
      throw new Error('the guest has no address');
    }
    const scan = new PortScan({ source: this.node.identity.ip, target: address });
    this.node.onPacket((packet) => {
      for (const { protocol, payload } of scan.take(packet)) {
        this.#toGuest(this.node.packet(this.#guestMac, address, protocol, payload));
      }
    });
    try {
      for (const batch of scan.batches(request)) {
        for (const { protocol, payload } of batch) {
          this.#toGuest(this.node.packet(this.#guestMac, address, protocol, payload));
        }
        await this.#clock.sleep(request.gapMs, request.signal);
      }
      await this.#clock.sleep(request.waitMs, request.signal);
      return scan.result();
    } finally {
      this.node.onPacket(undefined);
    }
  }

  async close(): Promise<void> {
    await Promise.all([closeSocket(this.#guestSide), closeSocket(this.#uplinkSide)]);
  }

  #fromGuest(bytes: Buffer): void {
    const frame = parseFrame(bytes);
    if (!frame) {
      return;
    }
    this.#learn(frame);
    const answers = this.node.receive(frame);
    if (answers) {
      for (const answer of answers) {
        this.#toGuest(answer);
      }
      return;
    }
    const blocked = frame.ipv4 ? blockedFlow(frame.ipv4) : undefined;
    if (blocked) {
      if (this.#blocked.length < MAX_BLOCKED) {
        this.#blocked.push(blocked);
      }
      return;
    }
    this.#send(this.#uplinkSide, bytes, this.#qemuPorts.uplink);
  }

  #learn(frame: Frame): void {
    const source = frame.ipv4?.source ?? frame.arp?.senderIp;
    if (frame.source === this.#guestMac && source?.startsWith('10.0.2.')) {
      this.#address = source;
    }
  }

  #toGuest(bytes: Buffer): void {
    this.#send(this.#guestSide, bytes, this.#qemuPorts.guest);
  }

  #send(socket: Socket, bytes: Buffer, port: number): void {
    // Lost frames are a network's right: no error of a datagram matters here.
    socket.send(bytes, port, LOOPBACK, () => {});
  }
}

/** Counts replies that carry the guest's own addresses, our identifier and a sequence that was sent, each once. */
export class PingTally {
  readonly #expected: { readonly id: number; readonly mac: Mac; readonly ip: string };
  readonly #open = new Set<number>();
  #fromGuest = 0;
  #others = 0;

  constructor(expected: { readonly id: number; readonly mac: Mac; readonly ip: string }) {
    this.#expected = expected;
  }

  get fromGuest(): number {
    return this.#fromGuest;
  }

  get others(): number {
    return this.#others;
  }

  expect(sequence: number): void {
    this.#open.add(sequence);
  }

  take(reply: EchoReply): void {
    const { id, mac, ip } = this.#expected;
    const genuine = reply.sourceMac === mac && reply.sourceIp === ip && reply.id === id;
    if (genuine && this.#open.delete(reply.sequence)) {
      this.#fromGuest += 1;
    } else {
      this.#others += 1;
    }
  }
}

function dgram(id: string, local: number, remote: number): string {
  return [
    `dgram,id=${id}`,
    `local.type=inet,local.host=${LOOPBACK},local.port=${local}`,
    `remote.type=inet,remote.host=${LOOPBACK},remote.port=${remote}`,
  ].join(',');
}

async function boundSocket(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  socket.on('error', () => {});
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  return socket;
}

function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}
