import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Expectations, parseExpectations } from '../expectations.ts';
import type { Observations, ProbeResult } from '../observations.ts';
import { evaluate } from '../results.ts';
import { NAMED_CASES as CASES } from './index.ts';

const folder = path.join(import.meta.dirname, '..');
const recorded = readFileSync(path.join(folder, 'fixtures/debian-13.facts.json'), 'utf8');
const profile = readFileSync(path.join(folder, '../../../examples/debian-13/expectations.yml'), 'utf8');
const expectations: Expectations = {
  ...parseExpectations(profile, 'expectations.yml'),
  // As the build's statement would say.
  repositories: { allowed: ['http://mirror.example/debian', 'http://security.example/debian-security'] },
  distribution: { id: 'debian', release: '13', architecture: 'amd64' },
};

/** Deep, and no longer readonly: what a mutation may change. */
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
type Draft = Mutable<Observations>;

/** A recorded run of the collector on the example image, as a fresh copy. */
function facts(): Draft {
  const draft = JSON.parse(recorded) as Draft;
  const after = () => ({
    problem: undefined,
    witnessed: true,
    before: Object.fromEntries(
      ['boot-id', 'machine-id', 'cloud-init-instance'].map((id) => [id, { ...probe(draft, id) }]),
    ),
    guest: {
      'boot-id': { rc: 0, stdout: '11111111-2222-3333-4444-555555555555\n', stderr: '' },
      'machine-id': { ...probe(draft, 'machine-id') },
      'system-running': { rc: 0, stdout: 'running\n', stderr: '' },
      'cloud-init-instance': { ...probe(draft, 'cloud-init-instance') },
      'file-system-recovery': { rc: 0, stdout: '', stderr: '' },
    },
  });
  const sum = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -\n';
  return {
    ...draft,
    reboot: after(),
    stopStart: after(),
    hotVolume: {
      nicMac: '',
      detached: ['volume', 'volume again'],
      problem: undefined,
      guest: {
        'hot-volume-write': { rc: 0, stdout: `vdc\n${sum}`, stderr: '' },
        'hot-volume-again': { rc: 0, stdout: sum, stderr: '' },
        'hot-gone': { rc: 0, stdout: '', stderr: '' },
      },
    },
    hotNic: {
      nicMac: '52:54:09:00:42:52',
      detached: ['nic'],
      problem: undefined,
      guest: {
        'hot-nic-use': { rc: 0, stdout: 'ens1\n10.0.9.2 lladdr 52:55:0a:00:09:02 REACHABLE\n', stderr: '' },
        'hot-gone': { rc: 0, stdout: '', stderr: '' },
        'hot-first-nic': { rc: 0, stdout: '[{"local":"10.0.2.15"}]', stderr: '' },
      },
    },
    secondBoot: {
      launch: { ...draft.launch, nics: [{ mac: '52:54:00:aa:bb:cc' }, { mac: '52:54:01:aa:bb:cc' }] },
      guest: {
        'ip-addr': result(
          JSON.stringify([
            nic('ens3', '52:54:00:aa:bb:cc', '10.0.2.15'),
            nic('ens4', '52:54:01:aa:bb:cc', '10.0.3.15'),
          ]),
        ),
        'ip-route': result('[{"dst":"default","gateway":"10.0.2.2","dev":"ens3"}]'),
        'block-devices': result(
          'vda 5368709120 boot\nvdb 374784 seed\nvdc 67108864 volume1\nvdd 67108864 volume2\n',
        ),
        'volumes-written': result('volume1 written vdc\nvolume2 written vdd\n'),
        'boot-id': result('99999999-2222-3333-4444-555555555555\n'),
      },
    },
  };
}

function result(stdout: string): Mutable<ProbeResult> {
  return { rc: 0, stdout, stderr: '' };
}

function nic(ifname: string, address: string, local: string): object {
  const flags = ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'];
  return { ifname, address, flags, mtu: 1500, addr_info: [{ family: 'inet', local, prefixlen: 24 }] };
}

function hot(draft: Draft, which: 'hotVolume' | 'hotNic', id: string): Mutable<ProbeResult> {
  const found = draft[which]?.guest[id];
  if (!found) {
    throw new Error(`no probe ${id}`);
  }
  return found;
}

function second(draft: Draft, id: string): Mutable<ProbeResult> {
  const found = draft.secondBoot?.guest[id];
  if (!found) {
    throw new Error(`no probe ${id} of the second boot`);
  }
  return found;
}

function change(which: 'reboot' | 'stopStart', id: string, stdout: string): (draft: Draft) => void {
  return (draft) => {
    const found = draft[which]?.guest[id];
    if (found) {
      found.stdout = stdout;
    }
  };
}

/** What a restart may bring, for both cases alike. */
function restartMutants(caseId: string, which: 'reboot' | 'stopStart'): readonly Mutant[] {
  return [
    [
      caseId,
      'it never came back',
      (d) => Object.assign(d[which] ?? {}, { problem: 'the guest did not come up', guest: {} }),
      /did not come up/,
    ],
    [
      caseId,
      'it never went down',
      (d) => Object.assign(d[which] ?? {}, { witnessed: false, problem: 'no reset' }),
      /not seen by QEMU: no reset/,
    ],
    [
      caseId,
      'a pass on the first boot',
      (d) => change(which, 'boot-id', d[which]?.before['boot-id']?.stdout ?? '')(d),
      /same boot_id/,
    ],
    [caseId, 'another machine', change(which, 'machine-id', 'ffff\n'), /became ffff/],
    [caseId, 'degraded', change(which, 'system-running', 'degraded\n'), /degraded/],
    [
      caseId,
      'a dirty file system',
      change(which, 'file-system-recovery', 'EXT4-fs (vda1): recovery complete\n'),
      /recovery complete/,
    ],
    [caseId, 'cloud-init took it for a new instance', change(which, 'cloud-init-instance', 'i-2\n'), /i-2/],
  ];
}

function probe(draft: Draft, id: string): Mutable<ProbeResult> {
  const found = draft.guest[id];
  if (!found) {
    throw new Error(`no probe ${id} in the fixture`);
  }
  return found;
}

function replace(id: string, from: string | RegExp, to: string): (draft: Draft) => void {
  return (draft) => {
    const before = probe(draft, id).stdout;
    probe(draft, id).stdout = before.replace(from, to);
    // A mutation that changes nothing would test nothing.
    expect(probe(draft, id).stdout).not.toBe(before);
  };
}

function append(id: string, text: string): (draft: Draft) => void {
  return (draft) => {
    probe(draft, id).stdout += text;
  };
}

function refusal(draft: Draft, name: string): Draft['logins'][string] {
  const attempt = draft.logins[name];
  if (!attempt) {
    throw new Error(`no login ${name}`);
  }
  return attempt;
}

/** A fault, the case that must find it, and what it must say. */
type Mutant = readonly [caseId: string, fault: string, mutate: (draft: Draft) => void, says: RegExp];

const MUTANTS: readonly Mutant[] = [
  ...restartMutants('does_vm_reboot_correctly', 'reboot'),
  ...restartMutants('does_vm_stop_and_start_correctly', 'stopStart'),
  [
    'linux_vm_with_two_nics_and_two_volumes',
    'the second NIC is dead',
    (d) => {
      second(d, 'ip-addr').stdout = JSON.stringify([nic('ens3', '52:54:00:aa:bb:cc', '10.0.2.15')]);
    },
    /52:54:01:aa:bb:cc\): no interface/,
  ],
  [
    'linux_vm_with_two_nics_and_two_volumes',
    'the second NIC has no address',
    (d) => {
      second(d, 'ip-addr').stdout = second(d, 'ip-addr').stdout.replace('10.0.3.15', '169.254.1.1');
    },
    /addresses 169\.254\.1\.1, expected one in 10\.0\.3\.0/,
  ],
  [
    'linux_vm_with_two_nics_and_two_volumes',
    'a volume is missing',
    (d) => {
      second(d, 'block-devices').stdout = 'vda 5368709120 boot\nvdc 67108864 volume1\n';
    },
    /no disk with the serial volume2/,
  ],
  [
    'linux_vm_with_two_nics_and_two_volumes',
    'a volume cannot be written',
    (d) => {
      second(d, 'volumes-written').stdout = 'volume1 written vdc\nvolume2 refused vdd read-only\n';
    },
    /volume2 refused/,
  ],
  [
    'linux_vm_with_two_nics_and_two_volumes',
    'two default routes',
    (d) => {
      second(d, 'ip-route').stdout = '[{"dst":"default"},{"dst":"default"}]';
    },
    /2 default routes/,
  ],
  [
    'attach_and_detach_volume_to_vsi',
    'never appears',
    (d) =>
      Object.assign(hot(d, 'hotVolume', 'hot-volume-write'), {
        rc: 4,
        stdout: '',
        stderr: 'no disk with the serial',
      }),
    /no disk/,
  ],
  [
    'attach_and_detach_volume_to_vsi',
    'stays',
    (d) => {
      hot(d, 'hotVolume', 'hot-gone').stdout = 'volume vdc\n';
    },
    /vdc is still there/,
  ],
  [
    'attach_and_detach_volume_to_vsi',
    'other content',
    (d) => {
      hot(d, 'hotVolume', 'hot-volume-again').stdout = 'ffff  -\n';
    },
    /ffff/,
  ],
  [
    'attach_and_detach_volume_to_vsi',
    'not let go',
    (d) => {
      Object.assign(d.hotVolume ?? {}, { detached: [], problem: 'QEMU did not report it' });
    },
    /did not report/,
  ],
  [
    'attach_and_detach_nic_to_vsi',
    'never appears',
    (d) =>
      Object.assign(hot(d, 'hotNic', 'hot-nic-use'), {
        rc: 4,
        stdout: '',
        stderr: 'no interface with the MAC',
      }),
    /no interface/,
  ],
  [
    'attach_and_detach_nic_to_vsi',
    'dead',
    (d) => {
      hot(d, 'hotNic', 'hot-nic-use').stdout = 'ens1\n';
    },
    /nobody answers/,
  ],
  [
    'attach_and_detach_nic_to_vsi',
    'stays',
    (d) => {
      hot(d, 'hotNic', 'hot-gone').stdout = 'nic ens1\n';
    },
    /ens1 is still there/,
  ],
  [
    'attach_and_detach_nic_to_vsi',
    'takes the first one down',
    (d) => {
      hot(d, 'hotNic', 'hot-first-nic').stdout = '[]';
    },
    /lost its address/,
  ],
  [
    'image_responds_to_ping',
    'ICMP ignored',
    (d) => {
      d.ping.fromGuest = 0;
    },
    /0 of 3/,
  ],
  [
    'image_responds_to_ping',
    'one reply lost',
    (d) => {
      d.ping.fromGuest = 2;
    },
    /2 of 3/,
  ],
  [
    'image_responds_to_ping',
    'forged replies',
    (d) => {
      d.pingControl.fromGuest = 2;
    },
    /2 of 2 replies/,
  ],
  [
    'linux_image_allows_ssh',
    'no login',
    (d) => {
      refusal(d, 'administrator-key').outcome = 'refused';
    },
    /refused/,
  ],
  [
    'linux_image_allows_ssh',
    'another protocol',
    (d) => {
      d.banner = 'HTTP/1.1 400';
    },
    /HTTP/,
  ],
  [
    'does_linux_vm_have_a_resolv_conf_file',
    'no nameserver',
    replace('resolv-conf', /^nameserver.*$/m, ''),
    /none/,
  ],
  [
    'does_linux_vm_have_a_resolv_conf_file',
    'dead link',
    (d) => {
      probe(d, 'resolv-conf').rc = 1;
    },
    /cannot be read/,
  ],
  [
    'linux_ping_by_ip',
    'no route',
    (d) => {
      probe(d, 'ping-ip').rc = 1;
      probe(d, 'ping-ip').stdout = 'ping: connect: Network is unreachable';
    },
    /unreachable/,
  ],
  [
    'linux_ping_by_ip',
    'a ping that lies',
    (d) => {
      d.network.echoRequests = 0;
    },
    /3 received/,
  ],
  [
    'linux_ping_by_name',
    'no resolver',
    (d) => {
      probe(d, 'lookup-name').rc = 2;
      probe(d, 'lookup-name').stdout = '';
    },
    /no address/,
  ],
  [
    'linux_ping_by_name',
    'name baked into /etc/hosts',
    (d) => {
      d.network.dnsQueries = [];
    },
    /10\.0\.2\.100/,
  ],
  [
    'linux_ping_by_name',
    'resolved, not reached',
    (d) => {
      probe(d, 'ping-name').rc = 1;
    },
    /packets/,
  ],
  [
    'linux_check_boot_disk_size',
    'not grown',
    replace('file-systems', '5132922880', '4059000000'),
    /7\d\.\d %/,
  ],
  [
    'linux_check_boot_disk_size',
    'another disk',
    replace('block-devices', '5368709120 boot', '4294967296 boot'),
    /4294967296/,
  ],
  ['linux_check_boot_disk_size', 'no serial', replace('block-devices', ' boot', ' none'), /none/],
  [
    'linux_check_distribution',
    'another release',
    replace('os-release', 'VERSION_ID="13"', 'VERSION_ID="12"'),
    /debian 12/,
  ],
  ['linux_check_distribution', 'a derivative', replace('os-release', /^ID=debian$/m, 'ID=devuan'), /devuan/],
  [
    'linux_check_distribution',
    'another release package',
    replace('release-package', /^13.*$/m, '12.5'),
    /12\.5/,
  ],
  ['linux_check_distribution', 'another architecture', replace('machine', 'x86_64', 'i686'), /i686/],
  [
    'linux_check_for_required_modules',
    'a module is missing',
    replace('modules', 'virtio_net loadable', 'virtio_net missing'),
    /virtio_net is missing/,
  ],
  [
    'linux_check_for_required_modules',
    'not in the initramfs',
    replace('initramfs-modules', /^virtio[-_]blk$/m, ''),
    /virtio_blk is not in the initramfs/,
  ],
  [
    'linux_check_valid_software_update',
    'broken repository',
    (d) => {
      probe(d, 'software-update').rc = 100;
      probe(d, 'software-update').stderr = 'E: The repository is not signed.';
    },
    /exit status 100/,
  ],
  [
    'linux_check_valid_software_update',
    'hangs',
    (d) => {
      probe(d, 'software-update').rc = 124;
    },
    /out of time/,
  ],
  [
    'linux_check_eth_interfaces_are_up',
    'down',
    replace('ip-addr', /"UP","LOWER_UP"\],"mtu":1500/, '"DOWN"],"mtu":1500'),
    /without UP and LOWER_UP/,
  ],
  [
    'linux_check_eth_interface_addresses',
    'link-local',
    replace('ip-addr', /"local":"10\.0\.2\.15"/, '"local":"169.254.7.7"'),
    /link-local/,
  ],
  [
    'linux_check_eth_interface_addresses',
    'two default routes',
    replace('ip-route', /^\[/, '[{"dst":"default","gateway":"10.0.3.2","dev":"b"},'),
    /2 default routes/,
  ],
  [
    'linux_check_eth_interface_addresses',
    'another prefix',
    replace('ip-addr', /("local":"10\.0\.2\.15","prefixlen":)24/, '$18'),
    /10\.0\.2\.15\/8/,
  ],
  [
    'linux_check_anyuser_login_over_ssh',
    'key refused',
    (d) => {
      refusal(d, 'user-key').outcome = 'refused';
    },
    /the right key: refused/,
  ],
  [
    'linux_check_anyuser_login_over_ssh',
    'wrong key accepted',
    (d) => {
      refusal(d, 'user-wrong-key').outcome = 'accepted';
    },
    /user-wrong-key: accepted/,
  ],
  [
    'linux_check_anyuser_login_over_ssh',
    'password accepted',
    (d) => {
      refusal(d, 'user-password').outcome = 'accepted';
    },
    /user-password: accepted/,
  ],
  [
    'linux_check_anyuser_login_over_ssh',
    'password offered',
    (d) => {
      refusal(d, 'user-password').methods = ['publickey', 'password'];
    },
    /offers password/,
  ],
  [
    'linux_check_anyuser_login_over_ssh',
    'not refused but unreachable',
    (d) => {
      refusal(d, 'user-wrong-key').outcome = 'unreachable';
    },
    /unreachable/,
  ],
  ['linux_check_no_swap', 'active', append('swaps', '/swapfile file 1048572 0 -2\n'), /active: \/swapfile/],
  ['linux_check_no_swap', 'in fstab', append('fstab', '/dev/vda3 none swap sw 0 0\n'), /fstab:/],
  ['linux_check_no_swap', 'zram', append('zram', 'zram0\n'), /zram0/],
  [
    'linux_check_no_swap',
    'a swap unit',
    append('swap-units', 'dev-vda3.swap loaded active active Swap\n'),
    /dev-vda3\.swap/,
  ],
  [
    'check_kernel_boot_options',
    'only in the running kernel',
    replace('boot-configuration', 'console=ttyS0,115200', ''),
    /not in boot entry 1/,
  ],
  [
    'check_kernel_boot_options',
    'only in the configuration',
    replace('kernel-command-line', 'console=ttyS0,115200', 'console=ttyS0,1152000'),
    /not in \/proc\/cmdline/,
  ],
  [
    'check_kernel_boot_options',
    'forbidden',
    replace('kernel-command-line', ' ro ', ' ro init=/bin/sh '),
    /init is in/,
  ],
  [
    'check_kernel_boot_options',
    'no boot entry',
    (d) => {
      probe(d, 'boot-configuration').stdout = '';
    },
    /no boot entry/,
  ],
  [
    'check_cloud_init',
    'an error',
    replace('cloud-init-status', '"errors": []', '"errors": ["boom"]'),
    /boom/,
  ],
  [
    'check_cloud_init',
    'never done',
    (d) => {
      probe(d, 'cloud-init-status').rc = 124;
      probe(d, 'cloud-init-status').stdout = '......';
    },
    /124/,
  ],
  [
    'check_cloud_init',
    'another datasource',
    replace('cloud-init-status', '"datasource": "nocloud"', '"datasource": "none"'),
    /datasource none/,
  ],
  ['check_cloud_init', 'another instance', replace('cloud-init-instance', /^fvt-/, 'i-'), /instance-id i-/],
  [
    'check_cloud_init',
    'schema',
    (d) => {
      probe(d, 'cloud-init-schema').rc = 1;
      probe(d, 'cloud-init-schema').stderr = 'Invalid user-data';
    },
    /schema: Invalid/,
  ],
  [
    'check_source_repos',
    'medium left behind',
    append('repositories', '### /etc/apt/sources.list.d/iso.list\ndeb cdrom:[Debian]/ trixie main\n'),
    /cdrom/,
  ],
  [
    'check_source_repos',
    'a file repository',
    append(
      'repositories',
      '### /etc/apt/sources.list.d/x.sources\nTypes: deb\nURIs: file:/srv/repo\nSuites: ./\n',
    ),
    /file:\/srv/,
  ],
  [
    'check_source_repos',
    "the builder's mirror",
    append(
      'repositories',
      '### /etc/apt/sources.list.d/x.list\ndeb http://builder.example/debian trixie main\n',
    ),
    /builder\.example.*allowlist/,
  ],
  [
    'check_source_repos',
    'a look-alike',
    append(
      'repositories',
      '### /etc/apt/sources.list.d/x.list\ndeb http://mirror.example/debian-evil trixie main\n',
    ),
    /debian-evil/,
  ],
  [
    'check_source_repos',
    'trusted without signature',
    replace('repositories', 'deb http', 'deb [arch=amd64 trusted=yes] http'),
    /no signature/,
  ],
  [
    'check_source_repos',
    'insecure setting',
    replace('apt-settings', 'AllowInsecureRepositories "0"', 'AllowInsecureRepositories "true"'),
    /unsigned/,
  ],
  [
    'check_source_repos',
    'a proxy',
    append('apt-settings', 'Acquire::http::Proxy "http://10.1.1.1:3142";\n'),
    /proxy/,
  ],
  [
    'check_source_repos',
    'no repository at all',
    (d) => {
      probe(d, 'repositories').stdout = '';
    },
    /none/,
  ],
  ['check_no_vagrant_account', 'the group', append('group', 'vagrant:x:900:\n'), /group vagrant/],
  ['check_no_vagrant_account', 'the home', append('homes', 'vagrant\n'), /\/home\/vagrant/],
  [
    'check_no_vagrant_account',
    'sudoers',
    append('vagrant-traces', '/etc/sudoers.d/vagrant\n'),
    /trace in \/etc\/sudoers\.d\/vagrant/,
  ],
  [
    'check_no_vagrant_account',
    'login',
    (d) => {
      refusal(d, 'vagrant-password').outcome = 'accepted';
    },
    /login as vagrant/,
  ],
  [
    'check_no_vagrant_account',
    'a system user',
    append('passwd', 'vagrant:x:900:900::/home/vagrant:/bin/bash\n'),
    /user vagrant exists/,
  ],
  [
    'check_no_user_account_present',
    'a user',
    append('passwd', 'builder:x:1000:1000::/home/builder:/bin/bash\n'),
    /builder/,
  ],
  [
    'check_no_user_account_present',
    'a second root',
    append('passwd', 'toor:x:0:0::/root:/bin/bash\n'),
    /toor has uid 0/,
  ],
  [
    'check_no_user_account_present',
    'an empty password field',
    replace('shadow-kinds', 'root locked', 'root empty'),
    /no password at all/,
  ],
  [
    'check_no_user_account_present',
    'a password hash',
    replace('shadow-kinds', 'root locked', 'root hash'),
    /root has a password hash/,
  ],
  [
    'check_no_user_account_present',
    'a locked hash',
    replace('shadow-kinds', 'root locked', 'root locked-hash'),
    /hash \(locked\)/,
  ],
  [
    'check_no_user_account_present',
    'a key of root',
    append('authorized-keys', 'root 1 /root/.ssh/authorized_keys\n'),
    /key\(s\) of root/,
  ],
  [
    'check_for_lock_files',
    'held',
    append('lock-files', 'held /var/lib/dpkg/lock-frontend 812\n'),
    /held by process 812/,
  ],
  ['check_for_lock_files', 'stale', append('lock-files', 'stale /etc/passwd.lock\n'), /left behind/],
  [
    'check_systemd_service_units',
    'failed unit',
    append('failed-units', 'foo.service loaded failed failed Foo\n'),
    /foo\.service failed/,
  ],
  [
    'check_systemd_service_units',
    'degraded',
    (d) => {
      probe(d, 'system-running').stdout = 'degraded\n';
    },
    /degraded/,
  ],
  [
    'check_systemd_service_units',
    'stuck',
    append('jobs', '12 bar.service start running\n'),
    /bar\.service is stuck/,
  ],
  [
    'check_systemd_service_units',
    'not enabled',
    replace('unit-files', /^(ssh\.service\s+)enabled/m, '$1disabled'),
    /ssh\.service is disabled/,
  ],
  [
    'check_systemd_service_units',
    'enabled',
    append('unit-files', 'rpcbind.service enabled enabled\n'),
    /rpcbind\.service is enabled/,
  ],
  [
    'linux_check_for_no_mail_packages',
    'postfix',
    append('packages', 'postfix\t3.10\tdefault-mta, mail-transport-agent\n'),
    /package postfix/,
  ],
  [
    'linux_check_for_no_mail_packages',
    'an unknown agent, by what it provides',
    append('packages', 'mymta\t1\tmail-transport-agent\n'),
    /package mymta/,
  ],
  [
    'linux_check_for_no_mail_packages',
    'a listener',
    append('listeners', 'tcp LISTEN 0 100 127.0.0.1:25 0.0.0.0:* users:(("x",pid=1,fd=3))\n'),
    /127\.0\.0\.1:25/,
  ],
  [
    'linux_check_for_no_mail_packages',
    'sendmail',
    append('mail-programs', '/usr/sbin/sendmail -> /usr/bin/msmtp\n'),
    /sendmail/,
  ],
];

describe('the cases on the recorded image', () => {
  it('all pass, but for the one that is for RHEL only', () => {
    const results = CASES.map((item) => evaluate(item, facts(), expectations));
    expect(results.filter((item) => item.outcome !== 'pass').map((item) => [item.id, item.outcome])).toEqual([
      ['linux_check_valid_rhel_license', 'skip'],
    ]);
  });

  it('are the whole catalogue, each name once', () => {
    const names = CASES.map((item) => item.id);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(27);
  });

  it.each(MUTANTS)('%s fails on: %s', (caseId, _fault, mutate, says) => {
    const draft = facts();
    mutate(draft);
    for (const item of CASES) {
      const { outcome, actual, message } = evaluate(item, draft, expectations);
      const normal = evaluate(item, facts(), expectations).outcome;
      expect([item.id, outcome]).toEqual([item.id, item.id === caseId ? 'fail' : normal]);
      if (item.id === caseId) {
        expect(`${actual} | ${message}`).toMatch(says);
      }
    }
  });

  it.each(
    CASES.filter((item) => item.id !== 'linux_check_valid_rhel_license').map(
      (item) => [item.id, item] as const,
    ),
  )('%s can fail', (id) => {
    expect(MUTANTS.some(([caseId]) => caseId === id)).toBe(true);
  });

  it('none passes without facts: an error names the probe that is missing', () => {
    const empty = {
      ...facts(),
      hotVolume: undefined,
      hotNic: undefined,
      reboot: undefined,
      stopStart: undefined,
      secondBoot: undefined,
      guest: {},
      logins: {},
      pingControl: { sent: 0, fromGuest: 0, others: 0, address: undefined },
    };
    for (const item of CASES) {
      const { outcome, message } = evaluate(item, empty, expectations);
      expect([item.id, outcome]).toEqual([item.id, 'error']);
      expect(message).toMatch(/probe|login|control|nothing was observed of/);
    }
  });
});

describe('restarts', () => {
  it.each(['reboot', 'stopStart'] as const)(
    '%s: a machine booted for it is compared with itself',
    (which) => {
      const draft = facts();
      const other = draft[which];
      for (const id of ['machine-id', 'cloud-init-instance'] as const) {
        for (const side of [other?.before, other?.guest]) {
          Object.assign(side ?? {}, { [id]: result(`of-its-own-${id}\n`) });
        }
      }
      Object.assign(other?.before ?? {}, { 'boot-id': result('of-its-own-boot\n') });
      const id = which === 'reboot' ? 'does_vm_reboot_correctly' : 'does_vm_stop_and_start_correctly';
      const item = CASES.find((one) => one.id === id);
      expect(item && evaluate(item, draft, expectations)).toMatchObject({ outcome: 'pass' });
    },
  );
});

describe('skips', () => {
  const one = (id: string) => {
    const found = CASES.find((item) => item.id === id);
    if (!found) {
      throw new Error(id);
    }
    return found;
  };

  it('have a reason', () => {
    const draft = facts();
    draft.mirrors = [{ uri: 'http://x', reachable: false, detail: 'ECONNREFUSED' }];
    for (const id of ['ping-ip', 'ping-name']) {
      probe(draft, id).stdout = 'no-ping\n';
    }
    const bare = parseExpectations('', 'x');
    const skipped = CASES.map((item) => evaluate(item, draft, bare)).filter(
      (item) => item.outcome === 'skip',
    );
    expect(Object.fromEntries(skipped.map((item) => [item.id, item.message]))).toEqual({
      check_kernel_boot_options: 'the expectations name no kernel options',
      linux_check_distribution: 'the expectations name no distribution, and there is no image.json',
      linux_check_for_required_modules: 'the expectations name no modules',
      linux_check_valid_rhel_license: 'only for RHEL, this is debian',
      linux_check_valid_software_update:
        'no repository can be reached from this host: http://x: ECONNREFUSED',
      linux_ping_by_ip: 'the image has neither ping nor python3',
      linux_ping_by_name: 'the name resolves to 10.0.2.100, but the image has neither ping nor python3',
    });
  });

  it('are failures of cases that are required', () => {
    const required = { ...expectations, required: ['linux_check_valid_rhel_license'] };
    expect(evaluate(one('linux_check_valid_rhel_license'), facts(), required)).toMatchObject({
      outcome: 'fail',
      actual: 'skipped: only for RHEL, this is debian',
    });
  });

  it.each([
    [
      'pass',
      '9.pem\nsystem identity: 01234567-89ab-cdef-0123-456789abcdef\nSimple Content Access',
      /identity valid/,
    ],
    [
      'fail',
      '9.pem\nsystem identity: 01234567-89ab-cdef-0123-456789abcdef\nOverall Status: Invalid',
      /identity has none/,
    ],
    ['fail', 'system identity: none', /none/],
    ['skip', '9.pem\nThis system is not yet registered.', /needs a subscription/],
  ] as const)('on RHEL the licence is judged: %s', (outcome, stdout, says) => {
    const draft = facts();
    probe(draft, 'os-release').stdout = 'ID="rhel"\nVERSION_ID="9.6"\n';
    probe(draft, 'subscription').stdout = stdout;
    const result = evaluate(one('linux_check_valid_rhel_license'), draft, expectations);
    expect(result.outcome).toBe(outcome);
    expect(`${result.actual} ${result.message}`).toMatch(says);
  });
});
