import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type HostTool, type Ports, partialPath, UserError } from '@golden-image/host';
import type { Definition } from './definition/schema.ts';

type Architecture = Definition['architecture'];

/** Per architecture: Node's name, the machine number of its ELF files (ELF specification, e_machine), and `exit(0)`. */
const PROGRAMS: Readonly<
  Record<Architecture, { readonly node: string; readonly machine: number; readonly code: readonly number[] }>
> = {
  amd64: {
    node: 'x64',
    machine: 62,
    // xor edi, edi; mov eax, 60 (exit); syscall
    code: [0x31, 0xff, 0xb8, 0x3c, 0x00, 0x00, 0x00, 0x0f, 0x05],
  },
  arm64: {
    node: 'arm64',
    machine: 183,
    // mov x0, #0; mov x8, #93 (exit); svc #0
    code: [0x00, 0x00, 0x80, 0xd2, 0xa8, 0x0b, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4],
  },
};

/** Whether the image's programs are not this machine's own. */
export function isForeign({ architecture }: Pick<Definition, 'architecture'>): boolean {
  return PROGRAMS[architecture].node !== process.arch;
}

/** What runs the image's programs where they are foreign: Debian's and Ubuntu's package also registers it. */
function foreignTool(architecture: Architecture): HostTool {
  const name = { amd64: 'x86_64', arm64: 'aarch64' }[architecture];
  return { command: `qemu-${name}-static`, package: 'qemu-user-static' };
}

/**
 * The smallest program of an architecture, without libraries: ends at once with status 0.
 * Source: ELF-64 object file format 1.5 (header, one program header).
 */
export function smallestProgram(architecture: Architecture): Uint8Array {
  const { machine, code } = PROGRAMS[architecture];
  const headers = 64 + 56;
  const base = 0x400000n;
  const file = Buffer.alloc(headers + code.length);
  // 64 bits, little-endian, version 1.
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeUInt16LE(2, 16); // e_type: executable
  file.writeUInt16LE(machine, 18);
  file.writeUInt32LE(1, 20); // e_version
  file.writeBigUInt64LE(base + BigInt(headers), 24); // e_entry
  file.writeBigUInt64LE(64n, 32); // e_phoff
  file.writeUInt16LE(64, 52); // e_ehsize
  file.writeUInt16LE(56, 54); // e_phentsize
  file.writeUInt16LE(1, 56); // e_phnum
  file.writeUInt32LE(1, 64); // p_type: loaded
  file.writeUInt32LE(5, 68); // p_flags: read and execute
  file.writeBigUInt64LE(base, 80); // p_vaddr
  file.writeBigUInt64LE(BigInt(file.length), 96); // p_filesz
  file.writeBigUInt64LE(BigInt(file.length), 104); // p_memsz
  file.writeBigUInt64LE(0x1000n, 112); // p_align
  file.set(code, headers);
  return file;
}

/**
 * Makes sure that this host can run the programs of an image: in a root tree, where nothing of the host is in sight.
 * QEMU is installed only where nothing runs them yet.
 *
 * @param beside a folder on the file system where the image is built
 * @throws UserError `foreign-architecture`
 */
export async function checkArchitecture(
  { architecture }: Pick<Definition, 'architecture'>,
  beside: string,
  ports: Pick<Ports, 'exec' | 'tools'>,
): Promise<void> {
  if (!isForeign({ architecture }) || (await runs(architecture, beside, ports))) {
    return;
  }
  await ports.tools.ensure([foreignTool(architecture)]);
  if (!(await runs(architecture, beside, ports))) {
    throw new UserError(`This host cannot run programs of ${architecture}, which building installs`, {
      code: 'foreign-architecture',
      fix: `Build on an ${architecture} runner (fast), or let the kernel hand such programs to QEMU (several times slower): with systemd the package qemu-user-static sees to it, in a workflow docker/setup-qemu-action does.`,
    });
  }
}

async function runs(
  architecture: Architecture,
  beside: string,
  { exec }: Pick<Ports, 'exec'>,
): Promise<boolean> {
  // Where this process is killed, the next build in that folder removes it.
  const folder = partialPath(path.join(beside, 'architecture'));
  await mkdir(folder, { mode: 0o700 });
  try {
    await writeFile(path.join(folder, 'probe'), smallestProgram(architecture), { mode: 0o755 });
    const { code } = await exec({
      command: 'chroot',
      args: [folder, '/probe'],
      // chroot(1): the program cannot be run, or is not found. Any other is a fault of its own.
      okCodes: [0, 126, 127],
      timeoutMs: 60_000,
    });
    return code === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
