/**
 * The shell scripts that run inside the namespaces. Their text is fixed: what varies reaches them as arguments or as
 * files in the stage folder. `$1` is always the root tree, `$2` the stage folder.
 */
import { TREE_FUNCTIONS } from '../tree/shell.ts';

/** What package scripts run again and again, diverted so that it runs once, at the end; and what makes host keys, which no image has. */
const DIVERTED =
  '/usr/sbin/update-initramfs /usr/sbin/update-ca-certificates /usr/bin/py3compile /usr/sbin/locale-gen /usr/bin/ssh-keygen';

/** Puts stubs in place of what is put off, and keeps services from starting; needs `enter`. */
const PUT_OFF = `
for program in ${DIVERTED}; do
  enter dpkg-divert --quiet --local --no-rename --divert "$program.real" --add "$program"
  [ ! -e "$root$program" ] || mv "$root$program" "$root$program.real"
  printf '#!/bin/sh\\nexit 0\\n' > "$root$program"
  chmod 0755 "$root$program"
done
printf '#!/bin/sh\\nexit 101\\n' > "$root/usr/sbin/policy-rc.d"
chmod 0755 "$root/usr/sbin/policy-rc.d"
`;

/**
 * Installs packages into an empty folder. The stage folder holds `archives` (a link to the packages), `first` (files of
 * the essential packages and of what they depend on), `others`, `essential` (names), `usr-links` (folders of the root
 * that are to be links into /usr), `dpkg.cfg`, `locale.gen`.
 *
 * First the essential packages are only extracted, so that dpkg and package scripts can run in the tree; then one dpkg
 * unpacks everything and another configures it: apt would start dpkg for every few packages. dpkg flushes its database
 * at every step, so that lies in memory meanwhile. Byte code is compiled while packages are configured.
 */
export const BOOTSTRAP = `#!/bin/sh
set -eu
umask 022
root=$1 stage=$2
archives=$(readlink "$stage/archives")
${TREE_FUNCTIONS}
only_writable "$stage" "$root"
# base-files brings the links of the merged /usr: before all others.
grep '^base-files_' "$stage/first" | while read -r file; do dpkg-deb --extract "$archives/$file" "$root"; done
cd "$archives"
grep -v '^base-files_' "$stage/first" | xargs -P 2 -I '{}' dpkg-deb --extract '{}' "$root"
cd /
# The links of the merged /usr: older base-files have folders in their place, and tar makes a folder of a link that a
# package has as a folder. dpkg keeps them.
for folder in $(cat "$stage/usr-links"); do
  [ ! -L "$root/$folder" ] || continue
  mkdir -p "$root/$folder" "$root/usr/$folder"
  cp -a "$root/$folder/." "$root/usr/$folder/"
  rm -rf "\${root:?}/$folder"
  ln -s "usr/$folder" "$root/$folder"
done
for folder in doc man info lintian linda groff; do
  rm -rf "$root/usr/share/$folder"
done
mkdir -p "$root/dev" "$root/proc" "$root/etc/dpkg/dpkg.cfg.d"
mount_kernel_files
mkdir -p "$root/mnt" "$root/var/lib/dpkg"
mount -t tmpfs -o mode=0755 tmpfs "$root/var/lib/dpkg"
mkdir "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers" "$root/var/lib/dpkg/parts" \\
  "$root/var/lib/dpkg/alternatives"
: > "$root/var/lib/dpkg/status"
cp "$stage/dpkg.cfg" "$root/etc/dpkg/dpkg.cfg.d/50-no-documentation"
[ ! -s "$stage/locale.gen" ] || cp "$stage/locale.gen" "$root/etc/locale.gen"
${PUT_OFF}mount --bind -o ro "$archives" "$root/mnt"
# base-passwd makes the accounts that files of others belong to.
{ grep '^base-passwd_' "$stage/first"; grep -v '^base-passwd_' "$stage/first"; cat "$stage/others"; } |
  sed 's|^|/mnt/|' > "$stage/all"
enter xargs dpkg --force-depends --force-unsafe-io --no-triggers --unpack < "$stage/all"
umount "$root/mnt"
enter dpkg --force-unsafe-io --no-triggers --configure $(cat "$stage/essential")
python=
if [ -x "$root/usr/bin/python3" ]; then
  enter sh -c 'for folder in /usr/lib/python3 /usr/lib/python3.*; do [ ! -d "$folder" ] || echo "$folder"; done' |
    enter xargs -r /usr/bin/python3 -m compileall -q -x 'lib2to3|test' > "$stage/log/python" 2>&1 &
  python=$!
fi
enter dpkg --force-unsafe-io --configure -a
[ -z "$python" ] || wait "$python" || { cat "$stage/log/python" >&2; exit 1; }
rm "$root/usr/sbin/policy-rc.d"
cp -a "$root/var/lib/dpkg" "$stage/dpkg"
umount "$root/var/lib/dpkg"
rm -rf "$root/var/lib/dpkg"
cp -a "$stage/dpkg" "$root/var/lib/dpkg"
mount --bind "$stage" "$root/mnt"
enter /bin/sh /mnt/finish
`;

/**
 * Changes the packages of a tree that has some. The stage folder holds `archives`, `all` (packages to unpack, as paths
 * below /mnt) and `removed` (names to purge).
 */
export const CHANGE = `#!/bin/sh
set -eu
umask 022
root=$1 stage=$2
archives=$(readlink "$stage/archives")
${TREE_FUNCTIONS}
only_writable "$stage" "$root"
mount_kernel_files
${PUT_OFF}
mount --bind -o ro "$archives" "$root/mnt"
if [ -s "$stage/all" ]; then
  enter xargs dpkg --force-depends --force-unsafe-io --force-confold --no-triggers --unpack < "$stage/all"
fi
if [ -s "$stage/removed" ]; then
  enter xargs dpkg --force-unsafe-io --purge < "$stage/removed"
fi
umount "$root/mnt"
enter dpkg --force-unsafe-io --force-confold --configure -a
rm "$root/usr/sbin/policy-rc.d"
mount --bind "$stage" "$root/mnt"
enter /bin/sh /mnt/finish
`;

/** In the root tree, when all packages are configured: what was put off, and the end of the diversions. */
export const FINISH_TREE = `#!/bin/sh
set -eu
umask 022
for program in ${DIVERTED}; do
  rm -f "$program"
  dpkg-divert --quiet --local --rename --remove "$program"
done
# Byte code of what a changed tree got; the rest has it already.
if [ -e /mnt/change ] && [ -x /usr/bin/python3 ]; then
  /usr/bin/python3 -m compileall -q -x 'lib2to3|test' /usr/lib/python3 > /mnt/log/python 2>&1
fi
# Beside the initrd, which holds no certificates.
certificates=
if [ -x /usr/sbin/update-ca-certificates ]; then
  /usr/sbin/update-ca-certificates > /mnt/log/certificates 2>&1 &
  certificates=$!
fi
if [ -x /usr/sbin/locale-gen ] && grep -q '^[^#]' /etc/locale.gen 2> /dev/null; then
  /usr/sbin/locale-gen > /mnt/log/locales 2>&1
fi
[ ! -e /mnt/extended_states ] || install -D -m 0644 /mnt/extended_states /var/lib/apt/extended_states
# The hook that adds fsck to the initrd reads the type of root here.
[ ! -e /etc/fstab ] || mv /etc/fstab /etc/fstab.kept
cp /mnt/fstab /etc/fstab
for image in /boot/vmlinuz-*; do
  version=\${image#/boot/vmlinuz-}
  rm -f "/boot/initrd.img-$version"
  /usr/sbin/update-initramfs -c -k "$version" > "/mnt/log/initrd-$version" 2>&1 || {
    cat "/mnt/log/initrd-$version" >&2
    exit 1
  }
done
[ -z "$certificates" ] || wait "$certificates" || { cat /mnt/log/certificates >&2; exit 1; }
rm -f /etc/fstab
[ ! -e /etc/fstab.kept ] || mv /etc/fstab.kept /etc/fstab
`;

/** What a build leaves behind and no image may have: identities, logs, caches, backups, the builder's settings. */
export const CLEAN_TREE = `
: > /etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/ssh/ssh_host_* /etc/hostname /etc/resolv.conf /etc/.resolv.conf.*
rm -f /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid- /etc/.pwd.lock
rm -f /etc/apt/sources.list
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/cache/debconf/*-old
rm -f /var/lib/dpkg/*-old /var/lib/dpkg/lock /var/lib/dpkg/lock-frontend /var/lib/dpkg/triggers/Lock
rm -f /var/lib/ucf/*.[0-9]* /var/cache/ldconfig/aux-cache
rm -f /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
rm -rf /tmp/* /tmp/.[!.]* /var/tmp/* /run/* /root/.bash_history /root/.cache /root/.ssh
find /var/log -type f -delete
rm -f /initrd.img.old /vmlinuz.old
mkdir -p /run/lock
`;
