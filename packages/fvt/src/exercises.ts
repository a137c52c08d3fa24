import path from 'node:path';
import { describeError, InternalError } from '@golden-image/host';
import { HOT_PLUG_SLOTS, type Machine } from '@golden-image/vm';
import { collectFacts, type Guest, type GuestPorts } from './guest.ts';
import type { HotPlug, ProbeResult } from './observations.ts';
import type { Probe } from './probes.ts';

/** Seconds under KVM that a guest may take to let go of a device. */
const DETACH_SECONDS = 30;
const VOLUME_SERIAL = 'fvt-hot-volume';
const VOLUME_BYTES = 64 * 1024 * 1024;

/** Waits in the guest for a condition: the kernel takes a moment to show or drop a device. */
function waitUntil(condition: string): string {
  return `i=0; until ${condition}; do i=$((i + 1)); [ $i -ge 200 ] && break; sleep 0.2; done`;
}

const FIND_VOLUME = `dev=$(grep -ls ${VOLUME_SERIAL} /sys/block/*/serial | head -n 1 | cut -d/ -f4)`;

function findNic(mac: string): string {
  return `nic=$(grep -ls ${mac} /sys/class/net/*/address | head -n 1 | cut -d/ -f5)`;
}

const VOLUME_WRITE: Probe = {
  id: 'hot-volume-write',
  seconds: 60,
  script: [
    waitUntil(`{ ${FIND_VOLUME}; [ -n "$dev" ]; }`),
    '[ -n "$dev" ] || { echo "no disk with the serial" >&2; exit 4; }',
    'dd if=/dev/urandom of="/dev/$dev" bs=64k count=16 conv=fsync 2>/dev/null && echo "$dev" && dd if="/dev/$dev" bs=64k count=16 iflag=direct 2>/dev/null | sha256sum',
  ].join('; '),
};
const VOLUME_GONE: Probe = {
  id: 'hot-gone',
  seconds: 60,
  script: [waitUntil(`{ ${FIND_VOLUME}; [ -z "$dev" ]; }`), '[ -z "$dev" ] || echo "volume $dev"'].join('; '),
};
const VOLUME_AGAIN: Probe = {
  id: 'hot-volume-again',
  seconds: 60,
  script: [
    waitUntil(`{ ${FIND_VOLUME}; [ -n "$dev" ]; }`),
    '[ -n "$dev" ] || { echo "no disk with the serial" >&2; exit 4; }',
    'dd if="/dev/$dev" bs=64k count=16 iflag=direct 2>/dev/null | sha256sum',
  ].join('; '),
};

function nicUse(mac: string): Probe {
  return {
    id: 'hot-nic-use',
    seconds: 60,
    script: [
      waitUntil(`{ ${findNic(mac)}; [ -n "$nic" ]; }`),
      // udev gives it another name a moment later.
      `udevadm settle --timeout=60 2>/dev/null || sleep 2; ${findNic(mac)}`,
      '[ -n "$nic" ] || { echo "no interface with the MAC" >&2; exit 4; }',
      'echo "$nic"; ip link set dev "$nic" up && ip addr add 10.0.9.15/24 dev "$nic" noprefixroute && ip route add 10.0.9.2/32 dev "$nic" src 10.0.9.15',
      waitUntil('[ "$(cat /sys/class/net/$nic/carrier)" = 1 ]'),
      // Who answers ARP there can only be the network behind the new NIC.
      `for t in 1 2 3 4 5; do { ping -c 1 -W 2 10.0.9.2 || python3 -c "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('10.0.9.2', 9))" || bash -c "echo x > /dev/udp/10.0.9.2/9"; } >/dev/null 2>&1; ip neigh show dev "$nic" | grep -q "10.0.9.2 lladdr" && break; sleep 1; done`,
      'ip neigh show dev "$nic"; ip -j addr show dev "$nic"',
    ].join('; '),
  };
}

function nicGone(mac: string): readonly Probe[] {
  return [
    {
      id: 'hot-gone',
      seconds: 60,
      script: [waitUntil(`{ ${findNic(mac)}; [ -z "$nic" ]; }`), '[ -z "$nic" ] || echo "nic $nic"'].join(
        '; ',
      ),
    },
    { id: 'hot-first-nic', seconds: 5, script: 'ip -j addr' },
  ];
}

/** Plugs a volume into the running guest, writes it, takes it out, and plugs it in again. */
export function plugVolume(ports: GuestPorts, guest: Guest, folder: string): Promise<HotPlug> {
  return exercise(ports, async (seen) => {
    const volume = path.join(folder, `hot-volume-${guest.machine.sshPort}.raw`);
    const args = ['create', '-q', '-f', 'raw', volume, String(VOLUME_BYTES)];
    await ports.exec({ command: 'qemu-img', args, timeoutMs: 60_000 });
    await attachVolume(guest.machine, volume);
    seen.collect(await collectFacts(ports, guest, [VOLUME_WRITE]));
    await detachVolume(ports, guest);
    seen.detached('volume');
    seen.collect(await collectFacts(ports, guest, [VOLUME_GONE]));
    await attachVolume(guest.machine, volume);
    seen.collect(await collectFacts(ports, guest, [VOLUME_AGAIN]));
    await detachVolume(ports, guest);
    seen.detached('volume again');
  });
}

/** Plugs a NIC into the running guest, uses it, and takes it out. */
export function plugNic(ports: GuestPorts, guest: Guest): Promise<HotPlug> {
  const mac = `52:54:09:${guest.machine.spec.mac.slice(-8)}`;
  return exercise(
    ports,
    async (seen) => {
      await attachNic(guest.machine, mac);
      seen.collect(await collectFacts(ports, guest, [nicUse(mac)]));
      await detachNic(ports, guest);
      seen.detached('nic');
      seen.collect(await collectFacts(ports, guest, nicGone(mac)));
    },
    mac,
  );
}

interface Seen {
  collect(results: Readonly<Record<string, ProbeResult>>): void;
  detached(device: string): void;
}

/** Turns what goes wrong on the way into part of what was seen: the case fails with it. */
async function exercise(
  ports: GuestPorts,
  body: (seen: Seen) => Promise<void>,
  nicMac = '',
): Promise<HotPlug> {
  const detached: string[] = [];
  let guest: Readonly<Record<string, ProbeResult>> = {};
  let problem: string | undefined;
  try {
    await body({
      collect: (results) => {
        guest = { ...guest, ...results };
      },
      detached: (device) => detached.push(device),
    });
  } catch (error) {
    ports.signal.throwIfAborted();
    if (error instanceof InternalError) {
      throw error;
    }
    problem = describeError(error).message;
  }
  return { nicMac, detached, problem, guest };
}

async function attachVolume({ qmp }: Machine, file: string): Promise<void> {
  await qmp.execute('blockdev-add', {
    driver: 'raw',
    'node-name': 'hotvolume',
    file: { driver: 'file', filename: file },
  });
  await qmp.execute('device_add', {
    driver: 'virtio-blk-pci',
    id: 'hotdisk',
    drive: 'hotvolume',
    serial: VOLUME_SERIAL,
    bus: HOT_PLUG_SLOTS[0],
  });
}

async function attachNic({ qmp }: Machine, mac: string): Promise<void> {
  await qmp.execute('netdev_add', {
    type: 'user',
    id: 'hotnet',
    net: '10.0.9.0/24',
    restrict: true,
    ipv6: false,
  });
  await qmp.execute('device_add', {
    driver: 'virtio-net-pci',
    id: 'hotnic',
    netdev: 'hotnet',
    mac,
    bus: HOT_PLUG_SLOTS[1],
  });
}

async function detachVolume(ports: GuestPorts, guest: Guest): Promise<void> {
  await detach(ports, guest, 'hotdisk');
  await guest.machine.qmp.execute('blockdev-del', { 'node-name': 'hotvolume' });
}

async function detachNic(ports: GuestPorts, guest: Guest): Promise<void> {
  await detach(ports, guest, 'hotnic');
  await guest.machine.qmp.execute('netdev_del', { id: 'hotnet' });
}

/** The guest must let go of a device before what is behind it may go. */
async function detach(ports: GuestPorts, { machine, timeoutScale }: Guest, device: string): Promise<void> {
  const gone = machine.qmp.waitForEvent(
    ({ event, data }) => event === 'DEVICE_DELETED' && data.device === device,
    `that the guest let go of ${device}`,
    {
      timeoutMs: DETACH_SECONDS * 1000 * timeoutScale,
      signal: AbortSignal.any([ports.signal, machine.ended]),
    },
  );
  gone.catch(() => {});
  await machine.qmp.execute('device_del', { id: device });
  await gone;
}
