import {
  type Accelerator,
  bootDiskArguments,
  type FirmwareName,
  firmwareArguments,
  PLATFORMS,
  uefiBuild,
} from '@golden-image/vm';
import { shellQuote } from './collector.ts';
import type { FvtRequest } from './request.ts';
import type { Subject } from './subject.ts';

type Machine = Pick<FvtRequest, 'bus' | 'secureBoot' | 'tpm' | 'memoryMib' | 'sshUser'> & {
  readonly cpus: number;
  /** What the image ran under: there may be a /dev/kvm under which QEMU aborts. */
  readonly accelerator: Accelerator['name'];
};
type Disk = Pick<Subject, 'architecture' | 'disk' | 'format'>;

const VARIABLES = 'uefi-variables.fd';

/** Commands by which a person boots the same disk in the same machine, written to nothing. */
export function reproduction(subject: Disk, request: Machine, firmware: FirmwareName): string {
  const { architecture } = subject;
  const { secureBoot = false, sshUser: user } = request;
  const platform = PLATFORMS[architecture];
  const uefi = firmware === 'uefi';
  const accelerators = request.accelerator === 'kvm' ? 'kvm:tcg' : 'tcg';
  const disk = { file: subject.disk, format: subject.format, serial: 'boot' };
  const machine = [
    [platform.qemu.command, '-nographic', '-snapshot'],
    [
      '-machine',
      `${secureBoot ? platform.secureMachine : platform.machine},accel=${accelerators}`,
      '-cpu',
      'max',
    ],
    ['-m', String(request.memoryMib), '-smp', String(request.cpus)],
    firmwareArguments({ architecture, firmware, secureBoot, uefiVariables: VARIABLES }),
    request.tpm ? ['-chardev', 'socket,id=tpm,path=tpm.sock', '-tpmdev', 'emulator,id=tpm0,chardev=tpm'] : [],
    request.tpm ? ['-device', `${platform.tpmDevice},tpmdev=tpm0`] : [],
    bootDiskArguments({ bus: request.bus, disk }),
    ['-drive', 'file=seed.iso,format=raw,if=virtio,readonly=on'],
    ['-nic', 'user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:2222-:22'],
  ];
  return [
    '# A seed that lets you in, then the image itself; nothing is written to the disk (-snapshot). End with Ctrl-A X.',
    `printf '#cloud-config\\nusers:\\n- name: ${user}\\n  sudo: "ALL=(ALL) NOPASSWD:ALL"\\n  ssh_authorized_keys: ["%s"]\\n' "$(cat ~/.ssh/id_ed25519.pub)" > user-data`,
    'echo \'{"instance-id": "by-hand"}\' > meta-data',
    'xorriso -as mkisofs -quiet -V cidata -J -r -o seed.iso user-data meta-data',
    ...(uefi ? [`cp ${uefiBuild(architecture, secureBoot).variables} ${VARIABLES}`] : []),
    ...(request.tpm
      ? [
          'mkdir -p tpm',
          'swtpm socket --tpm2 --daemon --terminate --tpmstate dir="$PWD/tpm" --ctrl type=unixio,path=tpm.sock',
        ]
      : []),
    machine
      .filter((words) => words.length > 0)
      .map((words) => words.map(word).join(' '))
      .join(' \\\n  '),
    `ssh -p 2222 -o UserKnownHostsFile=/dev/null ${user}@127.0.0.1`,
  ].join('\n');
}

/** Quoted only where a shell would read it otherwise. */
function word(text: string): string {
  return /^[\w./:=,+-]+$/.test(text) ? text : shellQuote(text);
}
