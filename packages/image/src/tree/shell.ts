import { CHANGE_CAPABILITIES, KERNEL_FILES } from '@golden-image/disk';

/** In the words of setpriv(1). */
const BOUNDING_SET = [
  '-all',
  ...CHANGE_CAPABILITIES.map((name) => `+${name.slice('CAP_'.length).toLowerCase()}`),
];

/** Shell functions that the scripts share. `$root` is the tree. */
export const TREE_FUNCTIONS = `
# Runs a program that executes package scripts: these cannot mount, reboot, load modules, set the clock or make devices.
guarded() {
  setpriv --bounding-set ${BOUNDING_SET.join(',')} "$@"
}
# Leaves no file system of the runner writable but below these folders: package scripts are root, and a chroot does not hold
# root. They cannot undo it: that takes CAP_SYS_ADMIN. Device nodes and sockets stay reachable for who leaves the chroot.
only_writable() {
  given=$#
  for folder in "$@"; do
    mount --bind "$folder" "$folder"
    # Without symbolic links, as the kernel lists it.
    set -- "$@" "$(cd "$folder" && pwd -P)"
  done
  shift "$given"
  # proc(5): the fifth field, with spaces and the like in octal.
  cut -d ' ' -f 5 /proc/self/mountinfo | sort -u > "$1/mount-points"
  while read -r point; do
    point=$(printf %b "$point")
    for folder in "$@"; do
      case $point/ in "$folder"/*) continue 2 ;; esac
    done
    # What cannot be reached (hidden by another mount, FUSE of another user) cannot be written either.
    mount -o remount,bind,ro "$point" 2> /dev/null || [ ! -w "$point" ] || {
      echo "$point of the runner cannot be made read-only for package scripts" >&2
      exit 1
    }
  done < "$1/mount-points"
  rm "$1/mount-points"
}
# Runs a program in the tree, with an environment of its own; NAME=value may come first.
enter() {
  guarded chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \\
    LC_ALL=C.UTF-8 TZ=UTC HOME=/root SYSTEMD_OFFLINE=1 DEBIAN_FRONTEND=noninteractive \\
    DEBCONF_NONINTERACTIVE_SEEN=true "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" "$@"
}
# What programs look for in /proc and /dev; an image's own /dev is empty, the kernel fills it.
mount_kernel_files() {
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  for file in ${KERNEL_FILES.join(' ')}; do
    [ -e "$root$file" ] || continue
    mount --bind "$root$file" "$root$file"
    mount -o remount,bind,ro,nosuid,nodev,noexec "$root$file"
  done
  mount -t tmpfs -o mode=0755,nosuid tmpfs "$root/dev"
  mknod -m 666 "$root/dev/null" c 1 3
  mknod -m 666 "$root/dev/zero" c 1 5
  mknod -m 666 "$root/dev/full" c 1 7
  mknod -m 666 "$root/dev/random" c 1 8
  mknod -m 666 "$root/dev/urandom" c 1 9
  mknod -m 666 "$root/dev/tty" c 5 0
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s fd/0 "$root/dev/stdin"
  ln -s fd/1 "$root/dev/stdout"
  ln -s fd/2 "$root/dev/stderr"
  mkdir -m 1777 "$root/dev/shm"
}
`;
