import { shellQuote } from './collector.ts';
import type { FvtRequest } from './request.ts';
import type { Subject } from './subject.ts';

/** Commands by which a person boots the same disk, written to nothing. */
export function reproduction(subject: Subject, request: FvtRequest, firmware: string): string {
  const uefi = firmware === 'uefi' ? ' -bios /usr/share/ovmf/OVMF.fd' : '';
  return [
    '# A seed that lets you in, then the image itself; nothing is written to the disk (-snapshot). End with Ctrl-A X.',
    `printf '#cloud-config\\nusers:\\n- name: ${request.sshUser}\\n  sudo: "ALL=(ALL) NOPASSWD:ALL"\\n  ssh_authorized_keys: ["%s"]\\n' "$(cat ~/.ssh/id_ed25519.pub)" > user-data`,
    'echo \'{"instance-id": "by-hand"}\' > meta-data',
    'xorriso -as mkisofs -quiet -V cidata -J -r -o seed.iso user-data meta-data',
    `qemu-system-x86_64 -machine q35,accel=kvm:tcg -cpu max -m ${request.memoryMib} -smp ${request.cpus}${uefi} -nographic -snapshot \\`,
    `  -drive file=${shellQuote(subject.disk.replaceAll(',', ',,'))},format=${subject.format},if=virtio -drive file=seed.iso,format=raw,if=virtio,readonly=on \\`,
    '  -nic user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:2222-:22',
    `ssh -p 2222 -o UserKnownHostsFile=/dev/null ${request.sshUser}@127.0.0.1`,
  ].join('\n');
}
