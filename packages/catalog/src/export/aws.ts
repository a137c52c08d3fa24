import { type CloudExport, isOffered, quote } from './commands.ts';

/** Source: AWS CLI reference, ec2: import-snapshot, register-image, enable-image-deprecation, disable-image. */
export const aws: CloudExport = {
  title: 'Amazon EC2',
  variables: {
    AWS_REGION: 'region of the images',
    BUCKET: 'bucket with <name>.raw of each disk, which the role vmimport may read',
  },
  lines: ({ record, name, state, successor }) => {
    const find = `image=$(aws ec2 describe-images --owners self --include-disabled --filters Name=name,Values=${name} --query 'Images[0].ImageId' --output text)`;
    if (state === 'deleted') {
      return [find, 'test "$image" = None || aws ec2 deregister-image --image-id "$image"'];
    }
    const tags = [
      `Key=sha256,Value=${record.disk.sha256}`,
      `Key=state,Value=${state}`,
      ...(successor ? [`Key=successor,Value=${successor.name}`] : []),
    ];
    const tag = `aws ec2 create-tags --resources "$image" --tags ${tags.map(quote).join(' ')}`;
    if (!isOffered(state)) {
      return [
        find,
        'if [ "$image" != None ]; then',
        `  ${tag}`,
        `  test "$(aws ec2 describe-images --owners self --include-disabled --image-ids "$image" --query 'Images[0].State' --output text)" = disabled ||`,
        '    aws ec2 disable-image --image-id "$image"',
        'fi',
      ];
    }
    const boot = record.firmware.includes('uefi')
      ? record.firmware.includes('bios')
        ? 'uefi-preferred'
        : 'uefi'
      : 'legacy-bios';
    const at = record.schedule.deprecateAt;
    return [
      find,
      'if [ "$image" = None ]; then',
      `  task=$(aws ec2 import-snapshot --description ${name} --disk-container "Format=raw,UserBucket={S3Bucket=$BUCKET,S3Key=${name}.raw}" --query ImportTaskId --output text)`,
      '  aws ec2 wait snapshot-imported --import-task-ids "$task"',
      `  snapshot=$(aws ec2 describe-import-snapshot-tasks --import-task-ids "$task" --query 'ImportSnapshotTasks[0].SnapshotTaskDetail.SnapshotId' --output text)`,
      `  image=$(aws ec2 register-image --name ${name} --architecture ${record.architecture === 'arm64' ? 'arm64' : 'x86_64'} --boot-mode ${boot} --ena-support \\`,
      '    --virtualization-type hvm --root-device-name /dev/sda1 --imds-support v2.0 \\',
      '    --block-device-mappings "DeviceName=/dev/sda1,Ebs={SnapshotId=$snapshot,VolumeType=gp3}" --query ImageId --output text)',
      'fi',
      tag,
      ...(state === 'deprecated'
        ? // The time must lie in the future; a minute is the smallest unit.
          [
            `aws ec2 enable-image-deprecation --image-id "$image" --deprecate-at "$(date -u -d '+2 minutes' +%Y-%m-%dT%H:%M:00Z)"`,
          ]
        : [
            at
              ? `aws ec2 enable-image-deprecation --image-id "$image" --deprecate-at ${quote(at)}`
              : 'aws ec2 disable-image-deprecation --image-id "$image"',
          ]),
    ];
  },
};
