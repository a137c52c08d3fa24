import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Observations } from '../observations.ts';

/** How the stand-in guest misbehaves. */
export interface FakeGuestOptions {
  /** What its probes bring; default: the recorded image. */
  readonly facts: Observations;
  /** Printed on the serial console before the login prompt. */
  readonly console?: string;
  /** The collector's answer ends after this many probes. */
  readonly cutShortAfter?: number;
  /** The kernel panics at its first boot, or at each. */
  readonly panics?: 'once' | 'always';
  /** The guest never answers echo requests, or not after its first boot. */
  readonly mute?: boolean | 'once';
}

/**
 * Stand-ins for `qemu-system-x86_64` and `ssh` in `folder`: a QEMU that speaks QMP, a serial console, Ethernet
 * frames and an SSH banner, and an ssh that answers the collector from recorded facts. Put `bin` first on PATH and
 * pass `env`: everything else of a run (overlay, seed, digests, network, reports) is the real thing, in seconds.
 */
export async function createFakeGuest(
  folder: string,
  options: FakeGuestOptions,
): Promise<{ readonly bin: string; readonly env: Readonly<Record<string, string>> }> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(folder, 'options.json'), JSON.stringify(options));
  for (const [name, script] of [
    ['qemu-system-x86_64', 'fake-qemu.ts'],
    ['ssh', 'fake-ssh.ts'],
  ] as const) {
    const file = path.join(bin, name);
    const target = JSON.stringify(path.join(import.meta.dirname, script));
    await writeFile(file, `#!${process.execPath}\nimport(${target});\n`);
    await chmod(file, 0o755);
  }
  return { bin, env: { FAKE_GUEST: folder } };
}

/** The facts recorded on the example image. */
export async function recordedFacts(): Promise<Observations> {
  const file = path.join(import.meta.dirname, '../fixtures/debian-13.facts.json');
  return JSON.parse(await readFile(file, 'utf8')) as Observations;
}
