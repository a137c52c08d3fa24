import { type CloudExport, cloudName, quote } from './commands.ts';

const STATE = {
  deprecated: 'DEPRECATED',
  obsolete: 'OBSOLETE',
  revoked: 'OBSOLETE',
  deleted: 'DELETED',
} as const;

/** Source: gcloud reference, `compute images create` and `compute images deprecate`. */
export const gce: CloudExport = {
  title: 'Google Compute Engine',
  variables: {
    PROJECT: 'project of the images',
    BUCKET:
      'bucket (gs://…) with <name>.tar.gz of each disk: `qemu-img convert -O raw disk.qcow2 disk.raw; tar --format=oldgnu -Sczf <name>.tar.gz disk.raw`',
  },
  lines: ({ record, state, successor }) => {
    const name = cloudName(record);
    const scope = '--project="$PROJECT"';
    if (state === 'draft') {
      return ['# A draft is not brought to any cloud.'];
    }
    const create = [
      `gcloud compute images describe ${name} ${scope} >/dev/null 2>&1 || gcloud compute images create ${name} ${scope} \\`,
      `  --source-uri="$BUCKET/${name}.tar.gz" --family=${cloudName({ image: record.family, version: record.architecture })} \\`,
      `  --architecture=${record.architecture === 'arm64' ? 'ARM64' : 'X86_64'}${record.firmware.includes('uefi') ? ' --guest-os-features=UEFI_COMPATIBLE' : ''} \\`,
      `  --labels=sha256-begin=${record.disk.sha256.slice(0, 32)},sha256-end=${record.disk.sha256.slice(32)}`,
    ];
    if (state === 'available') {
      const { deprecateAt, obsoleteAt } = record.schedule;
      // ACTIVE takes the dates only as information; tick brings the next state.
      return [
        ...create,
        `gcloud compute images deprecate ${name} ${scope} --state=ACTIVE`,
        ...(deprecateAt ? [`# becomes DEPRECATED on ${deprecateAt}`] : []),
        ...(obsoleteAt ? [`# becomes OBSOLETE on ${obsoleteAt}`] : []),
      ];
    }
    const replacement = successor ? ` --replacement=${cloudName(successor)}` : '';
    const dates = [
      state === 'deprecated' && record.schedule.obsoleteAt
        ? ` --obsolete-on=${quote(record.schedule.obsoleteAt)}`
        : '',
      state !== 'deleted' && record.schedule.deleteAt
        ? ` --delete-on=${quote(record.schedule.deleteAt)}`
        : '',
    ].join('');
    return [
      ...create,
      `gcloud compute images deprecate ${name} ${scope} --state=${STATE[state]}${replacement}${dates}`,
    ];
  },
};
