import { TREE_FUNCTIONS } from '../tree/shell.ts';

/**
 * In namespaces of its own: shows the base tree through a writable layer in memory, so that it stays as it is, lets
 * the stage's scripts change it, and makes the file systems straight into the disk file.
 *
 * `$1` the base tree (never written), `$2` the stage folder, `$3` an empty folder. The stage folder holds `customise`,
 * `mounts` (a line each: type, offset in bytes, size in KiB, UUID, hash seed, label, mount point; children first),
 * `disk.raw` and, for what is not ext4, `libfaketime.so`. The tools are the image's own.
 *
 * mke2fs 1.47.1 and later honour SOURCE_DATE_EPOCH and take their seed as an option; earlier ones have another name for
 * the clock and copy when files were changed and read, which is put right afterwards. The other tools take clock and random numbers from
 * libfaketime; mkfs.btrfs still copies change times, which nobody can set. mkfs.xfs has no option
 * for a folder yet: it reads a list of files (mkfs.xfs(8), -p), and gives all of them the time of the epoch.
 */
export const ASSEMBLE = `#!/bin/sh
set -eu
umask 022
base=$1 stage=$2 work=$3 root=$3/root
${TREE_FUNCTIONS}
frozen() {
  enter LD_PRELOAD=/mnt/libfaketime.so "FAKETIME=$(date --utc --date "@$SOURCE_DATE_EPOCH" '+%F %T')" NO_FAKE_STAT=1 \\
    "FAKERANDOM_SEED=0x$(echo "$seed" | tr -d - | cut -c 1-16)" "$@"
}
# A file system that was made as a file of its own, to its place on the disk; holes stay holes.
place() {
  dd if="$stage/fs.raw" of="$stage/disk.raw" bs=64K seek="$((offset / 65536))" conv=notrunc,sparse status=none
  rm "$stage/fs.raw"
}
# Whether mke2fs copies when files were changed and last read, and does not know SOURCE_DATE_EPOCH.
before_epochs() {
  enter mke2fs -V 2>&1 | awk 'NR == 1 { split($2, part, "."); old = part[1] * 10000 + part[2] * 100 + part[3] < 14701 } END { exit !old }'
}
# Puts that right in the ext4 file system at $offset.
set_file_times() {
  enter dumpe2fs "/mnt/disk.raw?offset=$offset" 2> /dev/null | awk -v epoch="$SOURCE_DATE_EPOCH" '
    function used(last) {
      for (; inode <= last; inode++) {
        print "set_inode_field <" inode "> ctime @" epoch
        print "set_inode_field <" inode "> atime @" epoch
      }
    }
    /^Inodes per group:/ { per_group = $4 }
    /^Group [0-9]+:/ { inode = ($2 + 0) * per_group + 1; end = inode + per_group - 1 }
    /^  Free inodes:/ {
      sub(/^  Free inodes: */, "")
      count = split($0, free, /, */)
      for (i = 1; i <= count; i++) {
        parts = split(free[i], range, "-")
        used(range[1] - 1)
        inode = range[parts] + 1
      }
      used(end)
    }' > "$stage/file-times"
  [ -s "$stage/file-times" ] || { echo 'dumpe2fs told nothing of the file system' >&2; exit 1; }
  enter "E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH" debugfs -w -f /mnt/file-times "/mnt/disk.raw?offset=$offset" > /dev/null
}
# The files below \`$1\`, a child mount of which is an empty folder, as mkfs.xfs wants them listed; \`$2\` is its path inside.
list_files() (
  cd "$1"
  spaced=$(find . \\( -name '*[[:space:]]*' -o -lname '*[[:space:]]*' \\) -print -quit)
  [ -z "$spaced" ] || { echo "a way for mkfs.xfs to take the space in the name $spaced" >&2; exit 3; }
  printf '/\\n0 0\\n'
  find . -printf '%p\\t%y\\t%m\\t%U\\t%G\\t%l\\n' | tr / '\\001' | LC_ALL=C sort -t "$(printf '\\t')" -k 1,1 | tr '\\001' / |
    awk -F '\\t' -v inside="$2" -v sticky="$stage/sticky" '
      {
        depth = gsub("/", "/", $1)
        for (; open > depth; open--) print "$"
        mode = substr("0000" $3, length($3) + 1)
        special = substr(mode, 1, 1)
        kind = ($2 == "f" ? "-" : $2) (special >= 4 ? "u" : "-") (special % 4 >= 2 ? "g" : "-")
        name = $1
        sub(".*/", "", name)
        if (special % 2) print substr($1, 2) ":0" ($2 == "d" ? "4" : "10") mode > sticky
        line = kind substr(mode, 2) " " $4 " " $5
        if ($2 == "f") line = line " " inside substr($1, 2)
        if ($2 == "l") line = line " " $6
        print (depth ? name " " : "") line
        if ($2 == "d") open = depth + 1
      }
      END { for (; open > 0; open--) print "$" }'
)
only_writable "$stage" "$work"
mount -t tmpfs -o mode=0755 tmpfs "$work"
mkdir "$root" "$work/upper" "$work/work"
mount -t overlay -o "noatime,lowerdir=$base,upperdir=$work/upper,workdir=$work/work" overlay "$root"
# What is mounted over now keeps its time stamp out of the clamping below.
touch --date "@$SOURCE_DATE_EPOCH" "$root/mnt" "$root/proc" "$root/dev"
mount --bind "$stage" "$root/mnt"
mount_kernel_files
enter /bin/sh /mnt/customise
# mkfs.btrfs copies when files were last read.
if grep -q '^btrfs ' "$stage/mounts"; then
  find "$root" -xdev -print0 | xargs -0 touch -a --no-dereference --date "@$SOURCE_DATE_EPOCH"
fi
# Without what is mounted below it: an empty /proc and /dev, as the image has them.
mkdir -p "$stage/view"
view=$root/mnt/view
mount --bind "$root" "$view"
while read -r type offset kib uuid seed label mount; do
  source=/mnt/view$mount
  case $type in
    ext4)
      old=
      ! before_epochs || old=E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH
      enter MKE2FS_SKIP_PROGRESS=1 MKE2FS_SYNC=0 $old mke2fs -q -F -t ext4 -b 4096 -I 256 -m 1 -U "$uuid" -L "$label" \\
        -E "offset=$offset,hash_seed=$seed,nodiscard,lazy_itable_init=1,lazy_journal_init=1" \\
        -d "$source" /mnt/disk.raw "\${kib}k" >&2
      [ -z "$old" ] || set_file_times
      ;;
    btrfs)
      truncate -s "\${kib}K" "$stage/fs.raw"
      frozen mkfs.btrfs -q --rootdir "$source" --uuid "$uuid" --device-uuid "$seed" -L "$label" /mnt/fs.raw >&2
      place
      ;;
    xfs)
      truncate -s "\${kib}K" "$stage/fs.raw"
      list_files "$view$mount" "$source" > "$stage/proto"
      # The list has no place for the sticky bit of /tmp.
      : >> "$stage/sticky"
      frozen mkfs.xfs -q -f -m "uuid=$uuid" -L "$(printf %.12s "$label")" -p /mnt/proto /mnt/fs.raw >&2
      while IFS=: read -r path mode; do
        frozen xfs_db -x -f -c "path $path" -c "write core.mode $mode" /mnt/fs.raw > /dev/null < /dev/null
      done < "$stage/sticky"
      rm "$stage/sticky"
      place
      ;;
  esac
  # Its parent's file system gets an empty folder there, with the same owner and mode.
  if [ "$mount" != / ]; then
    mode=$(stat -c %a "$root$mount")
    mount -t tmpfs -o "mode=0$mode" tmpfs "$view$mount"
    touch --date "@$SOURCE_DATE_EPOCH" "$view$mount"
  fi
done < "$stage/mounts"
`;
