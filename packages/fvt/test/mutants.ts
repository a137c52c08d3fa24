import type { Need } from '../src/case.ts';

/** A guest with one fault, the case that must find it, and what it must say. */
export interface Mutant {
  /** The case that must fail. */
  readonly case: string;
  readonly fault: string;
  /** What root does in the guest; a constant of ours. */
  readonly run: string;
  /** The case's words, expected in what it says. */
  readonly says: RegExp;
  /** Cases that the same fault breaks too, because they build on what is broken. */
  readonly also?: readonly string[];
  /** What the case needs beside facts. */
  readonly needs?: readonly Need[];
  /** The same, where the facts tell already that it fails. */
  readonly judged?: readonly Need[];
  /** `second`: the machine with two NICs and two volumes; default: the plain one. */
  readonly on?: 'second';
  /** What happens to the machine, not to the guest. */
  readonly hardware?: 'larger-disk' | 'mirror-that-is-gone';
  /** For faults that only show when time runs out: limits as short as these under TCG. */
  readonly timeoutScale?: number;
}

/** Devices that come from now on get no driver; that works however the machine plugs them in. */
const NO_NEW_DEVICES = 'echo 0 > /sys/bus/virtio/drivers_autoprobe';

/** At least one for each case of the catalogue. */
export const MUTANTS: readonly Mutant[] = [
  {
    case: 'image_responds_to_ping',
    fault: 'the kernel ignores echo requests',
    run: 'echo 1 > /proc/sys/net/ipv4/icmp_echo_ignore_all',
    says: /0 of 3/,
  },
  {
    case: 'linux_image_allows_ssh',
    fault: "the administrator's key is gone",
    run: 'rm -f ~fvt/.ssh/authorized_keys',
    says: /refused/,
  },
  {
    case: 'does_linux_vm_have_a_resolv_conf_file',
    fault: 'resolv.conf names no nameserver',
    run: 'rm -f /etc/resolv.conf; echo "# nothing" > /etc/resolv.conf',
    says: /at least one nameserver \| none/,
    also: ['linux_ping_by_name'],
  },
  {
    case: 'linux_ping_by_ip',
    fault: 'a firewall drops outgoing echo requests',
    run: 'iptables -I OUTPUT 1 -p icmp --icmp-type echo-request -j DROP',
    says: /3 replies from/,
    also: ['linux_ping_by_name'],
  },
  {
    case: 'linux_ping_by_name',
    fault: 'the name stands in /etc/hosts, DNS is never asked',
    run: 'echo "10.0.2.100 target.fvt.test" >> /etc/hosts',
    says: /through DNS/,
  },
  {
    case: 'linux_check_boot_disk_size',
    fault: 'the root file system did not grow with the disk',
    run: 'true',
    hardware: 'larger-disk',
    says: /file systems that hold at least/,
  },
  {
    case: 'linux_check_distribution',
    fault: 'os-release tells another release',
    run: 'f=$(readlink -f /etc/os-release); sed -i "s/^VERSION_ID=.*/VERSION_ID=\\"12\\"/" "$f"',
    says: /debian 12/,
  },
  {
    case: 'linux_check_for_required_modules',
    fault: 'the driver of the seed is missing',
    run: 'find /lib/modules -name "isofs.ko*" -delete; depmod',
    says: /iso9660 is missing/,
  },
  {
    case: 'linux_check_valid_rhel_license',
    fault: 'RHEL without a product certificate',
    run: 'f=$(readlink -f /etc/os-release); sed -i "s/^ID=.*/ID=rhel/" "$f"',
    judged: ['subscription'],
    says: /a product certificate/,
    also: ['linux_check_distribution'],
  },
  {
    case: 'linux_check_valid_software_update',
    fault: 'the repository is gone',
    run: 'rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*; echo "deb http://10.0.2.77/gone trixie main" > /etc/apt/sources.list',
    hardware: 'mirror-that-is-gone',
    says: /metadata refreshed/,
    also: ['check_source_repos'],
  },
  {
    case: 'linux_vm_with_two_nics_and_two_volumes',
    fault: 'the second NIC is dead',
    on: 'second',
    run: 'n=$(grep -l "^52:54:01:" /sys/class/net/*/address | cut -d/ -f5); ip link set "$n" down',
    says: /52:54:01:\S+\): not up/,
    also: ['linux_check_eth_interfaces_are_up', 'linux_check_eth_interface_addresses'],
  },
  {
    case: 'does_vm_stop_and_start_correctly',
    fault: 'the power button is ignored',
    run: 'mkdir -p /etc/systemd/logind.conf.d; printf "[Login]\\nHandlePowerKey=ignore\\n" > /etc/systemd/logind.conf.d/x.conf; systemctl restart systemd-logind',
    needs: ['stop-start'],
    timeoutScale: 0.5,
    says: /did not power off within/,
  },
  {
    case: 'does_vm_reboot_correctly',
    fault: 'a reboot hangs',
    run: 'mkdir -p /run/systemd/system/systemd-reboot.service.d; printf "[Service]\\nExecStartPre=/bin/sleep 100000\\nType=oneshot\\nTimeoutStartSec=infinity\\n" > /run/systemd/system/systemd-reboot.service.d/x.conf; systemctl daemon-reload; systemctl mask --runtime reboot.target systemd-reboot.service',
    needs: ['reboot'],
    timeoutScale: 0.5,
    says: /not seen by QEMU/,
    // There is no second boot to compare.
    also: ['second_boot_changes_nothing'],
  },
  {
    case: 'linux_check_eth_interfaces_are_up',
    fault: 'the second of two NICs is down',
    on: 'second',
    run: 'n=$(grep -l "^52:54:01:" /sys/class/net/*/address | cut -d/ -f5); ip link set "$n" down',
    says: /without UP/,
    also: ['linux_vm_with_two_nics_and_two_volumes', 'linux_check_eth_interface_addresses'],
  },
  {
    case: 'linux_check_eth_interface_addresses',
    fault: 'a link-local address beside the leased one',
    run: 'n=$(grep -l "^52:54:00:" /sys/class/net/*/address | cut -d/ -f5 | head -n 1); ip addr add 169.254.7.7/16 dev "$n"',
    says: /link-local/,
  },
  {
    case: 'attach_and_detach_volume_to_vsi',
    fault: 'a new volume gets no driver',
    run: NO_NEW_DEVICES,
    needs: ['hot-volume'],
    timeoutScale: 0.5,
    says: /no disk with the serial/,
  },
  {
    case: 'linux_check_anyuser_login_over_ssh',
    fault: "the user's key is gone",
    run: 'rm -f /home/user-*/.ssh/authorized_keys',
    says: /the right key: refused/,
  },
  {
    case: 'attach_and_detach_nic_to_vsi',
    fault: 'a new NIC gets no driver',
    run: NO_NEW_DEVICES,
    needs: ['hot-nic'],
    timeoutScale: 0.5,
    says: /no interface with the MAC/,
  },
  {
    case: 'linux_check_no_swap',
    fault: 'a swap file in use',
    run: 'dd if=/dev/zero of=/swapfile bs=1M count=8 2>/dev/null; chmod 600 /swapfile; mkswap /swapfile >/dev/null; swapon /swapfile',
    says: /active: \/swapfile/,
  },
  {
    case: 'check_kernel_boot_options',
    fault: 'the boot configuration lacks an option that the running kernel has',
    run: 'sed -i "s/console=ttyS0,115200//g" /boot/grub/grub.cfg',
    says: /is not in boot entry/,
  },
  {
    case: 'check_cloud_init',
    fault: 'the instance-id is that of another seed',
    run: 'echo another > /var/lib/cloud/data/instance-id',
    says: /instance-id another/,
  },
  {
    case: 'check_source_repos',
    fault: 'a repository on the medium, without a signature',
    run: 'echo "deb [trusted=yes] cdrom:[x]/ trixie main" > /etc/apt/sources.list.d/x.list',
    says: /no repository on the network/,
  },
  {
    case: 'check_no_vagrant_account',
    fault: 'a vagrant account',
    run: 'useradd -r -s /usr/sbin/nologin vagrant',
    says: /user vagrant exists/,
  },
  {
    case: 'check_no_user_account_present',
    fault: 'an empty password field',
    run: 'sed -i "s/^games:[^:]*:/games::/" /etc/shadow',
    says: /games needs no password at all/,
    also: ['account_databases_are_consistent'],
  },
  {
    case: 'check_for_lock_files',
    fault: "dpkg's lock is held",
    run: 'setsid flock /var/lib/dpkg/lock-frontend sleep 100000 >/dev/null 2>&1 & sleep 1',
    says: /lock-frontend is held by process/,
  },
  {
    case: 'check_systemd_service_units',
    fault: 'a failed unit',
    run: 'systemd-run --quiet --unit=broken /bin/false; sleep 1',
    says: /broken\.service failed/,
  },
  {
    case: 'linux_check_for_no_mail_packages',
    fault: 'postfix is installed',
    run: 'printf "\\nPackage: postfix\\nStatus: install ok installed\\nPriority: optional\\nSection: mail\\nMaintainer: x <x@x.test>\\nArchitecture: amd64\\nVersion: 3.10\\nProvides: mail-transport-agent\\nDescription: x\\n" >> /var/lib/dpkg/status',
    says: /package postfix/,
  },
];
