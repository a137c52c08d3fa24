/**
 * What installing packages and making accounts takes. Without the rest a package's script cannot mount, reboot, load
 * modules, set the clock, trace processes or make device nodes.
 */
const CAPABILITIES = [
  'chown',
  'dac_override',
  'dac_read_search',
  'fowner',
  'fsetid',
  'kill',
  'linux_immutable',
  'setfcap',
  'setgid',
  'setuid',
  'sys_chroot',
];

/** Shell functions that the scripts share. `$root` is the tree. */
export const TREE_FUNCTIONS = `
# Runs a program that executes package scripts, with few capabilities.
guarded() {
  setpriv --bounding-set '${['-all', ...CAPABILITIES.map((name) => `+${name}`)].join(',')}' "$@"
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
  # Writing there needs no capability, only user 0.
  for name in sys sysrq-trigger irq bus acpi fs; do
    [ -e "$root/proc/$name" ] || continue
    mount --bind "$root/proc/$name" "$root/proc/$name"
    mount -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/$name"
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
