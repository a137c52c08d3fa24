import { code, escapeMarkdown, formatSeconds, table } from '@golden-image/action-kit';
import type { BuildResult } from '@golden-image/image';

/** The job summary: what was built, from what, and where the time went. */
export function summary(result: BuildResult): string {
  const { descriptor, medium } = result;
  const { disk } = descriptor;
  const rows = [
    ['Image', escapeMarkdown(`${descriptor.name} ${descriptor.version}`)],
    ['System', escapeMarkdown(`${descriptor.distribution} ${descriptor.release} ${descriptor.architecture}`)],
    ['Boots with', escapeMarkdown(descriptor.firmware.join(', '))],
    ['Built from', medium ? code(`${medium.name} sha256:${medium.sha256}`) : 'signed repositories'],
    ['Disk', code(`sha256:${disk.sha256}`)],
    [
      'Size',
      `${(disk.size / 1e6).toFixed(0)} MB (${(disk.virtualSize / 2 ** 30).toFixed(1)} GiB for the guest)`,
    ],
    ['Packages', String(result.packageCount)],
    ['Root tree', result.cacheHit ? 'from the cache' : 'built'],
    ['Disk image', result.diskCacheHit ? 'from the cache' : 'made'],
    ['Newest time stamp', new Date(result.epoch * 1000).toISOString()],
  ];
  const steps = Object.entries(result.seconds).map(([step, seconds]) => [
    escapeMarkdown(step),
    formatSeconds(seconds),
  ]);
  return [
    '## Build image',
    '',
    table(['', ''], rows),
    '',
    '### Time',
    '',
    table(['Step', 'Wall time'], steps),
    '',
  ].join('\n');
}
