import { describe, expect, it } from '@jest/globals';
import { PROTOCOL } from './frames.ts';
import { blockedFlow } from './policy.ts';

const SYN = 0x02;
const SYN_ACK = 0x12;

function tcp(target: string, port: number, flags: number) {
  const payload = Buffer.alloc(20);
  payload.writeUInt16BE(port, 2);
  payload[13] = flags;
  return { protocol: PROTOCOL.tcp, ttl: 64, source: '10.0.2.15', target, payload };
}

function udp(target: string, port: number) {
  const payload = Buffer.alloc(8);
  payload.writeUInt16BE(port, 2);
  return { protocol: PROTOCOL.udp, ttl: 64, source: '10.0.2.15', target, payload };
}

describe('what a guest may reach', () => {
  it.each([
    ["a service on the runner's loopback", tcp('10.0.2.2', 8080, SYN)],
    ['the metadata service', tcp('169.254.169.254', 80, SYN)],
    ['the metadata service, in an open connection', tcp('169.254.169.254', 80, 0x10)],
    ["UDP to the runner's loopback", udp('10.0.2.2', 123)],
    ['loopback by its own address', tcp('127.0.0.1', 22, SYN)],
  ])('not %s', (_what, packet) => {
    expect(blockedFlow(packet)).toMatchObject({ target: packet.target });
  });

  it.each([
    ['answers of its sshd', tcp('10.0.2.2', 50_000, SYN_ACK)],
    ['data of its sshd', tcp('10.0.2.2', 50_000, 0x18)],
    ['DHCP', udp('10.0.2.2', 67)],
    ['DNS', udp('10.0.2.3', 53)],
    ['a mirror', tcp('192.0.2.1', 443, SYN)],
  ])('but %s', (_what, packet) => {
    expect(blockedFlow(packet)).toBeUndefined();
  });
});
