import { describe, expect, it } from '@jest/globals';
import {
  arpFrame,
  checksum,
  icmpEcho,
  ipv4Frame,
  PROTOCOL,
  parseEcho,
  parseFrame,
  parseUdp,
  udpDatagram,
} from './frames.ts';

const A = '52:54:00:00:00:0a';
const B = '52:54:00:00:00:0b';

describe('frames', () => {
  it('round-trips an ICMP echo with right checksums', () => {
    const payload = icmpEcho({ type: 8, id: 7, sequence: 3, payload: Buffer.from('odd') });
    const frame = parseFrame(
      ipv4Frame(A, B, { protocol: PROTOCOL.icmp, source: '10.0.2.1', target: '10.0.2.15', payload }),
    );
    expect(frame).toMatchObject({ source: A, target: B });
    const packet = frame?.ipv4;
    expect(packet).toMatchObject({ source: '10.0.2.1', target: '10.0.2.15', ttl: 64 });
    expect(packet && parseEcho(packet)).toMatchObject({ type: 8, id: 7, sequence: 3 });
  });

  it('takes no echo with a wrong checksum', () => {
    const payload = icmpEcho({ type: 0, id: 1, sequence: 1, payload: Buffer.alloc(0) });
    payload[6] = (payload[6] ?? 0) + 1;
    expect(
      parseEcho({ protocol: 1, ttl: 64, source: '10.0.2.1', target: '10.0.2.2', payload }),
    ).toBeUndefined();
  });

  it('round-trips ARP', () => {
    const arp = { operation: 2, senderMac: A, senderIp: '10.0.2.1', targetMac: B, targetIp: '10.0.2.2' };
    const bytes = arpFrame(A, B, arp);
    expect(bytes).toHaveLength(60);
    expect(parseFrame(bytes)?.arp).toEqual(arp);
  });

  it('round-trips UDP', () => {
    const payload = udpDatagram({ sourcePort: 53, targetPort: 4_000, payload: Buffer.from('hi') });
    const udp = parseUdp({ protocol: 17, ttl: 1, source: '1.1.1.1', target: '2.2.2.2', payload });
    expect(udp).toMatchObject({ sourcePort: 53, targetPort: 4_000 });
    expect(udp?.payload.toString()).toBe('hi');
    expect(parseUdp({ protocol: 6, ttl: 1, source: '1.1.1.1', target: '2.2.2.2', payload })).toBeUndefined();
  });

  it.each([0, 10, 14, 20, 33])('survives %i bytes of rubbish', (length) => {
    expect(parseFrame(Buffer.alloc(length, 0x45))?.ipv4).toBeUndefined();
  });

  it('takes no packet that says it is longer than it is', () => {
    const whole = ipv4Frame(A, B, {
      protocol: 17,
      source: '1.1.1.1',
      target: '2.2.2.2',
      payload: Buffer.alloc(100),
    });
    expect(parseFrame(whole)?.ipv4).toBeDefined();
    expect(parseFrame(whole.subarray(0, 80))?.ipv4).toBeUndefined();
  });

  it('knows the checksum of RFC 1071', () => {
    expect(checksum(Buffer.from('0001f203f4f5f6f7', 'hex'))).toBe(0x220d);
  });
});
