/**
 * Boots an image and scans it from within, by oscap alone: what a reviewer would do to check the score that `harden`
 * wrote. The disk is not changed.
 *
 *   node scripts/scan-booted.ts <image folder or disk> <profile>[,<profile>…] [<profile>…]
 *
 * Each further argument is scanned in the same boot, once with the tailoring and the waivers of the image, once
 * without either (`plain`).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { checkCompliance, type GuestShell } from '@golden-image/hardening';
import { withTemporaryFolder } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';
import { readImageFolder } from '@golden-image/image-folder';
import {
  chooseAccelerator,
  createOverlay,
  createSshKey,
  inspectDisk,
  runOverSsh,
  type SshTarget,
  sshCommandLine,
  waitForBoot,
  withMachine,
  writeSeed,
} from '@golden-image/vm';

const [image, ...profiles] = process.argv.slice(2);
if (image === undefined || profiles.length === 0) {
  throw new Error('Usage: node scripts/scan-booted.ts <image folder> <profile> [<profile>…]');
}
const waivers = [path.resolve(import.meta.dirname, '../examples/debian-13/waivers.yml')];
const ports = testPorts({ log: { ...testPorts().log, progress: () => {} } });
const { disk, descriptor } = await readImageFolder(image);

await withTemporaryFolder('scan-booted', async (folder) => {
  const accelerator = await chooseAccelerator(ports, 'auto');
  const mac = `52:54:00:${randomBytes(3).toString('hex').match(/../g)?.join(':')}`;
  const key = await createSshKey(ports, folder, 'administrator');
  const user = { name: 'auditor', publicKey: key.publicKey, administrator: true };
  const seed = { instanceId: `scan-${randomUUID()}`, hostname: 'scanned', users: [user], macs: [mac] };
  const [overlay, seedFile] = [path.join(folder, 'overlay.qcow2'), path.join(folder, 'seed.iso')];
  const { format, virtualSize } = await inspectDisk(ports, disk, descriptor.disk.format);
  await createOverlay(ports, { disk, format, overlay, size: virtualSize });
  await writeSeed(ports, { seed, file: seedFile, workFolder: folder });
  const spec = {
    ...{ accelerator, firmware: 'bios' as const, memoryMib: 2048, cpus: 2, bus: 'virtio-blk' as const },
    disk: { file: overlay, format: 'qcow2', serial: 'boot' } as const,
    volumes: [{ file: seedFile, format: 'raw', serial: 'seed', readOnly: true } as const],
    ...{ mac, extraNics: [] },
  };
  await withMachine(ports, spec, path.join(folder, 'console.log'), async (machine) => {
    await waitForBoot(ports, machine, accelerator.timeoutScale);
    const target: SshTarget = {
      ...{ port: machine.sshPort, user: user.name, keyFile: key.file },
      knownHosts: path.join(folder, 'known_hosts'),
    };
    console.log(`Booted: ${sshCommandLine(target)}`);
    await untilLogin(target);
    const shell: GuestShell = {
      run: ({ script, ...rest }) => ports.exec({ ...sshAsRoot(target, script), ...rest }),
    };
    for (const profile of profiles) {
      for (const tailored of [true, false]) {
        const work = path.join(folder, `${profile.replaceAll(',', '-')}-${tailored}`);
        await mkdir(work);
        const request = {
          ...{ image, name: descriptor.name, digest: descriptor.disk.sha256, profile, folder: work },
          ...{ timeoutScale: accelerator.timeoutScale, waivers, plain: !tailored },
        };
        const result = await checkCompliance(shell, request, ports);
        const { score, differences } = result.merged;
        const of = tailored ? 'booted, tailored' : 'booted, plain';
        console.log(
          JSON.stringify({ profile, of, booted: result.booted, merged: score, atRest: result.atRest }),
        );
        for (const { rule, outcome } of result.remaining) {
          console.log(`  open ${rule} (${outcome})`);
        }
        for (const { rule, atRest, booted } of tailored ? differences : []) {
          console.log(`  differs ${rule}: at rest ${atRest ?? '-'}, booted ${booted ?? '-'}`);
        }
      }
    }
  });
});

function sshAsRoot(
  target: SshTarget,
  script: string,
): { readonly command: string; readonly args: readonly string[] } {
  const options = ['BatchMode=yes', 'LogLevel=ERROR', 'IdentitiesOnly=yes', 'StrictHostKeyChecking=yes'];
  const command = `sudo -n sh -c '${script.replaceAll("'", "'\\''")}'`;
  return {
    command: 'ssh',
    args: [
      ...['-F', 'none', '-p', `${target.port}`, '-l', target.user, '-i', target.keyFile, '-T'],
      ...['-o', `UserKnownHostsFile=${target.knownHosts}`, ...options.flatMap((option) => ['-o', option])],
      ...['127.0.0.1', '--', command],
    ],
  };
}

/** cloud-init makes the user some time after sshd answers. */
async function untilLogin(target: SshTarget): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await runOverSsh(ports, target, 'sudo -n cloud-init status --wait', { timeoutMs: 180_000 });
      return;
    } catch (error) {
      if (tries > 90) {
        throw error;
      }
      await ports.clock.sleep(2_000, ports.signal);
    }
  }
}
