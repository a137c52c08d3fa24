import { type Case, fail, noProblems, type Verdict } from '../case.ts';
import { branch, lines, output, type Restart } from '../observations.ts';

export const stopAndStart: Case = {
  id: 'does_vm_stop_and_start_correctly',
  title: 'The guest powers off when asked, and starts again as the same machine',
  why: 'An instance that does not stop cleanly loses data; one that starts as another loses its identity.',
  suite: 'functional',
  tags: ['restart'],
  needs: ['stop-start'],
  check: (observations) =>
    judge(
      branch(observations, 'stop-start', observations.stopStart),
      'the power button ends the machine; it starts again',
    ),
};

export const reboot: Case = {
  id: 'does_vm_reboot_correctly',
  title: 'The guest reboots and comes back as the same machine',
  why: 'Every kernel update ends in a reboot.',
  suite: 'functional',
  tags: ['restart'],
  needs: ['reboot'],
  check: (observations) =>
    judge(branch(observations, 'reboot', observations.reboot), 'the guest resets and comes back'),
};

/** A new boot of the same machine: another boot_id, the same machine-id, clean file systems, running. */
function judge(after: Restart, what: string): Verdict {
  const expected = `${what}, with a new boot_id, the same machine-id, clean file systems, all units running`;
  if (!after.witnessed || after.problem !== undefined) {
    const actual = after.problem ?? 'QEMU saw no reset and no power-off';
    return fail(expected, after.witnessed ? actual : `not seen by QEMU: ${actual}`);
  }
  const [was, now] = [identity({ guest: after.before }), identity(after)];
  const running = output(after, 'system-running').trim();
  const recovered = lines(after, 'file-system-recovery');
  const problems = [
    ...(now.boot !== was.boot ? [] : [`the same boot_id ${now.boot}`]),
    ...(now.machine === was.machine ? [] : [`machine-id ${was.machine} became ${now.machine}`]),
    ...(running === 'running' ? [] : [`the system is ${running}`]),
    ...(now.instance === was.instance ? [] : [`instance-id ${was.instance} became ${now.instance}`]),
    ...recovered.map((line) => `file system: ${line.trim()}`),
  ];
  return noProblems(problems, expected, `boot_id ${was.boot} became ${now.boot}; machine-id kept; running`);
}

function identity(seen: Pick<Restart, 'guest'>): Readonly<Record<'boot' | 'machine' | 'instance', string>> {
  const of = (id: string): string => output(seen, id).trim();
  return { boot: of('boot-id'), machine: of('machine-id'), instance: of('cloud-init-instance') };
}
