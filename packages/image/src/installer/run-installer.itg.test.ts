import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { chooseAccelerator } from '@golden-image/vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type InstallerEnding, installerMedium } from '../../test/small-installer.ts';
import { definitionSchema } from '../definition/schema.ts';
import { preseed } from './answers/preseed.ts';
import { prepareBoot } from './boot-files.ts';
import { installerOf } from './installers.ts';
import { runInstaller } from './run-installer.ts';

const ports = testPorts();
const definition = definitionSchema.parse({
  name: 'installed',
  version: '1',
  distribution: 'debian',
  release: '13',
  source: 'installer',
  firmware: 'bios',
});
const installer = installerOf(definition);
let work = '';

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'installer-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

async function install(iso: string, stallMs = 120_000) {
  const folder = path.join(work, path.basename(iso, '.iso'));
  await mkdir(folder);
  const boot = await prepareBoot(installer, definition, iso, folder, ports);
  const disk = path.join(folder, 'disk.raw');
  await writeFile(disk, '');
  await truncate(disk, 8 * 1024 * 1024);
  const accelerator = { ...(await chooseAccelerator(ports, 'auto')), timeoutScale: 1 };
  return runInstaller(
    { installer, boot, iso, disk, firmware: 'bios', accelerator, memoryMib: 768, cpus: 1, folder, stallMs },
    ports,
  );
}

describe('an installer in a machine of its own', () => {
  it('gets its answers, byte for byte, and is followed through its phases', async () => {
    const events = await install(await installerMedium(work, 'installs', preseed(definition)));
    expect(events.map(({ phase }) => phase)).toEqual([
      'detecting hardware',
      'partitioning',
      'installing the base system',
      'finishing',
    ]);
  }, 300_000);

  it.each<[InstallerEnding, string, number, string]>([
    ['asks', 'installer-question', 120_000, "Prompt: '?' for help"],
    ['panics', 'installer-panic', 120_000, 'the kernel panicked'],
    ['stalls', 'installer-stalled', 45_000, 'in the phase "installing the base system"'],
    // -no-reboot: a restart is an end, and this one came too early.
    ['reboots', 'installer-incomplete', 120_000, 'before the installation was finished'],
  ])(
    '%s: %s',
    async (ending, code, stallMs, words) => {
      const iso = await installerMedium(work, ending, '');
      await expect(install(iso, stallMs)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words),
      });
    },
    300_000,
  );

  it('says so when the medium has no installer', async () => {
    const iso = path.join(work, 'empty.iso');
    const empty = path.join(work, 'nothing');
    await mkdir(empty);
    await ports.exec({ command: 'xorriso', args: ['-as', 'mkisofs', '-quiet', '-o', iso, empty] });
    await expect(install(iso)).rejects.toMatchObject({ code: 'no-installer' });
  });
});
