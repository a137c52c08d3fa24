import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checksum, type Ipv4, PROTOCOL, parseTcp, TCP_FLAGS, tcpSegment, udpDatagram } from './frames.ts';
import { PortScan, type ScanPacket } from './port-scan.ts';

const SOURCE = '10.0.2.100';
const TARGET = '10.0.2.15';
const { signal } = new AbortController();
const request = { tcp: [22, 80, 443], udp: [53], batch: 2, gapMs: 0, waitMs: 0, rounds: 2, signal };

function reply(packet: ScanPacket, flags: number, change: Partial<Ipv4> = {}): Ipv4 {
  const sent = parseTcp({
    ...change,
    protocol: PROTOCOL.tcp,
    ttl: 64,
    source: SOURCE,
    target: TARGET,
    payload: packet.payload,
  });
  if (!sent) {
    throw new Error('no TCP');
  }
  const header = {
    sourcePort: sent.targetPort,
    targetPort: sent.sourcePort,
    sequence: 1,
    acknowledgement: sent.sequence + 1,
    flags,
  };
  const payload = tcpSegment(header, TARGET, SOURCE);
  return { protocol: PROTOCOL.tcp, ttl: 64, source: TARGET, target: SOURCE, payload, ...change };
}

describe('a port scan', () => {
  it('tells open from closed and silent ports, resets what it opened, and asks again only where nothing came', () => {
    const scan = new PortScan({ source: SOURCE, target: TARGET });
    const batches = scan.batches(request);
    const packets: ScanPacket[] = [];
    for (let batch = batches.next(); !batch.done && packets.length < 4; batch = batches.next()) {
      packets.push(...batch.value);
      if (packets.length === 4) {
        break;
      }
    }
    const [udp, ssh, http] = packets;
    expect(udp?.protocol).toBe(PROTOCOL.udp);
    const back = ssh ? scan.take(reply(ssh, TCP_FLAGS.syn | TCP_FLAGS.ack)) : [];
    expect(back).toHaveLength(1);
    expect(
      parseTcp({ ...reply(packets[1] as ScanPacket, 0), payload: back[0]?.payload ?? Buffer.alloc(0) }),
    ).toMatchObject({
      targetPort: 22,
      flags: TCP_FLAGS.rst,
    });
    expect(http && scan.take(reply(http, TCP_FLAGS.rst | TCP_FLAGS.ack))).toEqual([]);
    const again = [...batches].flat().filter((packet) => packet.protocol === PROTOCOL.tcp);
    expect(again.map((packet) => packet.payload.readUInt16BE(2))).toEqual([443]);
    expect(scan.result()).toEqual({ openTcp: [22], openUdp: [], closed: 1, silent: 1 });
  });

  it('believes nobody else, no other connection, and no half an answer', () => {
    const scan = new PortScan({ source: SOURCE, target: TARGET });
    const packets = [...scan.batches(request)].flat();
    const ssh = packets[1] as ScanPacket;
    const good = reply(ssh, TCP_FLAGS.syn | TCP_FLAGS.ack);
    scan.take({ ...good, source: '10.0.2.2' });
    scan.take(reply(ssh, TCP_FLAGS.ack));
    const wrong = Buffer.from(good.payload);
    wrong.writeUInt32BE(7, 8);
    scan.take({ ...good, payload: wrong });
    scan.take({ ...good, payload: good.payload.subarray(0, 12) });
    expect(scan.result()).toMatchObject({ openTcp: [], closed: 0, silent: 3 });
  });

  it('hears UDP that answers', () => {
    const scan = new PortScan({ source: SOURCE, target: TARGET });
    const [udp] = [...scan.batches(request)].flat();
    const payload = udpDatagram({
      sourcePort: 53,
      targetPort: udp?.payload.readUInt16BE(0) ?? 0,
      payload: Buffer.from('x'),
    });
    scan.take({ protocol: PROTOCOL.udp, ttl: 64, source: TARGET, target: SOURCE, payload });
    expect(scan.result().openUdp).toEqual([53]);
  });

  it('writes segments with a right checksum', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(port, port, word, word, (sourcePort, targetPort, sequence, acknowledgement) => {
        const header = { sourcePort, targetPort, sequence, acknowledgement, flags: TCP_FLAGS.syn };
        const payload = tcpSegment(header, SOURCE, TARGET);
        const pseudo = Buffer.from([10, 0, 2, 100, 10, 0, 2, 15, 0, 6, 0, 20]);
        expect(checksum(Buffer.concat([pseudo, payload]))).toBe(0);
        expect(parseTcp({ protocol: 6, ttl: 1, source: SOURCE, target: TARGET, payload })).toEqual(header);
      }),
    );
  });

  it('survives anything', () => {
    const scan = new PortScan({ source: SOURCE, target: TARGET });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 255 }), (bytes, protocol) => {
        scan.take({ protocol, ttl: 1, source: TARGET, target: SOURCE, payload: Buffer.from(bytes) });
      }),
    );
  });
});
