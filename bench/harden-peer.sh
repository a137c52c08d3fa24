#!/bin/bash
# What a user would do without this action: scan, generate the fix of the whole profile, run it in a chroot, scan again.
#
#   harden-peer.sh <work folder> <disk.qcow2> <datastream> <profile>
#
# The folder is private, the mounts are in a namespace of their own, /proc/sys is read-only there.
set -euo pipefail
work=$1 disk=$2 content=$3 profile=$4
if [ "${5:-}" != inside ]; then
  exec unshare --mount --pid --net --uts --ipc --fork --kill-child --propagation private -- "$0" "$1" "$2" "$3" "$4" inside
fi
mount -t proc proc /proc
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
qemu-img convert -O raw "$disk" "$work/disk.raw"
read -r start size < <(sfdisk --json "$work/disk.raw" | jq -r '.partitiontable.partitions | max_by(.size) | "\(.start) \(.size)"')
mkdir -p "$work/root"
mount -o "loop,offset=$((start * 512)),sizelimit=$((size * 512))" "$work/disk.raw" "$work/root"
mount --bind /proc "$work/root/proc"
mount -t tmpfs tmpfs "$work/root/run"
mount -t tmpfs tmpfs "$work/root/tmp"
export OSCAP_PROBE_ROOT=$work/root
scan() { oscap xccdf eval --profile "$profile" --results "$work/$1.xml" --results-arf "$work/$1.arf.xml" --report "$work/$1.html" "$content" > /dev/null 2>&1 || [ $? = 2 ]; }
scan before
oscap xccdf generate fix --fix-type bash --profile "$profile" --output "$work/root/run/fix.sh" "$content" 2> /dev/null
chroot "$work/root" /bin/bash /run/fix.sh < /dev/null > "$work/fix.log" 2>&1 || :
scan after
umount --recursive "$work/root"
qemu-img convert -c -O qcow2 "$work/disk.raw" "$work/disk.out.qcow2"
