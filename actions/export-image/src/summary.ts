import path from 'node:path';
import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { ExportResult } from '@golden-image/image';

/** The job summary: which files, from which disk. */
export function summary({ files, disk }: ExportResult): string {
  const rows = files.map(({ format, file, size, sha256 }) => [
    escapeMarkdown(format),
    code(path.basename(file)),
    `${(size / 1e6).toFixed(0)} MB`,
    code(`sha256:${sha256}`),
  ]);
  return [
    '## Export image',
    '',
    `From ${code(`${disk.name} sha256:${disk.sha256}`)}; the content of each file was compared with it.`,
    '',
    table(['Format', 'File', 'Size', 'Digest'], rows),
    '',
  ].join('\n');
}
