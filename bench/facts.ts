/**
 * One SSH round trip for all facts, against an `ssh` of its own for each: boots an image once, asks both ways.
 *
 *   node bench/facts.ts <disk.qcow2>
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createExec, silentLog, systemClock, withTemporaryFolder } from '@golden-image/host';
import {
  chooseAccelerator,
  createOverlay,
  createSshKey,
  inspectDisk,
  type MachineSpec,
  runOverSsh,
  waitForBoot,
  withMachine,
  writeSeed,
} from '@golden-image/vm';
import { shellQuote } from '../packages/fvt/src/collector.ts';
import { NO_EXPECTATIONS } from '../packages/fvt/src/expectations.ts';
import { collectFacts, firstLogin } from '../packages/fvt/src/guest.ts';
import { probes } from '../packages/fvt/src/probes.ts';

/** Those that wait for something else than the guest's answer would hide the difference. */
const WAITING = ['cloud-init-status', 'system-running', 'ping-ip', 'ping-name', 'cloud-init-schema'];

const disk = process.argv[2];
if (!disk) {
  throw new Error('usage: node bench/facts.ts <disk.qcow2>');
}
const cancel = new AbortController();
process.on('SIGINT', () => cancel.abort(new Error('interrupted')));
const { signal } = cancel;
const ports = { exec: createExec({ signal }), clock: systemClock, log: silentLog, signal };

await withTemporaryFolder('bench-facts', async (folder) => {
  await mkdir(folder, { recursive: true });
  const mac = '52:54:00:be:0c:01';
  const { virtualSize } = await inspectDisk(ports, disk, 'qcow2');
  const overlay = path.join(folder, 'overlay.qcow2');
  const seedFile = path.join(folder, 'seed.iso');
  const key = await createSshKey(ports, folder, 'administrator');
  const users = [{ name: 'fvt', publicKey: key.publicKey, administrator: true }];
  const seed = { instanceId: 'bench', hostname: 'bench', users, macs: [mac] };
  await createOverlay(ports, { disk, format: 'qcow2', overlay, size: virtualSize });
  await writeSeed(ports, { seed, file: seedFile, workFolder: folder });
  const accelerator = await chooseAccelerator(ports, 'auto');
  const scale = accelerator.timeoutScale;
  const spec: MachineSpec = {
    accelerator,
    firmware: 'bios',
    memoryMib: 1024,
    cpus: 2,
    bus: 'virtio-blk',
    mac,
    extraNics: [],
    disk: { file: overlay, format: 'qcow2', serial: 'boot' },
    volumes: [{ file: seedFile, format: 'raw', serial: 'seed', readOnly: true }],
  };
  await withMachine(ports, spec, path.join(folder, 'console.log'), async (machine) => {
    await waitForBoot(ports, machine, scale);
    const target = {
      ...{ port: machine.sshPort, user: 'fvt', keyFile: key.file },
      knownHosts: path.join(folder, 'known_hosts'),
    };
    const access = { machine, target, timeoutScale: scale };
    await firstLogin(ports, access);
    const all = probes(NO_EXPECTATIONS);
    await collectFacts(ports, access, all); // the guest settles, its caches are warm for both
    const list = all.filter((probe) => !WAITING.includes(probe.id));
    const together = await seconds(async () => {
      await collectFacts(ports, access, list);
    });
    const apart = await seconds(async () => {
      for (const probe of list) {
        const script = `mkdir -p /run/bench; d=/run/bench; export d; ${probe.script}`;
        await runOverSsh(ports, target, `sudo -n sh -c ${shellQuote(script)}`, {
          timeoutMs: 60_000 * scale,
        }).catch(() => {});
      }
    });
    console.log(`accelerator: ${accelerator.name} (${accelerator.reason})`);
    console.log(`${list.length} probes in one round trip: ${together.toFixed(1)} s`);
    console.log(`${list.length} probes, one ssh each:     ${apart.toFixed(1)} s`);
    console.log(`one round trip is ${(apart / together).toFixed(1)} times as fast`);
  });
});

async function seconds(body: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await body();
  return (performance.now() - started) / 1000;
}
