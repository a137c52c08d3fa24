import { NO_EXPECTATIONS } from './expectations.ts';
import { collectFacts, type Guest, type GuestPorts } from './guest.ts';
import type { Launch, SecondBoot } from './observations.ts';
import type { Probe } from './probes.ts';
import { probes } from './probes.ts';

/** Those of the first boot that a machine with more hardware, or another birth, may answer otherwise. */
const SHARED = ['ip-addr', 'ip-route', 'block-devices', 'machine-id', 'boot-id', 'host-keys'];

/** A file system on each volume, a file on it, and what is read back past the page cache. */
const WRITE_VOLUMES: Probe = {
  id: 'volumes-written',
  seconds: 60,
  script: [
    'for s in volume1 volume2; do v=$(grep -lsx $s /sys/block/*/serial | head -n 1 | cut -d/ -f4)',
    'if [ -z "$v" ]; then echo "$s missing"; continue; fi',
    'if dd if=/dev/urandom of="$d/data" bs=64k count=16 2>/dev/null && dd if="$d/data" of="/dev/$v" bs=64k conv=fsync 2>"$d/e" && dd if="/dev/$v" bs=64k count=16 iflag=direct 2>/dev/null | cmp -s - "$d/data"; then echo "$s written $v"; else echo "$s refused $v $(head -n 1 "$d/e")"; fi; done',
  ].join('; '),
};

/** Facts of the machine with two NICs and two volumes. */
export async function observeSecondBoot(
  ports: GuestPorts,
  guest: Guest,
  launch: Launch,
): Promise<SecondBoot> {
  const list = probes(NO_EXPECTATIONS).filter((probe) => SHARED.includes(probe.id));
  return { launch, guest: await collectFacts(ports, guest, [...list, WRITE_VOLUMES]) };
}
