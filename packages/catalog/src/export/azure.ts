import { type CloudExport, isOffered, quote } from './commands.ts';

/** Source: Azure CLI reference, `sig image-version list`, `create` and `update`; versions there are three numbers. */
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
    const gallery = '--resource-group "$RESOURCE_GROUP" --gallery-name "$GALLERY"';
    const definition = `${gallery} --gallery-image-definition ${quote(record.image)}`;
    const version = galleryVersion(record);
    const scope = `${definition} --gallery-image-version ${version}`;
    const find = `found=$(az sig image-version list ${definition} --query "[?name=='${version}'].name" --output tsv)`;
    if (state === 'deleted') {
      return [find, `test -z "$found" || az sig image-version delete ${scope}`];
    }
    const offered = isOffered(state);
    const endOfLife = record.schedule.obsoleteAt ?? (offered ? undefined : record.stateSince);
    const settings = [
      `publishingProfile.excludeFromLatest=${state !== 'available'}`,
      ...(endOfLife ? [`publishingProfile.endOfLifeDate=${endOfLife}`] : []),
      `tags.state=${state}`,
      `tags.sha256=${record.disk.sha256}`,
      ...(successor ? [`tags.successor=${successor.record.image}-${successor.record.version}`] : []),
    ];
    const update = `az sig image-version update ${scope} --set ${settings.map(quote).join(' ')}`;
    return offered
      ? [
          find,
          `test -n "$found" || az sig image-version create ${scope} --location "$LOCATION" \\`,
          `  --os-vhd-storage-account "$STORAGE" --os-vhd-uri "$BLOBS/"${quote(`${record.image}-${record.version}.vhd`)}`,
          update,
        ]
      : [
          find,
          'if [ -n "$found" ]; then',
          `  ${update}`,
          '  # The gallery is shared as a whole: no one but this subscription may start machines from it any more.',
          `  az sig share reset ${gallery}`,
          'fi',
        ];
  },
};

/**
 * Three numbers that grow as the versions do, because the largest is what a gallery calls the latest: `20261124` is
 * 2026.1124.0, `20261124.2` the second build of that day, `13.1` is 13.1.0; what is no number, counts the publications.
 */
export function galleryVersion(record: {
  readonly version: string;
  readonly publishedIndex?: number | undefined;
}): string {
  const date = /^(\d{4})(\d{4})(?:\.(\d{1,6}))?$/.exec(record.version);
  const numbers = (date ? date.slice(1).map((part) => part ?? '0') : record.version.split('.')).map(Number);
  const valid =
    numbers.length <= 3 &&
    numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 31);
  const all = valid ? numbers : [0, 0, record.publishedIndex ?? 0];
  return [...all, 0, 0].slice(0, 3).join('.');
}
