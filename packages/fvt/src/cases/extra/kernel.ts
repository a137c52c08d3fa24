import { type Case, fail, noProblems, pass, skip } from '../../case.ts';
import { lines, output } from '../../observations.ts';

export const sysctlBaseline: Case = {
  id: 'sysctl_baseline',
  title: 'The kernel settings are those asked for',
  why: 'A setting in a file that another file overrides is no setting.',
  suite: 'functional',
  tags: ['extra', 'kernel', 'security'],
  needs: ['facts'],
  probes: [
    {
      id: 'sysctl_baseline',
      seconds: 15,
      // One program for all: each name with its value, `net/ipv4/ip_forward:0`.
      script:
        'cd /proc/sys && grep -s -m 1 -H "" kernel/* kernel/yama/* fs/* vm/* net/core/* net/ipv4/* net/ipv4/conf/all/* net/ipv4/conf/default/* net/ipv6/conf/all/* net/ipv6/conf/default/*; true',
    },
  ],
  check: (observations, { sysctl }) => {
    const wanted = Object.entries(sysctl);
    if (wanted.length === 0) {
      return skip('the expectations name no kernel setting');
    }
    const actual = new Map(
      lines(observations, 'sysctl_baseline').map((line) => {
        const at = line.indexOf(':');
        return [line.slice(0, at).replaceAll('/', '.'), line.slice(at + 1).trim()] as const;
      }),
    );
    const problems = wanted
      .map(([name, value]) => ({ name: name.replaceAll('/', '.'), value: String(value) }))
      .filter(({ name, value }) => actual.get(name) !== value)
      .map(({ name, value }) => `${name} is ${actual.get(name) ?? 'not there'}, expected ${value}`);
    return noProblems(
      problems,
      `${wanted.length} settings as in the expectations`,
      `all ${wanted.length} as asked for`,
    );
  },
};

/** Bit 14 of the kernel's taint flags. */
const SOFT_LOCKUP = 1 << 14;

export const untainted: Case = {
  id: 'kernel_is_untainted',
  title: 'The kernel is not tainted',
  why: 'A foreign or forced module, or an oops: nobody supports such a kernel.',
  suite: 'functional',
  tags: ['extra', 'kernel'],
  needs: ['facts'],
  probes: [{ id: 'kernel_is_untainted', seconds: 5, script: 'cat /proc/sys/kernel/tainted' }],
  check: (observations) => {
    const value = output(observations, 'kernel_is_untainted').trim();
    // An emulated processor on a busy host stands still for long: a soft lockup is the host's doing.
    const own = observations.launch.accelerator === 'kvm' ? Number(value) : Number(value) & ~SOFT_LOCKUP;
    return own === 0 ? pass(value) : fail('0', value, 'bits: Documentation/admin-guide/tainted-kernels.rst');
  },
};

export const mitigations: Case = {
  id: 'cpu_mitigations_are_on',
  title: 'The kernel works around the faults of the processor',
  why: 'Tenants share processors: without mitigations they can read each other.',
  suite: 'functional',
  tags: ['extra', 'kernel', 'security'],
  needs: ['facts'],
  probes: [
    {
      id: 'cpu_mitigations_are_on',
      seconds: 5,
      script: 'cd /sys/devices/system/cpu/vulnerabilities && for f in *; do echo "$f: $(cat "$f")"; done',
    },
  ],
  check: (observations) => {
    const found = lines(observations, 'cpu_mitigations_are_on');
    if (observations.launch.accelerator !== 'kvm') {
      return skip('an emulated processor has other faults than a real one');
    }
    const vulnerable = found.filter((line) => /: Vulnerable/.test(line));
    return noProblems(
      vulnerable,
      'no fault without a mitigation',
      `${found.length} faults, each mitigated or absent`,
    );
  },
};

export const noCoreDumps: Case = {
  id: 'core_dumps_are_off',
  title: 'Programs that raise their privileges leave no core dump',
  why: 'A core dump of such a program holds what its user may not read.',
  suite: 'functional',
  tags: ['extra', 'kernel', 'security'],
  needs: ['facts'],
  probes: [{ id: 'core_dumps_are_off', seconds: 5, script: 'cat /proc/sys/fs/suid_dumpable' }],
  check: (observations) => {
    const value = output(observations, 'core_dumps_are_off').trim();
    return value === '0' ? pass('fs.suid_dumpable = 0') : fail('fs.suid_dumpable = 0', value);
  },
};

export const accessControl: Case = {
  id: 'mandatory_access_control_is_on',
  title: 'AppArmor or SELinux is enforcing',
  why: 'It holds a service that was taken over inside its own walls.',
  suite: 'functional',
  tags: ['extra', 'kernel', 'security'],
  needs: ['facts'],
  probes: [
    {
      id: 'mandatory_access_control_is_on',
      seconds: 10,
      script:
        'cat /sys/kernel/security/lsm; echo; if [ -e /sys/fs/selinux/enforce ]; then echo "selinux $(cat /sys/fs/selinux/enforce)"; fi; if [ -e /sys/kernel/security/apparmor/profiles ]; then echo "apparmor $(grep -c "(enforce)" /sys/kernel/security/apparmor/profiles)"; fi',
    },
  ],
  check: (observations) => {
    const found = lines(observations, 'mandatory_access_control_is_on');
    const selinux = found.includes('selinux 1');
    const profiles = Number(found.find((line) => line.startsWith('apparmor '))?.split(' ')[1] ?? 0);
    const shown = found.join('; ');
    return selinux || profiles > 0
      ? pass(shown)
      : fail('SELinux enforcing, or AppArmor with profiles in enforce mode', shown || 'neither');
  },
};
