import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Archive } from './archive.ts';
import { MediumError } from './host.ts';

/** What names the medium, as debian-cd does for its DVDs. */
export interface Identity {
  /** E.g. `13.2`. */
  readonly version: string;
  readonly codename: string;
  readonly architecture: string;
  /** When the suite was released; every time stamp of the medium is this one. */
  readonly date: Date;
}

export function identify(archive: Archive, architecture: string): Identity {
  const { Version: version = '', Codename: codename = '', Date: text = '' } = archive.release;
  const date = new Date(text);
  if (!/^[0-9.]+$/.test(version) || !/^[a-z]+$/.test(codename) || Number.isNaN(date.getTime())) {
    throw new MediumError(`The Release file names no release: ${JSON.stringify(archive.release)}`);
  }
  return { version, codename, architecture, date };
}

/** `debian-13.2.0-amd64-DVD-1.iso`; debian-cd writes three numbers. */
export function isoName(identity: Identity): string {
  return `debian-${threeNumbers(identity.version)}-${identity.architecture}-DVD-1.iso`;
}

/** `Debian 13.2.0 amd64 1`, within ISO 9660's 32 characters. */
export function volumeId(identity: Identity): string {
  return `Debian ${threeNumbers(identity.version)} ${identity.architecture} 1`;
}

function threeNumbers(version: string): string {
  return version.split('.').concat('0', '0').slice(0, 3).join('.');
}

/** Lays the packages out like a Debian DVD: `.disk`, `dists/<codename>`, `pool`. */
export async function layOut(folder: string, archive: Archive, identity: Identity): Promise<void> {
  const stanzas: string[] = [];
  for (const item of archive.packages) {
    // The security archive keeps its packages in pool/updates; a DVD has one pool.
    const filename = item.filename.replace(/^pool\/updates\//, 'pool/');
    if (!/^pool\/[a-z-]+\/[a-z0-9+.-]+\/[a-z0-9+.-]+\/[A-Za-z0-9+.~_-]+\.deb$/.test(filename)) {
      throw new MediumError(`Unexpected path of ${item.name}: ${JSON.stringify(item.filename)}`);
    }
    stanzas.push(item.stanza.replace(/^Filename: .*$/m, `Filename: ${filename}`));
    const target = path.join(folder, filename);
    await mkdir(path.dirname(target), { recursive: true });
    await link(item.file, target).catch(() => copyFile(item.file, target));
  }
  await writeIndex(folder, `${stanzas.join('\n\n')}\n`, archive, identity);
  await writeDisk(folder, identity);
}

async function writeIndex(
  folder: string,
  index: string,
  archive: Archive,
  identity: Identity,
): Promise<void> {
  const { codename, architecture } = identity;
  const common = (names: readonly string[]): string =>
    names.map((name) => `${name}: ${archive.release[name] ?? ''}\n`).join('');
  const files: Readonly<Record<string, Buffer>> = {
    [`main/binary-${architecture}/Packages`]: Buffer.from(index),
    [`main/binary-${architecture}/Packages.gz`]: gzipSync(index, { level: 6 }),
    [`main/binary-${architecture}/Release`]: Buffer.from(
      `Archive: ${archive.release.Suite}\n${common(['Origin', 'Label', 'Version'])}Acquire-By-Hash: no\nComponent: main\nArchitecture: ${architecture}\n`,
    ),
  };
  const suite = path.join(folder, 'dists', codename);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(suite, name)), { recursive: true });
    await writeFile(path.join(suite, name), content);
  }
  const sums = (algorithm: string): string =>
    Object.entries(files)
      .map(([name, content]) => {
        const digest = createHash(algorithm).update(content).digest('hex');
        return ` ${digest} ${String(content.length).padStart(16)} ${name}\n`;
      })
      .join('');
  const head = common(['Origin', 'Label', 'Suite', 'Version', 'Codename', 'Date', 'Description']);
  await writeFile(
    path.join(suite, 'Release'),
    `${head}Architectures: ${architecture}\nComponents: main\nMD5Sum:\n${sums('md5')}SHA256:\n${sums('sha256')}`,
  );
  await symlink(codename, path.join(folder, 'dists/stable'));
}

async function writeDisk(folder: string, identity: Identity): Promise<void> {
  const { version, codename, architecture, date } = identity;
  const name = codename.charAt(0).toUpperCase() + codename.slice(1);
  const stamp = date.toISOString().replace(/^(\d+)-(\d+)-(\d+)T(\d+):(\d+).*$/, '$1$2$3-$4:$5');
  const files: Readonly<Record<string, string>> = {
    // debian-cd says "Unofficial" of what Debian itself did not make.
    '.disk/info': `Debian GNU/Linux ${threeNumbers(version)} "${name}" - Unofficial ${architecture} DVD Binary-1 ${stamp}`,
    '.disk/base_components': 'main\n',
    '.disk/base_installable': '',
    '.disk/cd_type': 'dvd/single',
    'README.txt':
      'Packages of Debian, laid out like a Debian DVD for trying golden-image-actions.\nNot made by Debian and without an installer.\n',
  };
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  await symlink('.', path.join(folder, 'debian'));
}
