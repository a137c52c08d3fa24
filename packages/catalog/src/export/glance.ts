import { type CloudExport, cloudName, quote } from './commands.ts';

/**
 * Source: OpenStack client reference, `image create` and `image set`; `os_hidden` keeps an image usable by id and out
 * of lists, a deactivated one cannot be downloaded.
 */
export const glance: CloudExport = {
  title: 'OpenStack Glance',
  variables: { DISKS: 'folder with the catalog’s files (images/<image>/<version>/<disk>)' },
  lines: ({ record, state, successor }) => {
    const name = cloudName(record);
    if (state === 'draft') {
      return ['# A draft is not brought to any cloud.'];
    }
    const find = `id=$(openstack image list --all --hidden --name ${name} --format value --column ID && openstack image list --all --name ${name} --format value --column ID)`;
    if (state === 'deleted') {
      return [find, 'test -z "$id" || openstack image delete "$id"'];
    }
    const properties = {
      os_distro: record.distribution,
      os_version: record.release,
      hw_firmware_type: record.firmware.includes('uefi') ? 'uefi' : 'bios',
      image_family: record.family,
      image_version: record.version,
      image_state: state,
      image_sha256: record.disk.sha256,
      ...(successor ? { image_successor: `${successor.image}/${successor.version}` } : {}),
    };
    const options = Object.entries(properties).map(
      ([key, value]) => `--property ${quote(`${key}=${value}`)}`,
    );
    return [
      find,
      'if [ -z "$id" ]; then',
      `  id=$(openstack image create ${name} --public --disk-format ${record.disk.format} --container-format bare \\`,
      `    --file "$DISKS"/${quote(`images/${record.image}/${record.version}/${record.disk.file}`)} --format value --column id)`,
      'fi',
      `openstack image set "$id" ${options.join(' ')}`,
      `openstack image set "$id" --${state === 'available' ? 'unhidden' : 'hidden'}`,
      `openstack image set "$id" --${state === 'obsolete' || state === 'revoked' ? 'deactivate' : 'activate'}`,
    ];
  },
};
