import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, ToolError, UserError } from '@golden-image/host';
import { armoredKeys } from '@golden-image/media';
import type { RpmPackage, RpmRepository } from './package-manager.ts';

/**
 * Writes keys where rpm, dnf and zypper read them: a file for each.
 *
 * @param what whose keys these are, for the message
 * @throws UserError `invalid-definition` when there is none
 */
export async function writeKeys(
  sources: readonly Uint8Array[],
  folder: string,
  what: string,
): Promise<readonly string[]> {
  const keys = await armoredKeys(sources);
  if (keys.length === 0) {
    throw new UserError(`The key of ${what} holds no OpenPGP public key`, {
      code: 'invalid-definition',
      fix: 'Pass the public key, armored or binary, that the repository publishes.',
    });
  }
  await mkdir(folder, { recursive: true });
  return Promise.all(
    keys.map(async (text, index) => {
      const file = path.join(folder, `key-${index + 1}.asc`);
      await writeFile(file, text);
      return file;
    }),
  );
}

/**
 * Checks each package's signature with the keys of its own repository.
 *
 * @param archives the folder with the packages' files
 * @throws UserError `package-not-signed` naming the packages
 */
export async function verifyPackages(
  packages: readonly RpmPackage[],
  repositories: readonly RpmRepository[],
  archives: string,
  folder: string,
  ports: Pick<Ports, 'exec'>,
): Promise<void> {
  for (const { id, keys } of repositories) {
    const own = packages.filter(({ repository }) => repository === id);
    if (own.length > 0) {
      const database = path.join(folder, `keys-${id}`);
      await mkdir(database, { recursive: true });
      const rpmkeys = (...args: readonly string[]) =>
        ports.exec(
          confined({
            command: 'rpmkeys',
            args: ['--dbpath', database, ...args],
            env: { PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
          }),
        );
      await rpmkeys('--import', ...keys);
      const files = own.map(({ file }) => path.join(archives, file));
      await rpmkeys('--define', '_pkgverify_level all', '--checksig', '--verbose', ...files).catch(
        (error: unknown) => {
          throw notSigned(error, own, id);
        },
      );
    }
  }
}

/** rpmkeys lists each file, then a line for each check, indented. */
function notSigned(error: unknown, packages: readonly RpmPackage[], repository: string): unknown {
  if (!(error instanceof ToolError)) {
    return error;
  }
  const detail = error.detail ?? '';
  const blocks = detail.split(/\n(?=\S)/);
  const bad = packages.filter(({ file }) =>
    blocks.some(
      (block) =>
        block.split('\n')[0]?.includes(`/${file}:`) &&
        !/Signature, key ID [0-9a-f]+: OK/i.test(block.replace(/^\s+.*\b(NOKEY|BAD|NOTTRUSTED)$/gm, '')),
    ),
  );
  const names = bad.map(({ name }) => name).slice(0, 5);
  return new UserError(
    `${names.length > 0 ? `The packages ${names.join(', ')}` : 'Packages'} of the repository ${repository} are not signed by its key`,
    {
      code: 'package-not-signed',
      fix: 'Name the right key in the definition, or take a mirror that was not tampered with.',
      detail,
      cause: error,
    },
  );
}
