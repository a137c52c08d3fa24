/** Stands in for QEMU and the guest in it; see fake-guest.ts. Run as a program. */
import { createSocket } from 'node:dgram';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { frames, NODE } from '@golden-image/vm';
import type { FakeGuestOptions } from './fake-guest.ts';

const { arpFrame, BROADCAST, icmpEcho, ipv4Frame, PROTOCOL, parseEcho, parseFrame, udpDatagram } = frames;

const folder = process.env.FAKE_GUEST ?? '';
const args = process.argv.slice(2);
if (args.some((arg) => arg.startsWith('isa-debug-exit'))) {
  process.exit(1); // the probe guest: no accelerator here but TCG
}
const options = JSON.parse(readFileSync(path.join(folder, 'options.json'), 'utf8')) as FakeGuestOptions;
const find = (pattern: RegExp): string => args.map((arg) => pattern.exec(arg)?.[1]).find(Boolean) ?? '';

const mac = find(/virtio-net-pci,netdev=net0,mac=(.+)/);
const ip = '10.0.2.15';
const seed = readFileSync(find(/id=volume0,.*file=([^,]+)/), 'latin1');
writeFileSync(
  path.join(folder, 'launch.json'),
  JSON.stringify({
    mac,
    instanceId: /"instance-id": "([^"]+)"/.exec(seed)?.[1],
    users: [...seed.matchAll(/"name": "([^"]+)"/g)].map((match) => match[1]),
  }),
);

const booted = path.join(folder, 'booted');
const mute = options.mute === true || (options.mute === 'once' && !existsSync(booted));
writeFileSync(booted, '');
const panicked = path.join(folder, 'panicked');
const panics = options.panics === 'always' || (options.panics === 'once' && !existsSync(panicked));
network();
if (!panics) {
  sshBanner();
}
const serial = connect(find(/id=serial,path=(.+)/));
serial.write(`Linux version 6.12\r\n${options.console ?? ''}\r\nfvt-guest login: `);
if (panics) {
  writeFileSync(panicked, '');
  serial.write('\r\nKernel panic - not syncing: Fatal exception in interrupt\r\n');
}
qmp();

function network(): void {
  const ports = find(/dgram,id=net0,(.+)/);
  const local = Number(/local\.port=(\d+)/.exec(ports)?.[1]);
  const remote = Number(/remote\.port=(\d+)/.exec(ports)?.[1]);
  const socket = createSocket('udp4');
  const send = (bytes: Buffer): void => socket.send(bytes, remote, '127.0.0.1');
  socket.on('message', (bytes) => {
    const frame = parseFrame(bytes);
    const echo = frame?.ipv4 && parseEcho(frame.ipv4);
    const ignored = mute || existsSync(path.join(folder, 'echo-ignored'));
    if (frame?.ipv4 && echo?.type === 8 && !ignored) {
      const payload = icmpEcho({ ...echo, type: 0 });
      send(
        ipv4Frame(mac, frame.source, {
          protocol: PROTOCOL.icmp,
          source: ip,
          target: frame.ipv4.source,
          payload,
        }),
      );
    }
  });
  socket.bind(local, '127.0.0.1', () => {
    const arp = { operation: 1, senderMac: mac, senderIp: ip, targetMac: BROADCAST, targetIp: NODE.ip };
    send(arpFrame(mac, BROADCAST, arp));
    for (let sequence = 0; sequence < 3; sequence += 1) {
      const payload = icmpEcho({ type: 8, id: 1, sequence, payload: Buffer.alloc(8) });
      send(ipv4Frame(mac, NODE.mac, { protocol: PROTOCOL.icmp, source: ip, target: NODE.ip, payload }));
    }
    const labels = NODE.name
      .split('.')
      .map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`));
    const question = Buffer.concat([
      Buffer.from('123401000001000000000000', 'hex'),
      ...labels,
      Buffer.from([0, 0, 1, 0, 1]),
    ]);
    const payload = udpDatagram({ sourcePort: 40_000, targetPort: 53, payload: question });
    send(
      ipv4Frame(mac, '52:55:0a:00:02:03', {
        protocol: PROTOCOL.udp,
        source: ip,
        target: '10.0.2.3',
        payload,
      }),
    );
  });
}

function sshBanner(): void {
  const port = Number(find(/hostfwd=tcp:127\.0\.0\.1:(\d+)-:22/));
  createServer((socket) => {
    socket.on('error', () => {});
    socket.end('SSH-2.0-OpenSSH_10.0p2 fake\r\n');
  }).listen(port, '127.0.0.1');
}

function qmp(): void {
  const socket = connect(find(/id=qmp,path=(.+)/));
  socket.write('{"QMP": {}}\r\n');
  socket.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().trim().split('\n')) {
      const {
        execute,
        id,
        arguments: given,
      } = JSON.parse(line) as {
        execute: string;
        id: number;
        arguments?: { filename?: string };
      };
      if (execute === 'screendump' && given?.filename) {
        writeFileSync(given.filename, 'PNG');
      }
      socket.write(`${JSON.stringify({ return: {}, id })}\r\n`);
      if (execute === 'quit') {
        socket.end(() => process.exit(0));
      }
    }
  });
  socket.on('close', () => process.exit(0));
}
