import { type Case, noProblems } from '../case.ts';
import { branch, json, lines, output } from '../observations.ts';
import type { Interface, Route } from './network.ts';

const VOLUMES = ['volume1', 'volume2'];

export const twoNicsAndTwoVolumes: Case = {
  id: 'linux_vm_with_two_nics_and_two_volumes',
  title: 'A machine with two NICs and two volumes has all of them, each in its place',
  why: 'Names of devices differ with their number: an image must not count on there being one of each.',
  suite: 'functional',
  tags: ['network', 'nic', 'storage', 'own-boot'],
  needs: ['second-boot'],
  check: (observations) => {
    const seen = branch(observations, 'second-boot', observations.secondBoot);
    const found = json<readonly Interface[]>(seen, 'ip-addr');
    const routes = json<readonly Route[]>(seen, 'ip-route');
    const nics = seen.launch.nics.map(({ mac }, index) => {
      const nic = found.find((entry) => entry.address === mac);
      const addresses = (nic?.addr_info ?? [])
        .filter((entry) => entry.family === 'inet')
        .map((entry) => entry.local);
      const up = ['UP', 'LOWER_UP'].every((flag) => nic?.flags.includes(flag));
      const network = `10.0.${index + 2}.`;
      const problem = !nic
        ? 'no interface'
        : !up
          ? 'not up'
          : addresses.length === 1 && addresses[0]?.startsWith(network)
            ? undefined
            : `addresses ${addresses.join(', ') || 'none'}, expected one in ${network}0/24`;
      return { name: `${nic?.ifname ?? '?'} (${mac})`, addresses, problem };
    });
    const disks = lines(seen, 'block-devices').map((line) => line.split(' '));
    const written = lines(seen, 'volumes-written');
    const defaults = routes.filter((route) => route.dst === 'default');
    const problems = [
      ...nics.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`])),
      ...VOLUMES.filter((serial) => !disks.some(([, , found]) => found === serial)).map(
        (serial) => `no disk with the serial ${serial}`,
      ),
      ...written.filter((line) => line.split(' ')[1] !== 'written'),
      ...(defaults.length === 1 ? [] : [`${defaults.length} default routes`]),
    ];
    const expected =
      'two NICs, matched by MAC, up with one address each; two volumes, matched by serial, that can be written; one default route';
    const evidence = `${nics.map((nic) => `${nic.name} ${nic.addresses.join(' ')}`).join('; ')}; ${written.join('; ')}; boot ${output(seen, 'boot-id').trim()}`;
    return noProblems(problems, expected, evidence, evidence);
  },
};
