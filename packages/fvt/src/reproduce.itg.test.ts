import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { withTemporaryFolder } from '@golden-image/host';
import { expect, it } from '@jest/globals';
import { reproduction } from './reproduce.ts';

const run = promisify(execFile);
const MACHINE = {
  ...{ secureBoot: false, tpm: false, memoryMib: 256, cpus: 1, sshUser: 'fvt' },
  // Where /dev/kvm does not run guests, QEMU may abort instead of taking the next accelerator.
  accelerator: 'tcg',
} as const;

/** Runs the commands in `folder`; the machine is stopped before its first instruction, and ended after 3 s. */
async function follow(text: string, folder: string): Promise<void> {
  await mkdir(path.join(folder, '.ssh'));
  await writeFile(path.join(folder, '.ssh/id_ed25519.pub'), 'ssh-ed25519 AAAA me\n');
  const script = text
    .replace(/^qemu-system-/m, 'timeout 3 qemu-system-')
    .replace(' -nographic ', ' -S -display none -monitor none -serial null ')
    .replace('hostfwd=tcp:127.0.0.1:2222-:22', 'restrict=on')
    .replace(/\nssh .*$/, '');
  await run('bash', ['-uc', script], { cwd: folder, env: { ...process.env, HOME: folder } });
}

it.each([
  ['bios', 'virtio-blk-pci', { bus: 'virtio-blk' }],
  ['uefi', 'nvme', { bus: 'nvme' }],
  ['uefi', 'scsi-hd', { bus: 'virtio-scsi', secureBoot: true, tpm: true }],
] as const)(
  'what a person is told makes the machine: %s, %s',
  async (firmware, device, wishes) => {
    await withTemporaryFolder('reproduce', async (folder) => {
      const disk = path.join(folder, "the, disk's.qcow2");
      await run('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '1M']);
      const subject = { architecture: 'amd64', disk, format: 'qcow2' } as const;
      const text = reproduction(subject, { ...MACHINE, ...wishes }, firmware);
      expect(text).toContain(`-device ${device},`);
      // `timeout` ended a machine that was running: what QEMU does not understand ends it at once, with 1.
      await expect(follow(text, folder)).rejects.toMatchObject({ code: 124 });
      expect(await readFile(path.join(folder, 'user-data'), 'utf8')).toBe(
        '#cloud-config\nusers:\n- name: fvt\n  sudo: "ALL=(ALL) NOPASSWD:ALL"\n  ssh_authorized_keys: ["ssh-ed25519 AAAA me"]\n',
      );
    });
  },
  60_000,
);

it('takes KVM only where the image ran under it', () => {
  const subject = { architecture: 'amd64', disk: 'disk.qcow2', format: 'qcow2' } as const;
  const accelerators = (['kvm', 'tcg'] as const).map((accelerator) => {
    const text = reproduction(subject, { ...MACHINE, accelerator, bus: 'virtio-blk' }, 'bios');
    return /accel=(\S+)/.exec(text)?.[1];
  });
  expect(accelerators).toEqual(['kvm:tcg', 'tcg']);
});
