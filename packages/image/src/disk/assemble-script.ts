/**
 * In namespaces of its own: shows the base tree through a writable layer in memory, so that it stays as it is, lets
 * the stage's scripts change it, and makes the file systems straight into the disk file.
 *
 * `$1` the base tree (never written), `$2` the stage folder, `$3` an empty folder. The stage folder holds `customise`,
 * `mounts` (a line each: number, offset in bytes, size in KiB, UUID, hash seed, label, mount point; children first) and
 * `disk.raw`. mke2fs is the image's own: 1.47.1 and later honour SOURCE_DATE_EPOCH.
 */
export const ASSEMBLE = `#!/bin/sh
set -eu
umask 022
base=$1 stage=$2 work=$3
enter() {
  chroot "$work/root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \\
    LC_ALL=C.UTF-8 TZ=UTC HOME=/root SYSTEMD_OFFLINE=1 DEBIAN_FRONTEND=noninteractive \\
    MKE2FS_SKIP_PROGRESS=1 MKE2FS_SYNC=0 "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" "$@"
}
mount -t tmpfs -o mode=0755 tmpfs "$work"
mkdir "$work/root" "$work/upper" "$work/work"
mount -t overlay -o "lowerdir=$base,upperdir=$work/upper,workdir=$work/work" overlay "$work/root"
# What is mounted over now keeps its time stamp out of the clamping below.
touch --date "@$SOURCE_DATE_EPOCH" "$work/root/mnt" "$work/root/proc"
mount --bind "$stage" "$work/root/mnt"
mount -t proc -o nosuid,nodev,noexec proc "$work/root/proc"
enter /bin/sh /mnt/customise
umount "$work/root/proc"
mkdir -p "$stage/view"
view=$work/root/mnt/view
mount --bind "$work/root" "$view"
while read -r number offset kib uuid seed label mount; do
  source=/mnt/view$mount
  enter mke2fs -q -F -t ext4 -b 4096 -I 256 -m 1 -U "$uuid" -L "$label" \\
    -E "offset=$offset,hash_seed=$seed,nodiscard,lazy_itable_init=1,lazy_journal_init=1" \\
    -d "$source" /mnt/disk.raw "\${kib}k" >&2
  # Its parent's file system gets an empty folder there, with the same owner and mode.
  if [ "$mount" != / ]; then
    mode=$(stat -c %a "$work/root$mount")
    mount -t tmpfs -o "mode=0$mode" tmpfs "$view$mount"
    touch --date "@$SOURCE_DATE_EPOCH" "$view$mount"
  fi
done < "$stage/mounts"
`;
