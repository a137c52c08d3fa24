import { cloudName } from './cloud-names.ts';
import { type CloudExport, comment, isOffered, quote } from './commands.ts';

const STATE = {
  available: 'ACTIVE',
  deprecated: 'DEPRECATED',
  obsolete: 'OBSOLETE',
  revoked: 'OBSOLETE',
  deleted: 'DELETED',
} as const;

/** Source: gcloud reference, `compute images list`, `create` and `deprecate`. */
export const gce: CloudExport = {
  title: 'Google Compute Engine',
  variables: {
    PROJECT: 'project of the images',
    BUCKET:
      'bucket (gs://…) with <name>.tar.gz of each disk: `qemu-img convert -O raw disk.qcow2 disk.raw; tar --format=oldgnu -Sczf <name>.tar.gz disk.raw`',
  },
  lines: ({ record, name, state, successor }) => {
    const scope = '--project="$PROJECT"';
    const { deprecateAt, obsoleteAt, deleteAt } = record.schedule;
    const options = [
      `--state=${STATE[state]}`,
      ...(state !== 'available' && successor ? [`--replacement=${successor.name}`] : []),
      ...(state === 'deprecated' && obsoleteAt ? [`--obsolete-on=${quote(obsoleteAt)}`] : []),
      ...(state !== 'available' && state !== 'deleted' && deleteAt ? [`--delete-on=${quote(deleteAt)}`] : []),
    ];
    const say = `gcloud compute images deprecate ${name} ${scope} ${options.join(' ')}`;
    // A search, not a description: where that fails, the image need not be missing.
    const find = `found=$(gcloud compute images list ${scope} --no-standard-images --show-deprecated --filter=name=${name} --format='value(name)')`;
    if (!isOffered(state)) {
      return [find, `test -z "$found" || ${say}`];
    }
    const features = record.firmware.includes('uefi') ? ' --guest-os-features=UEFI_COMPATIBLE' : '';
    return [
      find,
      `test -n "$found" || gcloud compute images create ${name} ${scope} \\`,
      `  --source-uri="$BUCKET/${name}.tar.gz" --family=${cloudName({ image: record.family, version: record.architecture })} \\`,
      `  --architecture=${record.architecture === 'arm64' ? 'ARM64' : 'X86_64'}${features} \\`,
      `  --labels=${quote(`sha256-begin=${record.disk.sha256.slice(0, 32)}`)},${quote(`sha256-end=${record.disk.sha256.slice(32)}`)}`,
      say,
      // ACTIVE takes no dates; tick brings the next state.
      ...(state === 'available' && deprecateAt ? [comment(`becomes DEPRECATED on ${deprecateAt}`)] : []),
      ...(state === 'available' && obsoleteAt ? [comment(`becomes OBSOLETE on ${obsoleteAt}`)] : []),
    ];
  },
};
