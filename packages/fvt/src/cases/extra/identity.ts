import { type Case, fail, noProblems, pass } from '../../case.ts';
import { branch, lines, output } from '../../observations.ts';

export const uniqueHostKeys: Case = {
  id: 'ssh_host_keys_are_unique',
  title: 'Every instance makes SSH host keys of its own',
  why: 'A host key that came with the image lets everyone who has the image pose as every instance.',
  suite: 'functional',
  tags: ['extra', 'ssh', 'security', 'own-boot'],
  needs: ['facts', 'second-boot'],
  check: (observations) => {
    const fingerprints = (text: string): readonly string[] =>
      [...text.matchAll(/SHA256:\S+/g)].map((match) => match[0]);
    const second = branch(observations, 'second-boot', observations.secondBoot);
    const here = fingerprints(output(observations, 'host-keys'));
    const there = fingerprints(output(second, 'host-keys'));
    if (here.length === 0 || there.length === 0) {
      return fail('host keys in both instances', `${here.length} and ${there.length}`);
    }
    return noProblems(
      here.filter((key) => there.includes(key)).map((key) => `${key} in both instances`),
      'no host key in common between two instances',
      `${here.length} keys here, ${there.length} there, none in common`,
    );
  },
};

export const uniqueMachineId: Case = {
  id: 'machine_id_is_unique',
  title: 'Every instance has a machine-id of its own',
  why: 'Instances with one machine-id get one DHCP lease and one journal, and count as one.',
  suite: 'functional',
  tags: ['extra', 'identity', 'own-boot'],
  needs: ['facts', 'second-boot'],
  check: (observations) => {
    const second = branch(observations, 'second-boot', observations.secondBoot);
    const here = output(observations, 'machine-id').trim();
    const there = output(second, 'machine-id').trim();
    const wellFormed = [here, there].every((id) => /^[0-9a-f]{32}$/.test(id));
    return wellFormed && here !== there
      ? pass(`${here} here, ${there} there`)
      : fail('two machine-ids of 32 hexadecimal digits that differ', `${here || '?'} and ${there || '?'}`);
  },
};

export const hostname: Case = {
  id: 'hostname_is_the_seeds',
  title: 'The instance has the name that the platform gave it',
  why: 'A name left by the build is in every log and certificate.',
  suite: 'functional',
  tags: ['extra', 'identity', 'cloud-init'],
  needs: ['facts'],
  probes: [{ id: 'hostname_is_the_seeds', seconds: 5, script: 'hostname; cat /etc/hostname' }],
  check: (observations) => {
    const wanted = observations.launch.hostname;
    const names = lines(observations, 'hostname_is_the_seeds').map((name) => name.trim());
    return names.length > 0 && names.every((name) => name.split('.')[0] === wanted)
      ? pass(names.join(', '))
      : fail(wanted, names.join(', ') || 'none');
  },
};

export const secondBoot: Case = {
  id: 'second_boot_changes_nothing',
  title: 'A second boot of an instance changes neither its keys nor its users nor its name',
  why: 'What runs again at every boot undoes what an administrator did.',
  suite: 'functional',
  tags: ['extra', 'restart', 'identity'],
  needs: ['reboot'],
  check: (observations) => {
    const after = branch(observations, 'reboot', observations.reboot);
    const kept = ['host-keys', 'passwd', 'machine-id'].filter(
      (id) => output({ guest: after.before }, id) !== output(after, id),
    );
    return noProblems(
      kept.map((id) => `${id} changed`),
      'the same host keys, users and machine-id after a reboot',
      'host keys, users and machine-id as before',
    );
  },
};
