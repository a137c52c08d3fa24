import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '@golden-image/host';

/** A user that cloud-init makes at first boot. */
export interface SeedUser {
  readonly name: string;
  readonly publicKey: string;
  /** May become root without a password. */
  readonly administrator: boolean;
}

export interface Seed {
  readonly instanceId: string;
  readonly hostname: string;
  readonly users: readonly SeedUser[];
  /** MAC addresses of the NICs, each to be configured by DHCP. */
  readonly macs: readonly string[];
  /** A plain word that stands in the user data and means nothing to cloud-init. */
  readonly comment?: string;
}

/**
 * Writes a NoCloud seed: an ISO 9660 volume labelled `cidata`. The list of users leaves out `default`, so the image's
 * own default user must not appear.
 */
export async function writeSeed(
  { exec }: Pick<Ports, 'exec'>,
  options: { readonly seed: Seed; readonly file: string; readonly workFolder: string },
): Promise<void> {
  const content = path.join(options.workFolder, `seed-${options.seed.instanceId}`);
  await mkdir(content, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(seedFiles(options.seed))) {
    await writeFile(path.join(content, name), text);
  }
  await exec({
    command: 'xorriso',
    args: ['-as', 'mkisofs', '-quiet', '-V', 'cidata', '-J', '-r', '-o', options.file, content],
    timeoutMs: 60_000,
  });
}

/** The seed's files by name; JSON is YAML, so no value can break out of its place. */
export function seedFiles(seed: Seed): Readonly<Record<string, string>> {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  return {
    'meta-data': json({ 'instance-id': seed.instanceId, 'local-hostname': seed.hostname }),
    'user-data': `#cloud-config\n${seed.comment === undefined ? '' : `# ${seed.comment}\n`}${json({
      users: seed.users.map((user) => ({
        name: user.name,
        lock_passwd: true,
        shell: '/bin/sh',
        ssh_authorized_keys: [user.publicKey],
        ...(user.administrator ? { sudo: ['ALL=(ALL) NOPASSWD:ALL'] } : {}),
      })),
    })}`,
    'network-config': json({
      version: 2,
      ethernets: Object.fromEntries(
        seed.macs.map((mac, index) => [`nic${index}`, { match: { macaddress: mac }, dhcp4: true }]),
      ),
    }),
  };
}
