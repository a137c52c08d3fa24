import path from 'node:path';
import { ToolError, UserError } from '@golden-image/host';

/** Paths end up in mount options and URIs, where these would mean something. */
const UNUSABLE = /[^A-Za-z0-9_.+~=/ -]/;

/**
 * An absolute path that every tool of the build takes as it is.
 *
 * @throws UserError `unusable-path`
 */
export function usablePath(given: string): string {
  const absolute = path.resolve(given);
  if (UNUSABLE.test(absolute)) {
    throw new UserError(
      `The path ${JSON.stringify(absolute)} has characters that build tools take for syntax`,
      {
        code: 'unusable-path',
        fix: 'Use a path of letters, digits, spaces and _ . + ~ = -',
      },
    );
  }
  return absolute;
}

/** A full disk is not the tool's fault, whichever tool met it first. */
export function explainFailure(error: unknown): unknown {
  const detail = error instanceof ToolError ? `${error.message}\n${error.detail ?? ''}` : '';
  const full =
    (error as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC' ||
    /No space left on device|You don't have enough free space|Disk quota exceeded/i.test(detail);
  if (!full || error instanceof UserError) {
    return error;
  }
  return new UserError('There is not enough space left to build the image', {
    code: 'disk-full',
    fix: 'Free some space (about five times the packages plus the disk image), or put output and cache-dir elsewhere.',
    ...(detail ? { detail } : {}),
    cause: error,
  });
}
