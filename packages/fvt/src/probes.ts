import { NODE } from '@golden-image/vm';
import type { Expectations } from './expectations.ts';

/** One question to the guest: a POSIX shell snippet, run by root under `timeout`. */
export interface Probe {
  readonly id: string;
  /** Seconds under KVM. */
  readonly seconds: number;
  /** `settle`: waits for the guest, before all others; `slow`: runs beside the others. */
  readonly lane?: 'settle' | 'slow';
  readonly script: string;
}

/** Files with a heading each; the format that `sections` reads. */
const SHOW_FILES = 'for f in "$@"; do if [ -f "$f" ]; then printf "### %s\\n" "$f"; cat "$f"; echo; fi; done';

/** An ICMP echo without `ping`: cloud-init brings python3, the kernel's ping socket does the rest. */
const PYTHON_PING = [
  'import os,socket,struct,sys,time',
  't=sys.argv[1]; n=0; i=os.getpid()&0xffff',
  's=socket.socket(socket.AF_INET,socket.SOCK_RAW,1); s.settimeout(5)',
  'def c(b):',
  ' x=sum(struct.unpack("!%dH"%(len(b)//2),b)); x=(x>>16)+(x&0xffff); x+=x>>16; return ~x&0xffff',
  'for q in range(3):',
  ' b=struct.pack("!BBHHH",8,0,0,i,q)+b"fvt-ping"; b=b[:2]+struct.pack("!H",c(b))+b[4:]',
  ' s.sendto(b,(t,0)); e=time.time()+5',
  ' while time.time()<e:',
  '  try: r,a=s.recvfrom(2048)',
  '  except OSError: break',
  '  h=(r[0]&15)*4',
  '  if r[h]==0 and r[h+4:h+8]==struct.pack("!HH",i,q): n+=1; break',
  'print("3 packets transmitted, %d received (python3)"%n); sys.exit(0 if n==3 else 1)',
].join('\n');

function ping(target: string): string {
  return [
    `if command -v ping >/dev/null; then ping -n -c 3 -W 5 ${target}`,
    `elif command -v python3 >/dev/null; then python3 -c '${PYTHON_PING}' ${target}`,
    'else echo no-ping; fi',
  ].join('; ');
}

/** Refreshes the metadata and resolves an upgrade without applying it; `dnf check-update` says 100 when there is one. */
export const SOFTWARE_UPDATE: Probe = {
  id: 'software-update',
  seconds: 120,
  script: [
    'if command -v apt-get >/dev/null; then apt-get -q -o Acquire::Retries=2 -o APT::Update::Error-Mode=any -o DPkg::Lock::Timeout=60 update && apt-get -q -s dist-upgrade',
    'elif command -v dnf >/dev/null; then dnf -q makecache && { dnf -q check-update; r=$?; [ $r = 0 ] || [ $r = 100 ]; }',
    'elif command -v zypper >/dev/null; then zypper -n refresh && zypper -n update --dry-run',
    'else echo "no known package manager" >&2; exit 3; fi',
  ].join('; '),
};

/** What the guest waits for until it is all there. */
export const SETTLED: readonly Probe[] = [
  {
    id: 'cloud-init-status',
    seconds: 180,
    lane: 'settle',
    script: 'cloud-init status --wait --format=json',
  },
  {
    id: 'system-running',
    seconds: 60,
    lane: 'settle',
    script: 'systemctl is-system-running --wait || true',
  },
];

/** Who a machine is: what another boot of it may change (`boot-id`), and what it may not. */
export const IDENTITY: readonly Probe[] = [
  { id: 'boot-id', seconds: 5, script: 'cat /proc/sys/kernel/random/boot_id' },
  { id: 'machine-id', seconds: 5, script: 'cat /etc/machine-id' },
  { id: 'passwd', seconds: 5, script: 'cat /etc/passwd' },
  {
    id: 'host-keys',
    seconds: 10,
    script: 'for f in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf "$f"; done',
  },
  { id: 'cloud-init-instance', seconds: 5, script: 'cat /var/lib/cloud/data/instance-id' },
];

/** Every probe of the collector; module names come from the profile, which allows only plain ones. */
export function probes(expectations: Expectations): readonly Probe[] {
  const modules = [...new Set([...expectations.modules.available, ...expectations.modules.initramfs])];
  return [
    ...SETTLED,
    { id: 'jobs', seconds: 10, script: 'systemctl list-jobs --no-legend --no-pager --plain' },
    {
      id: 'failed-units',
      seconds: 10,
      script: 'systemctl list-units --state=failed --all --no-legend --no-pager --plain',
    },
    { id: 'unit-files', seconds: 15, script: 'systemctl list-unit-files --no-legend --no-pager --plain' },
    {
      id: 'swap-units',
      seconds: 10,
      script: 'systemctl list-units --type=swap --all --no-legend --no-pager --plain',
    },
    { id: 'cloud-init-result', seconds: 5, script: 'cat /run/cloud-init/result.json' },
    { id: 'cloud-init-schema', seconds: 60, lane: 'slow', script: 'cloud-init schema --system' },
    { id: 'os-release', seconds: 5, script: 'cat /etc/os-release' },
    { id: 'machine', seconds: 5, script: 'uname -m; uname -r' },
    {
      id: 'release-package',
      seconds: 10,
      script:
        'if command -v dpkg-query >/dev/null; then dpkg-query -S /usr/lib/os-release; cat /etc/debian_version; else rpm -qf --qf "%{NAME} %{VERSION}\\n" /usr/lib/os-release; fi',
    },
    {
      id: 'resolv-link',
      seconds: 5,
      script: 'readlink /etc/resolv.conf || echo regular; readlink -f /etc/resolv.conf',
    },
    { id: 'resolv-conf', seconds: 5, script: 'cat /etc/resolv.conf' },
    { id: 'ping-ip', seconds: 20, lane: 'slow', script: ping(NODE.ip) },
    { id: 'lookup-name', seconds: 15, lane: 'slow', script: `getent ahostsv4 ${NODE.name}` },
    { id: 'ping-name', seconds: 30, lane: 'slow', script: ping(NODE.name) },
    { id: 'ip-addr', seconds: 5, script: 'ip -j addr' },
    { id: 'ip-route', seconds: 5, script: 'ip -j route' },
    {
      id: 'block-devices',
      seconds: 5,
      script:
        // virtio and NVMe name it in a file; of a SCSI disk it stands in a page of vital product data, after four bytes.
        'for b in /sys/block/*; do n=$(basename "$b"); case $n in loop*|ram*|zram*|sr*|fd*) continue;; esac; s=$(cat $b/serial 2>/dev/null || cat $b/device/serial 2>/dev/null || dd if=$b/device/vpd_pg80 bs=1 skip=4 2>/dev/null || echo none); echo "$n $(($(cat $b/size) * 512)) $s"; done',
    },
    {
      id: 'file-systems',
      seconds: 10,
      script:
        'df -l -B1 --output=source,fstype,size,used,target -x tmpfs -x devtmpfs -x efivarfs -x overlay | tail -n +2',
    },
    { id: 'swaps', seconds: 5, script: 'tail -n +2 /proc/swaps' },
    { id: 'fstab', seconds: 5, script: 'if [ -f /etc/fstab ]; then cat /etc/fstab; fi' },
    {
      id: 'zram',
      seconds: 5,
      script: 'for z in /sys/block/zram*; do if [ -d "$z" ]; then basename "$z"; fi; done',
    },
    { id: 'kernel-command-line', seconds: 5, script: 'cat /proc/cmdline' },
    {
      id: 'boot-configuration',
      seconds: 5,
      script:
        'cat /boot/grub/grub.cfg /boot/grub2/grub.cfg /boot/loader/entries/*.conf /efi/loader/entries/*.conf 2>/dev/null | grep -E "^[[:space:]]*(linux(efi|16)?|options|set kernelopts=|kernelopts)[[:space:]=]" || true',
    },
    {
      id: 'modules',
      seconds: 20,
      lane: 'slow',
      script: [
        'k=$(uname -r); b=/lib/modules/$k/modules.builtin; [ -f "$b" ] || b=/usr/lib/modules/$k/modules.builtin',
        `for m in ${modules.join(' ')}; do f=$(echo "$m" | tr _ -); u=$(echo "$m" | tr - _)`,
        'if grep -qE "/($f|$u)\\.ko" "$b"; then echo "$m built-in"; elif modprobe -n -q "$m"; then echo "$m loadable"; else echo "$m missing"; fi; done',
      ].join('; '),
    },
    {
      id: 'initramfs-modules',
      seconds: 30,
      lane: 'slow',
      script: [
        'k=$(uname -r)',
        'if command -v lsinitramfs >/dev/null; then lsinitramfs "/boot/initrd.img-$k"; elif command -v lsinitrd >/dev/null; then lsinitrd "/boot/initramfs-$k.img"; else echo "neither lsinitramfs nor lsinitrd" >&2; exit 3; fi > "$d/initramfs"',
        'sed -n \'s|.*/\\([^/]*\\)\\.ko\\(\\.[a-z]*\\)\\{0,1\\}$|\\1|p\' "$d/initramfs" | tr - _ | sort -u',
      ].join('; '),
    },
    {
      id: 'repositories',
      seconds: 10,
      script: `set -- /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources /etc/yum.repos.d/*.repo /etc/zypp/repos.d/*.repo; ${SHOW_FILES}`,
    },
    {
      id: 'apt-settings',
      seconds: 10,
      script:
        'if command -v apt-config >/dev/null; then apt-config dump | grep -iE "AllowInsecure|AllowUnauthenticated|AllowDowngradeToInsecure|::Proxy" || true; fi',
    },
    { id: 'group', seconds: 5, script: 'cat /etc/group' },
    {
      // Hashes stay in the guest: only the kind of each field is told.
      id: 'shadow-kinds',
      seconds: 5,
      script:
        'awk -F: \'{ k="hash"; if ($2=="") k="empty"; else if ($2=="*" || $2 ~ /^!+\\*?$/) k="locked"; else if ($2 ~ /^!/) k="locked-hash"; print $1, k }\' /etc/shadow',
    },
    { id: 'homes', seconds: 5, script: 'ls -A /home' },
    {
      id: 'authorized-keys',
      seconds: 10,
      script: `cut -d: -f1,6 /etc/passwd | while IFS=: read -r u h; do for f in "$h"/.ssh/authorized_keys "$h"/.ssh/authorized_keys2; do if [ -s "$f" ]; then n=$(grep -cvE '^[[:space:]]*(#|$)' "$f"); echo "$u $n $f"; fi; done; done; if [ -d /etc/ssh/authorized_keys ]; then ls /etc/ssh/authorized_keys | while read -r u; do echo "$u 1 /etc/ssh/authorized_keys/$u"; done; fi`,
    },
    {
      id: 'vagrant-traces',
      seconds: 10,
      script:
        'grep -rls vagrant /etc/sudoers /etc/sudoers.d /etc/ssh || true; for f in /home/vagrant /root/.vagrant* /etc/vagrant*; do if [ -e "$f" ]; then echo "$f"; fi; done; grep -ls "vagrant insecure public key" /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys || true',
    },
    {
      // dpkg locks with fcntl, which flock(1) does not see: /proc/locks names both kinds by inode.
      id: 'lock-files',
      seconds: 5,
      script:
        'for f in /var/lib/dpkg/lock /var/lib/dpkg/lock-frontend /var/lib/apt/lists/lock /var/cache/apt/archives/lock /var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock /run/zypp.pid /var/run/dnf.pid /var/run/yum.pid /var/cache/dnf/metadata_lock.pid; do if [ -e "$f" ]; then i=$(stat -c %i "$f"); awk -v i="$i" -v f="$f" \'{ n=split($6, p, ":"); if (p[n]==i) print "held", f, $5 }\' /proc/locks; fi; done; for f in /etc/passwd.lock /etc/shadow.lock /etc/group.lock /etc/gshadow.lock /etc/subuid.lock /etc/subgid.lock /etc/ptmp /.autorelabel; do if [ -e "$f" ]; then echo "stale $f"; fi; done',
    },
    {
      id: 'packages',
      seconds: 15,
      lane: 'slow',
      script:
        // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
        'if command -v dpkg-query >/dev/null; then dpkg-query -W -f "\\${db:Status-Abbrev}\\t\\${Package}\\t\\${Version}\\t\\${Provides}\\n" | sed -n "s/^ii *\\t//p"; else rpm -qa --qf "%{NAME}\\t%{VERSION}-%{RELEASE}\\t[%{PROVIDES} ]\\n"; fi',
    },
    { id: 'listeners', seconds: 10, script: 'ss -Hplntu' },
    {
      id: 'mail-programs',
      seconds: 5,
      script:
        'for f in /usr/sbin/sendmail /usr/lib/sendmail /etc/alternatives/mta /etc/alternatives/mailx /usr/bin/mail /usr/bin/mailx; do if [ -e "$f" ]; then echo "$f -> $(readlink -f "$f")"; fi; done',
    },
    {
      id: 'subscription',
      seconds: 60,
      lane: 'slow',
      script:
        'if [ -x /usr/sbin/subscription-manager ]; then ls /etc/pki/product /etc/pki/product-default 2>/dev/null; subscription-manager identity; subscription-manager status; else echo none; fi',
    },
    ...IDENTITY,
    {
      id: 'journal-errors',
      seconds: 20,
      lane: 'slow',
      script: 'journalctl -b -p 3 -n 200 --no-pager -o short-monotonic',
    },
  ];
}
