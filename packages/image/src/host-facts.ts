import { readFile } from 'node:fs/promises';
import { arch, release } from 'node:os';
import type { Ports } from '@golden-image/host';

const PACKAGES = [
  'mmdebstrap',
  'apt',
  'dpkg',
  'dnf',
  'zypper',
  'rpm',
  'xorriso',
  'mtools',
  'fdisk',
  'libfaketime',
  'qemu-user-static',
  'qemu-utils',
  'util-linux',
];

/** The machine that builds. */
export interface HostFacts {
  readonly kernel: string;
  readonly architecture: string;
  readonly distribution: string;
  readonly release: string;
  /** Versions of the packages whose programs take part, by name. */
  readonly packages: Readonly<Record<string, string>>;
}

export async function hostFacts({ exec }: Pick<Ports, 'exec'>): Promise<HostFacts> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const value = (name: string): string =>
    new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  const { stdout } = await exec({
    command: 'dpkg-query',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
    args: ['--show', '--showformat', '${Package} ${Version}\\n', ...PACKAGES],
    okCodes: 'any',
  });
  const packages = Object.fromEntries(
    stdout
      .split('\n')
      .map((line) => line.split(' '))
      .filter((parts) => parts.length === 2),
  );
  return {
    kernel: release(),
    architecture: arch(),
    distribution: value('ID'),
    release: value('VERSION_ID'),
    packages,
  };
}
