import { type CloudExport, quote } from './commands.ts';

/** Source: Azure CLI reference, `sig image-version create` and `update`; versions there are three numbers. */
export const azure: CloudExport = {
  title: 'Azure Compute Gallery',
  variables: {
    RESOURCE_GROUP: 'resource group of the gallery',
    GALLERY: 'name of the gallery; the image definition must exist in it',
    LOCATION: 'region',
    STORAGE:
      'resource id of the storage account, whose container images holds <name>-<version>.vhd (fixed size)',
    BLOBS: 'address of the container images',
  },
  lines: ({ record, state, successor }) => {
    const scope = `--resource-group "$RESOURCE_GROUP" --gallery-name "$GALLERY" --gallery-image-definition ${quote(record.image)} --gallery-image-version ${galleryVersion(record)}`;
    if (state === 'draft') {
      return ['# A draft is not brought to any cloud.'];
    }
    if (state === 'deleted') {
      return [`az sig image-version delete ${scope}`];
    }
    const hidden = state !== 'available';
    const endOfLife =
      record.schedule.obsoleteAt ??
      (state === 'obsolete' || state === 'revoked' ? record.stateSince : undefined);
    return [
      `az sig image-version show ${scope} >/dev/null 2>&1 || az sig image-version create ${scope} --location "$LOCATION" \\`,
      `  --os-vhd-storage-account "$STORAGE" --os-vhd-uri "$BLOBS/${record.image}-${record.version}.vhd"`,
      `az sig image-version update ${scope} --set publishingProfile.excludeFromLatest=${hidden}${endOfLife ? ` publishingProfile.endOfLifeDate=${endOfLife}` : ''} \\`,
      `  tags.state=${state} tags.sha256=${record.disk.sha256}${successor ? ` tags.successor=${quote(`${successor.image}-${successor.version}`)}` : ''}`,
      ...(state === 'obsolete' || state === 'revoked'
        ? [
            '# No one but this subscription may start machines from it any more:',
            'az sig share reset --resource-group "$RESOURCE_GROUP" --gallery-name "$GALLERY"',
          ]
        : []),
    ];
  },
};

/** `20261124` is 2026.11.24, `13.1` is 13.1.0; what is no number, counts the publications. */
export function galleryVersion(record: {
  readonly version: string;
  readonly publishedIndex?: number | undefined;
}): string {
  const date = /^(\d{4})(\d{2})(\d{2})$/.exec(record.version);
  const numbers = date ? date.slice(1).map(Number) : record.version.split('.').map(Number);
  const valid =
    numbers.length <= 3 &&
    numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 31);
  const all = valid ? numbers : [0, 0, record.publishedIndex ?? 0];
  return [...all, 0, 0].slice(0, 3).join('.');
}
