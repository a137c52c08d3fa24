import type { RootSession } from '@golden-image/disk';
import { UserError } from '@golden-image/host';

/** ID and VERSION_ID of os-release(5). */
export async function readOsRelease(
  session: RootSession,
): Promise<{ readonly id: string; readonly version: string }> {
  const data = (await session.readFile('/etc/os-release')) ?? (await session.readFile('/usr/lib/os-release'));
  return identifyOs(String(data ?? ''));
}

/** @throws UserError `unsupported-release` for a text without both */
export function identifyOs(text: string): { readonly id: string; readonly version: string } {
  const values = parseOsRelease(text);
  const id = values.get('ID');
  const version = values.get('VERSION_ID');
  if (!id || !version) {
    throw new UserError('The image does not say which distribution and release it is (os-release)', {
      code: 'unsupported-release',
      fix: 'Pass the disk of a release with ID and VERSION_ID in /etc/os-release.',
    });
  }
  return { id, version };
}

export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
      ([, key = '', value = '']) => [key, value.trim().replace(/^(["'])(.*)\1$/, '$2')] as const,
    ),
  );
}
