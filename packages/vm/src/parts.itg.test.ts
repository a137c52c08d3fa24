import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec, ToolError } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StageTracker } from './boot-stages.ts';
import { createOverlay, inspectDisk } from './disk.ts';
import { freePort } from './free-port.ts';
import { type MachineSpec, machineArguments } from './machine-arguments.ts';
import { seedFiles, writeSeed } from './seed.ts';
import {
  attemptLogin,
  classifyRefusal,
  createSshKey,
  readSshBanner,
  runOverSsh,
  sshCommandLine,
} from './ssh.ts';

const ports = { exec: createExec() };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('disks', () => {
  it('takes writes on an overlay of the size asked for', async () => {
    const disk = path.join(folder, 'disk.raw');
    await writeFile(disk, Buffer.alloc(1024 * 1024));
    expect(await inspectDisk(ports, disk, 'raw')).toEqual({ format: 'raw', virtualSize: 1024 * 1024 });
    const overlay = path.join(folder, 'o,1.qcow2');
    await createOverlay(ports, { disk, format: 'raw', overlay, size: 4 * 1024 * 1024 });
    // The overlay refers to another file: as a disk under test it would be refused.
    await expect(inspectDisk(ports, overlay, 'qcow2')).rejects.toMatchObject({ code: 'disk-refers-outside' });
    const { stdout } = await ports.exec({ command: 'qemu-img', args: ['info', '--output=json', overlay] });
    expect(JSON.parse(stdout)).toMatchObject({ 'virtual-size': 4 * 1024 * 1024 });
  });
});

describe('the seed', () => {
  const seed = {
    instanceId: 'fvt-1',
    hostname: 'guest',
    users: [{ name: 'fvt', publicKey: 'ssh-ed25519 AAAA', administrator: true }],
    macs: ['52:54:00:00:00:01'],
  };

  it('is a volume labelled cidata with the three files', async () => {
    const file = path.join(folder, 'seed.iso');
    await writeSeed(ports, { seed, file, workFolder: folder });
    const bytes = await readFile(file);
    expect(bytes.toString('latin1', 0x8028, 0x8028 + 32).trim()).toBe('cidata');
    for (const text of Object.values(seedFiles(seed))) {
      expect(bytes.includes(text)).toBe(true);
    }
  });

  it("leaves out the image's default user and matches NICs by MAC", () => {
    const files = seedFiles(seed);
    expect(files['user-data']).toMatch(/^#cloud-config\n/);
    expect(files['user-data']).not.toContain('default');
    expect(JSON.parse(files['network-config'] ?? '')).toMatchObject({
      ethernets: { nic0: { match: { macaddress: '52:54:00:00:00:01' }, dhcp4: true } },
    });
  });
});

describe("the machine's arguments", () => {
  const spec: MachineSpec = {
    accelerator: { name: 'tcg', reason: '', args: ['-accel', 'tcg'], timeoutScale: 10 },
    firmware: 'uefi',
    uefiVariables: '/tmp/a,b.fd',
    memoryMib: 512,
    cpus: 2,
    bus: 'virtio-scsi',
    disk: { file: '/tmp/x,y.qcow2', format: 'qcow2', serial: 'boot' },
    volumes: [{ file: '/tmp/seed.iso', format: 'raw', serial: 'seed', readOnly: true }],
    mac: '52:54:00:00:00:01',
    extraNics: [{ mac: '52:54:00:00:00:02' }],
  };
  const wiring = { qmp: '/tmp/q', serial: '/tmp/s', network: ['-netdev', 'x'] };

  it('double commas, attach by the bus asked for, and give a second NIC a network of its own', () => {
    const line = machineArguments(spec, wiring).join(' ');
    expect(line).toContain('file=/tmp/x,,y.qcow2');
    expect(line).toContain('file=/tmp/a,,b.fd');
    expect(line).toContain('scsi-hd,bus=scsi0.0,drive=boot,serial=boot,bootindex=0');
    expect(line).toContain('file=/tmp/seed.iso,readonly=on');
    expect(line).toContain('user,id=net1,net=10.0.3.0/24,restrict=on');
    expect(line).toContain('spawn=deny');
  });

  it.each([
    ['virtio-blk', 'virtio-blk-pci,drive=boot'],
    ['nvme', 'nvme,drive=boot'],
  ] as const)('%s', (bus, device) => {
    const line = machineArguments({ ...spec, bus, firmware: 'bios' }, wiring).join(' ');
    expect(line).toContain(device);
    expect(line).not.toContain('pflash');
  });

  it('checks what it starts, with variables that only the firmware can write', () => {
    const line = machineArguments({ ...spec, firmware: 'uefi', secureBoot: true }, wiring).join(' ');
    expect(line).toContain('-machine q35,smm=on');
    expect(line).toContain('driver=cfi.pflash01,property=secure,value=on');
    expect(line).toContain('OVMF_CODE_4M.ms.fd');
  });

  it('for arm64, with a TPM', () => {
    const arm = { ...spec, architecture: 'arm64', firmware: 'uefi', secureBoot: false } as const;
    const line = machineArguments(arm, { ...wiring, tpm: '/run/t,pm' }).join(' ');
    expect(line).toContain('-machine virt');
    expect(line).toContain('AAVMF_CODE.fd');
    expect(line).toContain('path=/run/t,,pm');
    expect(line).toContain('tpm-tis-device,tpmdev=tpm0');
    expect(line).not.toContain('q35');
  });
});

describe('stages', () => {
  it('are implied by later ones, each timed once', () => {
    const tracker = new StageTracker(1_000);
    expect(tracker.current).toBe('firmware');
    tracker.pass('kernel', 3_000);
    tracker.pass('firmware', 4_000);
    expect([tracker.current, tracker.since]).toEqual(['login', 3_000]);
    tracker.pass('ssh', 9_000);
    expect(tracker.times).toEqual([
      { stage: 'kernel', seconds: 2 },
      { stage: 'ssh', seconds: 8 },
    ]);
    expect(tracker.current).toBe('ssh');
  });
});

describe('SSH', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
  });

  function serve(port: number, text: string | undefined): Promise<void> {
    server = createServer((socket) => {
      socket.on('error', () => {});
      if (text !== undefined) {
        socket.write(text);
      }
    });
    return new Promise((resolve) => server?.listen(port, '127.0.0.1', resolve));
  }

  it('is there only when its banner is', async () => {
    const port = await freePort();
    expect(await readSshBanner(port, 500)).toBeUndefined();
    await serve(port, undefined);
    expect(await readSshBanner(port, 100)).toBeUndefined();
    server?.close();
    await serve(await freePort(), 'hello\r\nSSH-2.0-OpenSSH_9.9\r\n');
    const address = server?.address();
    expect(await readSshBanner(typeof address === 'object' ? (address?.port ?? 0) : 0, 500)).toBe(
      'SSH-2.0-OpenSSH_9.9',
    );
    server?.close();
    const flooded = await freePort();
    await serve(flooded, 'x'.repeat(20_000));
    expect(await readSshBanner(flooded, 500)).toBeUndefined();
  });

  it('says unreachable where nobody listens: that is no refusal', async () => {
    const key = await createSshKey(ports, folder, 'key');
    expect(key.publicKey).toMatch(/^ssh-ed25519 /);
    const target = {
      port: await freePort(),
      user: 'x',
      keyFile: key.file,
      knownHosts: path.join(folder, 'kh'),
    };
    expect((await attemptLogin(ports, target, { timeoutMs: 5_000 })).outcome).toBe('unreachable');
    const password = { env: { SSH_ASKPASS: '/bin/false', SSH_ASKPASS_REQUIRE: 'force' } };
    expect((await attemptLogin(ports, target, { timeoutMs: 5_000, password })).outcome).toBe('unreachable');
    await expect(runOverSsh(ports, target, 'true', { timeoutMs: 5_000 })).rejects.toBeInstanceOf(ToolError);
    expect(sshCommandLine(target)).toContain(`-p ${target.port}`);
  });

  const failure = (exitCode: number | null, detail: string) =>
    new ToolError('ssh failed', { code: 'ssh', exitCode, detail });

  it.each([
    [255, 'x@127.0.0.1: Permission denied (publickey,password).', 'refused', ['password', 'publickey']],
    [255, 'Connection closed by 127.0.0.1 port 22 [preauth]', 'refused', []],
    [255, 'kex_exchange_identification: read: Connection reset by peer', 'unreachable', []],
    [1, 'This account is currently not available.', 'accepted', []],
    [null, '', 'unreachable', []],
  ] as const)('status %s and %j is read rightly', (exitCode, detail, outcome, methods) => {
    expect(classifyRefusal(failure(exitCode, detail))).toMatchObject({ outcome, methods });
  });
});
