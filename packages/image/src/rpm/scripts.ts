/**
 * The shell scripts that run inside the namespaces. Their text is fixed: what varies reaches them as arguments or as
 * files in the stage folder. `$1` is always the root tree, `$2` the stage folder, `$3` the folder of rpm's database.
 */
import { TREE_FUNCTIONS } from '../tree/shell.ts';

/**
 * The host's rpm installs with its own database format; package scripts run in the tree. Signatures were checked before.
 * Initrd and boot entries are made once, at the end.
 */
const RPM = `
rpm_in_tree() {
  guarded env SYSTEMD_OFFLINE=1 KERNEL_INSTALL_BYPASS=1 RPM_FORCE_DEBIAN=1 rpm --root "$root" \\
    --define "_dbpath $database" --define '_db_backend sqlite' --define '_flush_io 0' \\
    --define "_install_langs $(cat "$stage/languages")" --nosignature --excludedocs "$@"
}
keep_headers() {
  [ ! -x "$root/usr/bin/rpmdb" ] || rpmdb --dbpath "$root$database" --exportdb > "$stage/headers"
}
`;

/** Installs packages into an empty folder. The stage folder holds `packages`: a path on each line. */
export const INSTALL = `#!/bin/sh
set -eu
umask 022
root=$1 stage=$2 database=$3
${TREE_FUNCTIONS}${RPM}
only_writable "$stage" "$root"
mkdir -p "$root/dev" "$root/proc" "$root/mnt"
mount_kernel_files
rpm_in_tree --install --verbose "$stage/packages"
keep_headers
mount --bind "$stage" "$root/mnt"
enter /bin/sh /mnt/finish "$database"
`;

/** Changes a tree that has packages. The stage folder holds `packages` and `removed` (names). */
export const CHANGE = `#!/bin/sh
set -eu
umask 022
root=$1 stage=$2 database=$3
${TREE_FUNCTIONS}${RPM}
only_writable "$stage" "$root"
mount_kernel_files
if [ -s "$stage/removed" ]; then
  rpm_in_tree --erase $(cat "$stage/removed")
fi
if [ -s "$stage/packages" ]; then
  rpm_in_tree --upgrade --verbose "$stage/packages"
fi
keep_headers
mount --bind "$stage" "$root/mnt"
enter /bin/sh /mnt/finish "$database"
`;

/** In the tree, when all packages are installed: kernels in /boot, one initrd for each, rpm's database as the image's own rpm wants it. */
export const FINISH = `#!/bin/sh
set -eu
umask 022
database=$1
for modules in /usr/lib/modules/* /lib/modules/*; do
  version=\${modules##*/}
  if [ -f "$modules/vmlinuz" ] && [ ! -e "/boot/vmlinuz-$version" ]; then
    cp "$modules/vmlinuz" "/boot/vmlinuz-$version"
    for name in System.map config; do
      [ ! -f "$modules/$name" ] || cp "$modules/$name" "/boot/$name-$version"
    done
    # FIPS mode compares the kernel with this at boot.
    [ ! -f "$modules/.vmlinuz.hmac" ] || cp "$modules/.vmlinuz.hmac" "/boot/.vmlinuz-$version.hmac"
  fi
done
[ ! -x /usr/sbin/ldconfig ] || /usr/sbin/ldconfig
for image in /boot/vmlinuz-*; do
  [ -e "$image" ] || continue
  version=\${image#/boot/vmlinuz-}
  case $version in *rescue*) continue ;; esac
  initrd=/boot/initramfs-$version.img
  [ ! -e /etc/SUSE-brand ] && [ ! -e /usr/etc/SUSE-brand ] || initrd=/boot/initrd-$version
  rm -f "$initrd"
  [ ! -x /usr/sbin/depmod ] || /usr/sbin/depmod "$version"
  command -v dracut > /dev/null || { echo 'dracut is not in the image' >&2; exit 1; }
  dracut --force --no-hostonly --reproducible --kver "$version" "$initrd" > "/mnt/log/initrd-$version" 2>&1 || {
    cat "/mnt/log/initrd-$version" >&2
    exit 1
  }
done
# The image's own rpm may keep another format (SUSE: ndb): it reads the headers in.
backend=sqlite
[ ! -x /usr/bin/rpmdb ] || backend=$(rpm --eval '%{_db_backend}')
if [ "$backend" != sqlite ]; then
  rm -rf "$database"
  mkdir -p "$database"
  rpmdb --importdb < /mnt/headers
fi
`;

/** What a build leaves behind and no image may have: identities, logs, caches, the builder's settings. */
export const CLEAN = `
: > /etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/ssh/ssh_host_* /etc/hostname /etc/resolv.conf
rm -f /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid- /etc/.pwd.lock
for folder in /var/lib/rpm /usr/lib/sysimage/rpm; do
  rm -f "$folder/.rpm.lock" "$folder/rpmdb.sqlite-shm" "$folder/rpmdb.sqlite-wal"
done
rm -rf /var/cache/dnf/* /var/cache/zypp/* /var/lib/dnf/* /var/log/*.log
rm -f /var/cache/ldconfig/aux-cache /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
rm -rf /tmp/* /tmp/.[!.]* /var/tmp/* /run/* /root/.bash_history /root/.cache /root/.ssh
[ ! -d /var/log ] || find /var/log -type f -delete
mkdir -p /run/lock
`;
