import { type CloudExport, isOffered, quote } from './commands.ts';

/**
 * Source: OpenStack client reference, `image list`, `create` and `set`; `os_hidden` keeps an image usable by id and out
 * of lists, a deactivated one cannot be downloaded.
 */
export const glance: CloudExport = {
  title: 'OpenStack Glance',
  variables: {
    DISKS: 'folder with the catalog’s files (images/<image>/<version>/<disk>)',
    VISIBILITY: 'who sees the images: public, community, shared or private',
  },
  lines: ({ record, name, state, successor }) => {
    // Only this project’s own: somebody else’s may have the same name.
    const find = [
      'owner=$(openstack token issue --format value --column project_id)',
      // A hidden image is in one list only.
      ...['', ' --hidden'].map(
        (hidden, index) =>
          `${index === 0 ? 'id' : 'more'}=$(openstack image list --all --project "$owner" --name ${name}${hidden} --format value --column ID)`,
      ),
      'id=$id$more',
    ];
    if (state === 'deleted') {
      return [...find, 'test -z "$id" || openstack image delete "$id"'];
    }
    const properties = {
      os_distro: record.distribution,
      os_version: record.release,
      hw_firmware_type: record.firmware.includes('uefi') ? 'uefi' : 'bios',
      image_family: record.family,
      image_version: record.version,
      image_state: state,
      image_sha256: record.disk.sha256,
      // An empty one takes an earlier one away.
      image_successor: successor ? `${successor.record.image}/${successor.record.version}` : '',
    };
    const options = Object.entries(properties).map(
      ([key, value]) => `--property ${quote(`${key}=${value}`)}`,
    );
    const set = `openstack image set ${options.join(' ')}`;
    if (!isOffered(state)) {
      return [...find, `test -z "$id" || ${set} --hidden --deactivate "$id"`];
    }
    const disk = `"$DISKS"/${quote(`images/${record.image}/${record.version}/${record.disk.file}`)}`;
    return [
      ...find,
      // What an earlier run began to upload and did not finish.
      'if [ -n "$id" ]; then',
      '  status=$(openstack image show "$id" --format value --column status)',
      '  case $status in queued | saving | killed) openstack image delete "$id"; id= ;; esac',
      'fi',
      'if [ -z "$id" ]; then',
      `  test "$(sha256sum < ${disk})" = "${record.disk.sha256}  -" || { echo ${quote(`${name}: the disk is not what the catalog says`)} >&2; exit 1; }`,
      `  id=$(openstack image create ${name} --private --disk-format ${record.disk.format} --container-format bare \\`,
      `    --file ${disk} --format value --column id)`,
      '  # The hash that Glance made of what it got.',
      `  sha512=$(sha512sum < ${disk})`,
      `  openstack image show "$id" --format json | grep --quiet --fixed-strings "\\"\${sha512%% *}\\"" ||`,
      `    { openstack image delete "$id"; echo ${quote(`${name}: Glance got something else`)} >&2; exit 1; }`,
      'fi',
      `${set} --${state === 'available' ? 'unhidden' : 'hidden'} --activate "--$VISIBILITY" "$id"`,
    ];
  },
};
