/**
 * The shell scripts that run inside the namespaces. Their text is fixed: what varies reaches them as arguments or as
 * files in the stage folder. `$1` is always a path of ours.
 */

/** What package scripts run again and again, diverted so that it runs once, at the end. */
const DIVERTED =
  '/usr/sbin/update-initramfs /usr/sbin/update-ca-certificates /usr/bin/py3compile /usr/sbin/locale-gen';

/**
 * mmdebstrap's essential hook: the essential packages are there, the others are not yet. Unpacks all the others in one
 * run of dpkg and configures them in another, as debootstrap does: apt would start dpkg for every few of them.
 * `$1` is the root tree; `archives` beside this script leads to the packages.
 */
export const ESSENTIAL_HOOK = `#!/bin/sh
set -eu
umask 022
here=$(dirname "$0")
archives=$(readlink "$here/archives")
for program in ${DIVERTED}; do
  chroot "$1" dpkg-divert --quiet --local --no-rename --divert "$program.real" --add "$program"
  printf '#!/bin/sh\\nexit 0\\n' > "$1$program"
  chmod 0755 "$1$program"
done
# No service starts while packages are set up.
printf '#!/bin/sh\\nexit 101\\n' > "$1/usr/sbin/policy-rc.d"
chmod 0755 "$1/usr/sbin/policy-rc.d"
chroot "$1" dpkg-query --show --showformat '\${Package}_\${Version}_\${Architecture}.deb\\n' | sed 's/:/%3a/' > "$here/installed"
(cd "$archives" && ls -- *.deb) | grep -vxFf "$here/installed" | sed 's|^|/mnt/|' > "$here/others"
[ -e "$1/proc/self" ] || mount -t proc -o nosuid,nodev,noexec proc "$1/proc"
mount --bind "$archives" "$1/mnt"
xargs -a "$here/others" chroot "$1" dpkg --force-depends --force-unsafe-io --unpack
umount "$1/mnt"
chroot "$1" dpkg --force-unsafe-io --configure -a
rm "$1/usr/sbin/policy-rc.d"
`;

/** In the root tree, when all packages are configured: what was put off, and the end of the diversions. */
export const FINISH_TREE = `#!/bin/sh
set -eu
umask 022
for program in ${DIVERTED}; do
  rm -f "$program"
  dpkg-divert --quiet --local --rename --remove "$program"
done
python_modules() {
  for folder in /usr/lib/python3 /usr/lib/python3.*; do
    [ -d "$folder" ] && echo "$folder"
  done
}
if [ -x /usr/bin/python3 ]; then
  python_modules | xargs -r /usr/bin/python3 -m compileall -q -j 0 -x 'lib2to3|test' > /mnt/log/python 2>&1 &
  python=$!
fi
if [ -x /usr/sbin/update-ca-certificates ]; then
  /usr/sbin/update-ca-certificates > /mnt/log/certificates 2>&1
fi
if [ -x /usr/sbin/locale-gen ] && grep -q '^[^#]' /etc/locale.gen 2> /dev/null; then
  /usr/sbin/locale-gen > /mnt/log/locales 2>&1
fi
install -m 0644 /mnt/extended_states /var/lib/apt/extended_states
# The hook that adds fsck to the initrd reads the type of root here.
[ -e /etc/fstab ] && mv /etc/fstab /etc/fstab.kept
echo 'LABEL=root / ext4 defaults 0 1' > /etc/fstab
for image in /boot/vmlinuz-*; do
  version=\${image#/boot/vmlinuz-}
  /usr/sbin/update-initramfs -c -k "$version" > "/mnt/log/initrd-$version" 2>&1 || {
    cat "/mnt/log/initrd-$version" >&2
    exit 1
  }
done
rm -f /etc/fstab
[ -e /etc/fstab.kept ] && mv /etc/fstab.kept /etc/fstab
[ -z "\${python:-}" ] || wait "$python" || { cat /mnt/log/python >&2; exit 1; }
`;

/** What a build leaves behind and no image may have: identities, logs, caches, backups, the builder's settings. */
export const CLEAN_TREE = `
: > /etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/ssh/ssh_host_* /etc/hostname /etc/resolv.conf /etc/.resolv.conf.*
rm -f /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid- /etc/.pwd.lock
rm -f /etc/apt/apt.conf.d/99mmdebstrap /etc/dpkg/dpkg.cfg.d/99mmdebstrap /etc/dpkg/dpkg.cfg.d/zz-build
rm -f /etc/apt/sources.list
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/cache/debconf/*-old
rm -f /var/lib/dpkg/*-old /var/lib/ucf/*.[0-9]* /var/cache/ldconfig/aux-cache
rm -f /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
rm -rf /tmp/* /tmp/.[!.]* /var/tmp/* /run/* /root/.bash_history /root/.cache /root/.ssh
find /var/log -type f -delete
rm -f /initrd.img.old /vmlinuz.old
mkdir -p /run/lock
`;

/** Nothing in the tree is newer than the epoch: \`$SOURCE_DATE_EPOCH\`. */
export const CLAMP_TIMES = `
find / -xdev -path /mnt -prune -o -newermt "@$SOURCE_DATE_EPOCH" -print0 |
  xargs -0 -r touch --no-dereference --date "@$SOURCE_DATE_EPOCH"
`;

/**
 * Enters a root tree: \`$1\` the tree, \`$2\` the stage folder that appears as /mnt in it, \`$3\` the script in the stage
 * folder. Mounts vanish with the namespace.
 */
export const ENTER_TREE = `#!/bin/sh
set -eu
umask 022
root=$1 stage=$2 script=$3
mount --bind "$root" "$root"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount --bind "$stage" "$root/mnt"
cd "$root"
exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \\
  LC_ALL=C.UTF-8 TZ=UTC HOME=/root SYSTEMD_OFFLINE=1 DEBIAN_FRONTEND=noninteractive \\
  "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" /bin/sh "/mnt/$script"
`;
