import { describe, expect, it } from '@jest/globals';
import {
  arpFrame,
  BROADCAST,
  icmpEcho,
  ipv4Frame,
  PROTOCOL,
  parseEcho,
  parseFrame,
  parseUdp,
  udpDatagram,
} from './frames.ts';
import { NetworkNode, NODE } from './node.ts';
import { PingTally } from './switch.ts';

const GUEST = { mac: '52:54:00:12:34:56', ip: '10.0.2.15' };
/** slirp's own address: what it forges comes from there. */
const SLIRP_MAC = '52:55:0a:00:02:02';

function frame(bytes: Buffer) {
  const parsed = parseFrame(bytes);
  if (!parsed) {
    throw new Error('not a frame');
  }
  return parsed;
}

function fromGuest(protocol: number, target: string, payload: Buffer, mac = NODE.mac): Buffer {
  return ipv4Frame(GUEST.mac, mac, { protocol, source: GUEST.ip, target, payload });
}

/** A query as glibc sends it, with an EDNS record behind the question. */
function query(name: string, type: number): Buffer {
  const head = Buffer.from('abcd01200001000000000001', 'hex');
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const edns = Buffer.from('0000290200000000000000', 'hex');
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, type, 0, 1]), edns]);
}

describe('the node on the virtual network', () => {
  it('answers ARP for its own address only', () => {
    const ask = (targetIp: string): Buffer =>
      arpFrame(GUEST.mac, BROADCAST, {
        operation: 1,
        senderMac: GUEST.mac,
        senderIp: GUEST.ip,
        targetMac: '00:00:00:00:00:00',
        targetIp,
      });
    const node = new NetworkNode();
    const [reply] = node.receive(frame(ask(NODE.ip))) ?? [];
    expect(reply && frame(reply).arp).toMatchObject({ operation: 2, senderMac: NODE.mac, senderIp: NODE.ip });
    expect(node.receive(frame(ask('10.0.2.2')))).toBeUndefined();
  });

  it('answers an echo request and counts it', () => {
    const node = new NetworkNode();
    const request = icmpEcho({ type: 8, id: 5, sequence: 2, payload: Buffer.from('data') });
    const [reply] = node.receive(frame(fromGuest(PROTOCOL.icmp, NODE.ip, request))) ?? [];
    const packet = reply && frame(reply).ipv4;
    expect(packet && parseEcho(packet)).toMatchObject({ type: 0, id: 5, sequence: 2 });
    expect(node.statistics.echoRequests).toBe(1);
  });

  it.each([
    [NODE.name, 1, NODE.ip],
    [NODE.name, 28, undefined],
    ['nowhere.fvt.test', 1, undefined],
  ])('answers DNS for %s type %i in the place of the server asked', (name, type, address) => {
    const node = new NetworkNode();
    const payload = udpDatagram({ sourcePort: 40_000, targetPort: 53, payload: query(name, type) });
    const server = '52:55:0a:00:02:03';
    const [reply] = node.receive(frame(fromGuest(PROTOCOL.udp, '10.0.2.3', payload, server))) ?? [];
    const packet = reply && frame(reply).ipv4;
    expect(packet).toMatchObject({ source: '10.0.2.3', target: GUEST.ip });
    const message = packet && parseUdp(packet)?.payload;
    expect(message?.readUInt16BE(0)).toBe(0xabcd);
    expect(message?.readUInt16BE(6)).toBe(address ? 1 : 0);
    expect((message?.readUInt16BE(2) ?? 0) & 0xf).toBe(name === NODE.name ? 0 : 3);
    if (address) {
      expect([...(message?.subarray(-4) ?? [])].join('.')).toBe(address);
    }
    expect(node.statistics.dnsQueries).toEqual([name]);
  });

  it('lets other names and other traffic go on', () => {
    const node = new NetworkNode();
    const payload = udpDatagram({ sourcePort: 40_000, targetPort: 53, payload: query('example.org', 1) });
    const other = '52:55:0a:00:02:03';
    expect(node.receive(frame(fromGuest(PROTOCOL.udp, '10.0.2.3', payload, other)))).toBeUndefined();
    expect(node.statistics.dnsQueries).toEqual([]);
  });
});

describe('counting replies', () => {
  const reply = { sourceMac: GUEST.mac, sourceIp: GUEST.ip, id: 9, sequence: 1, ttl: 64 };

  it("counts the guest's own, each sequence once", () => {
    const tally = new PingTally({ id: 9, mac: GUEST.mac, ip: GUEST.ip });
    tally.expect(1);
    tally.take(reply);
    tally.take(reply);
    expect([tally.fromGuest, tally.others]).toEqual([1, 1]);
  });

  it.each([
    ['forged by slirp', { ...reply, sourceMac: SLIRP_MAC, sequence: 0, ttl: 255 }],
    ['from another MAC with a right sequence', { ...reply, sourceMac: SLIRP_MAC }],
    ['from another address', { ...reply, sourceIp: '10.0.2.2' }],
    ['with another identifier', { ...reply, id: 8 }],
    ['with a sequence never sent', { ...reply, sequence: 2 }],
  ])('does not count one %s', (_what, forged) => {
    const tally = new PingTally({ id: 9, mac: GUEST.mac, ip: GUEST.ip });
    tally.expect(1);
    tally.take(forged);
    expect([tally.fromGuest, tally.others]).toEqual([0, 1]);
  });
});
