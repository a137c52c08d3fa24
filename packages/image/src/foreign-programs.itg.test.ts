import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec, type Exec, type HostTool, removeStalePartials } from '@golden-image/host';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { checkArchitecture, isForeign, smallestProgram } from './foreign-programs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'foreign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own = process.arch === 'arm64' ? 'arm64' : 'amd64';
const other = own === 'arm64' ? 'amd64' : 'arm64';
const qemu = `/usr/bin/qemu-${other === 'arm64' ? 'aarch64' : 'x86_64'}-static`;

function write(name: string, program: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, program, { mode: 0o755 });
  return file;
}

/**
 * Runs programs where the kernel's table of foreign programs is a new one (Linux 6.7 and later have one for each user
 * namespace), with one entry or none: the machine's own stays as it is.
 */
function withTable(entry: string): Exec {
  const exec = createExec({});
  const script = `mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && { [ -z "$0" ] || printf %s "$0" > /proc/sys/fs/binfmt_misc/register; } && exec "$@"`;
  return ({ command, args = [], ...more }) =>
    exec({
      ...more,
      command: 'unshare',
      args: ['--user', '--map-root-user', '--mount', 'sh', '-c', script, entry, command, ...args],
    });
}

/** What systemd-binfmt registers: programs whose first 20 bytes are those of the architecture; F: opened at once. */
function entryFor(program: Uint8Array, interpreter: string): string {
  const hex = (bytes: Iterable<number>): string =>
    [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  return `:foreign:M:0:${hex(program.subarray(0, 20))}:${hex(new Array<number>(20).fill(0xff))}:${interpreter}:F`;
}

describe('smallestProgram', () => {
  it('runs, here and under QEMU', () => {
    execFileSync(write('own', smallestProgram(own)));
    execFileSync(qemu, [write('other', smallestProgram(other))]);
  });

  it('is what fails when it is broken', () => {
    const broken = Buffer.from(smallestProgram(own));
    broken.fill(0xff, 120);
    expect(() => execFileSync(write('broken', broken))).toThrow();
  });
});

/** A host with this table, where QEMU's package is installed on demand; what was installed. */
function host(
  entry: string,
  later = entry,
): { ports: Parameters<typeof checkArchitecture>[2]; installed: string[] } {
  const installed: string[] = [];
  const exec: Exec = (request) => withTable(installed.length === 0 ? entry : later)(request);
  const ensure = async (tools: readonly HostTool[]): Promise<void> => {
    installed.push(...tools.map(({ command }) => command));
  };
  return { ports: { exec, tools: { ensure } }, installed };
}

describe('checkArchitecture', () => {
  afterEach(() => {
    expect(readdirSync(folder).filter((name) => name.startsWith('.architecture'))).toEqual([]);
  });

  const registered = entryFor(smallestProgram(other), qemu);

  it('has nothing to do for the architecture of the host', async () => {
    expect(isForeign({ architecture: own })).toBe(false);
    const exec: Exec = () => {
      throw new Error('ran something');
    };
    await checkArchitecture({ architecture: own }, folder, { ...host('').ports, exec });
  });

  it('says what to do where the kernel does not run them', async () => {
    const { ports, installed } = host('');
    await expect(checkArchitecture({ architecture: other }, folder, ports)).rejects.toMatchObject({
      code: 'foreign-architecture',
      fix: expect.stringContaining(`${other} runner`),
    });
    expect(installed).toEqual([path.basename(qemu)]);
  });

  it('accepts a kernel that hands them to QEMU, from inside a root tree, and installs nothing', async () => {
    const { ports, installed } = host(registered);
    await checkArchitecture({ architecture: other }, folder, ports);
    expect(installed).toEqual([]);
  });

  it('installs QEMU, whose package registers it', async () => {
    const { ports, installed } = host('', registered);
    await checkArchitecture({ architecture: other }, folder, ports);
    expect(installed).toEqual([path.basename(qemu)]);
  });

  it('refuses an interpreter that is not seen from inside', async () => {
    const { ports } = host(registered.replace(/F$/, ''));
    await expect(checkArchitecture({ architecture: other }, folder, ports)).rejects.toMatchObject({
      code: 'foreign-architecture',
    });
  });

  it('leaves, where it is killed, what the next build removes', async () => {
    const { ports } = host(registered);
    let root = '';
    const exec: Exec = (request) => {
      root = request.args?.includes('/probe') ? (request.args.at(-2) ?? '') : '';
      return ports.exec(request);
    };
    await checkArchitecture({ architecture: other }, folder, { ...ports, exec });
    expect(path.dirname(root)).toBe(folder);
    const ended = spawnSync('true').pid;
    mkdirSync(root.replace(`partial-${process.pid}-`, `partial-${ended}-`));
    await removeStalePartials(folder);
  });

  it('does not blame the architecture when chroot itself fails', async () => {
    const exec: Exec = (request) =>
      createExec({})({ ...request, command: 'sh', args: ['-c', 'echo no >&2; exit 125'] });
    await expect(
      checkArchitecture({ architecture: other }, folder, { ...host('').ports, exec }),
    ).rejects.toMatchObject({ exitCode: 125 });
  });
});
