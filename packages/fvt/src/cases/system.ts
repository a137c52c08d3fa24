import { type Case, fail, noProblems, pass, skip } from '../case.ts';
import { lines, output, probe } from '../observations.ts';

/** `uname -m` for each architecture name. */
const MACHINES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

export const distribution: Case = {
  id: 'linux_check_distribution',
  title: 'The image is the distribution, release and architecture that it says',
  why: 'An image under the wrong name gets the wrong updates, the wrong support and the wrong users.',
  suite: 'functional',
  tags: ['identity'],
  needs: ['facts'],
  check: (observations, { distribution: wanted }) => {
    if (!wanted) {
      return skip('the expectations name no distribution, and there is no image.json');
    }
    const release = osRelease(output(observations, 'os-release'));
    const [machine = '', kernel = ''] = lines(observations, 'machine');
    const owner = lines(observations, 'release-package').join(', ');
    const actual = `${release.ID ?? '?'} ${release.VERSION_ID ?? '?'} ${machine}`;
    const expected = `${wanted.id} ${wanted.release} ${MACHINES[wanted.architecture] ?? wanted.architecture}`;
    const evidence = `os-release: ${release.PRETTY_NAME ?? '?'}; kernel ${kernel}; release package: ${owner}`;
    const major = wanted.release.split('.')[0] ?? '';
    if (actual !== expected) {
      return fail(expected, actual, evidence);
    }
    return owner.includes(major)
      ? pass(evidence)
      : fail(`a release package of ${wanted.release}`, owner || 'none', evidence);
  },
};

export const requiredModules: Case = {
  id: 'linux_check_for_required_modules',
  title: 'The drivers that the platforms need are there',
  why: "An image without its platform's disk or network driver boots nowhere else than here.",
  suite: 'functional',
  tags: ['kernel'],
  needs: ['facts'],
  check: (observations, { modules }) => {
    if (modules.available.length + modules.initramfs.length === 0) {
      return skip('the expectations name no modules');
    }
    const state = new Map(
      lines(observations, 'modules').map((line) => {
        const [name = '', kind = ''] = line.split(' ');
        return [name, kind] as const;
      }),
    );
    const normal = (name: string): string => name.replaceAll('-', '_');
    const missing = modules.available.filter(
      (name) => !['built-in', 'loadable'].includes(state.get(name) ?? ''),
    );
    const early = modules.initramfs.filter((name) => state.get(name) !== 'built-in');
    const present =
      early.length > 0 ? new Set(lines(observations, 'initramfs-modules').map(normal)) : new Set();
    const shown = [...state].map(([name, kind]) => `${name} ${kind}`).join(', ');
    const late = early.filter((name) => !present.has(normal(name)));
    return noProblems(
      [
        ...missing.map((name) => `${name} is missing`),
        ...late.map((name) => `${name} is not in the initramfs`),
      ],
      'every module built in or loadable, boot drivers in the initramfs',
      shown,
      shown,
    );
  },
};

export const kernelBootOptions: Case = {
  id: 'check_kernel_boot_options',
  title: 'The kernel has the boot options asked for, now and after the next boot',
  why: 'An option that is only in the running kernel, or only in the configuration, is gone or comes by surprise.',
  suite: 'functional',
  tags: ['kernel'],
  needs: ['facts'],
  check: (observations, expectations) => {
    const { required, forbidden } = expectations['kernel-options'];
    if (required.length + forbidden.length === 0) {
      return skip('the expectations name no kernel options');
    }
    const running = tokens(output(observations, 'kernel-command-line'));
    // Recovery entries drop options on purpose.
    const configured = lines(observations, 'boot-configuration').filter(
      (line) => !/(^|\s)(single|recovery|rescue|systemd\.unit=rescue\.target)(\s|$)/.test(line),
    );
    const problems: string[] = [];
    if (configured.length === 0) {
      problems.push('no boot entry was found');
    }
    const places = [
      { name: '/proc/cmdline', words: running },
      ...configured.map((line, index) => ({ name: `boot entry ${index + 1}`, words: tokens(line) })),
    ];
    for (const { name, words } of places) {
      problems.push(
        ...required.filter((option) => !words.has(option)).map((option) => `${option} is not in ${name}`),
        ...forbidden.filter((option) => matches(words, option)).map((option) => `${option} is in ${name}`),
      );
    }
    return noProblems(
      problems,
      `required: ${required.join(' ') || 'none'}; forbidden: ${forbidden.join(' ') || 'none'}`,
      `${output(observations, 'kernel-command-line').trim()}; ${configured.length} boot entries agree`,
      output(observations, 'kernel-command-line').trim(),
    );
  },
};

export const cloudInit: Case = {
  id: 'check_cloud_init',
  title: 'cloud-init ended without errors, with the seed that it was given',
  why: 'cloud-init brings users, keys and network: a half-done run is an instance that is half configured.',
  suite: 'functional',
  tags: ['cloud-init'],
  needs: ['facts'],
  check: (observations) => {
    const result = probe(observations, 'cloud-init-status');
    const status = statusOf(result.stdout);
    if (!status) {
      return fail('a status of cloud-init', `exit status ${result.rc}`, result.stderr.trim().slice(0, 300));
    }
    const { instanceId } = observations.launch;
    const instance = probe(observations, 'cloud-init-instance').stdout.trim();
    const datasource = status.datasource ?? '';
    const schema = probe(observations, 'cloud-init-schema');
    const recoverable = Object.values(status.recoverable_errors ?? {}).flat();
    const problems = [
      ...(status.status === 'done'
        ? []
        : [`status ${status.status ?? '?'}${result.rc === 124 ? ' (out of time)' : ''}`]),
      ...(status.errors ?? []).map((error) => `error: ${error}`),
      ...(datasource === 'nocloud' ? [] : [`datasource ${datasource || 'none'}`]),
      ...(instance === instanceId ? [] : [`instance-id ${instance || 'none'}`]),
      ...(schema.rc === 0 ? [] : [`schema: ${(schema.stderr || schema.stdout).trim().slice(0, 300)}`]),
    ];
    const warned = recoverable.length > 0 ? `; warnings: ${recoverable.join('; ')}` : '';
    return noProblems(
      problems,
      `done, no errors, datasource nocloud, instance-id ${instanceId}, schema valid`,
      `done (${status.detail ?? datasource})${warned}`,
    );
  },
};

export const lockFiles: Case = {
  id: 'check_for_lock_files',
  title: 'No package lock is held, no account lock was left',
  why: 'A lock that stays makes the first package installation or password change of every instance fail.',
  suite: 'functional',
  tags: ['packages'],
  needs: ['facts'],
  check: (observations) => {
    const problems = lines(observations, 'lock-files').map((line) => {
      const [kind, file, pid] = line.split(' ');
      return kind === 'held' ? `${file} is held by process ${pid}` : `${file} was left behind`;
    });
    return noProblems(problems, 'no lock held, none left behind', 'none held, none left behind');
  },
};

export const serviceUnits: Case = {
  id: 'check_systemd_service_units',
  title: 'systemd reached its target: no unit failed or stuck, units enabled as asked',
  why: 'A unit that fails on every instance is noise that hides the one that matters.',
  suite: 'functional',
  tags: ['services'],
  needs: ['facts'],
  check: (observations, { units }) => {
    const running = output(observations, 'system-running').trim();
    const states = new Map(
      lines(observations, 'unit-files').map((line) => {
        const [name = '', state = ''] = line.trim().split(/\s+/);
        return [name, state] as const;
      }),
    );
    const failed = lines(observations, 'failed-units').map((line) => line.trim().split(/\s+/)[0] ?? '');
    const jobs = lines(observations, 'jobs').map((line) => line.trim().split(/\s+/)[1] ?? '');
    const on = ['enabled', 'enabled-runtime', 'static', 'alias', 'generated'];
    const off = ['disabled', 'masked', 'masked-runtime', undefined];
    const problems = [
      ...(running === 'running' ? [] : [`the system is ${running || 'in an unknown state'}`]),
      ...failed.map((unit) => `${unit} failed`),
      ...jobs.map((unit) => `${unit} is stuck in a job`),
      ...units.enabled
        .filter((unit) => !on.includes(states.get(unit) ?? ''))
        .map((unit) => `${unit} is ${states.get(unit) ?? 'not there'}, expected enabled`),
      ...units.disabled
        .filter((unit) => !off.includes(states.get(unit)))
        .map((unit) => `${unit} is ${states.get(unit)}, expected disabled`),
    ];
    return noProblems(
      problems,
      'system running, no failed or stuck unit, units enabled and disabled as in the expectations',
      `running; ${states.size} unit files, none failed, no job waiting`,
    );
  },
};

interface CloudInitStatus {
  readonly status?: string;
  readonly datasource?: string;
  readonly detail?: string;
  readonly errors?: readonly string[];
  readonly recoverable_errors?: Readonly<Record<string, readonly string[]>>;
}

/** `cloud-init status --wait` prints dots before its JSON. */
function statusOf(text: string): CloudInitStatus | undefined {
  try {
    return JSON.parse(text.slice(text.indexOf('{'))) as CloudInitStatus;
  } catch {
    return undefined;
  }
}

function osRelease(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)=(?:"([^"]*)"|(.*))$/gm)].map((match) => [
      match[1] ?? '',
      match[2] ?? match[3] ?? '',
    ]),
  );
}

function tokens(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** A forbidden `name` also covers `name=value`; `name=value` covers only itself. */
function matches(words: ReadonlySet<string>, option: string): boolean {
  return (
    words.has(option) || (!option.includes('=') && [...words].some((word) => word.startsWith(`${option}=`)))
  );
}
