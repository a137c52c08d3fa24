import { type Case, fail, noProblems, pass, skip } from '../case.ts';
import { json, lines, MissingFact, type Observations, probe } from '../observations.ts';

export const imageRespondsToPing: Case = {
  id: 'image_responds_to_ping',
  title: 'The image answers ICMP echo requests',
  why: 'Monitoring and load balancers find an instance dead that does not answer a ping.',
  suite: 'functional',
  tags: ['network', 'host-view'],
  needs: ['facts'],
  check: ({ ping, pingControl }) => {
    if (pingControl.sent === 0) {
      throw new MissingFact('the negative control of the ping was not run');
    }
    if (pingControl.fromGuest > 0) {
      return fail(
        'no reply while the guest ignores echo requests (negative control)',
        `${pingControl.fromGuest} of ${pingControl.sent} replies`,
        'someone else answers in the name of the guest: the ping proves nothing',
      );
    }
    const evidence = `${ping.fromGuest} of ${ping.sent} replies from ${ping.address ?? 'no address'} with the guest's own MAC; ${ping.others} others; with echo ignored: ${pingControl.fromGuest} of ${pingControl.sent}`;
    return ping.sent >= 3 && ping.fromGuest === ping.sent
      ? pass(evidence)
      : fail('3 echo replies from the guest itself', `${ping.fromGuest} of ${ping.sent}`, evidence);
  },
};

export const resolvConf: Case = {
  id: 'does_linux_vm_have_a_resolv_conf_file',
  title: '/etc/resolv.conf names a nameserver',
  why: 'Without it no name resolves; a nameserver baked in at build time resolves nothing elsewhere.',
  suite: 'functional',
  tags: ['network', 'dns'],
  needs: ['facts'],
  check: (observations) => {
    const [link = '', target = ''] = lines(observations, 'resolv-link');
    const content = probe(observations, 'resolv-conf');
    const what = link === 'regular' ? 'a regular file' : `a link to ${target}`;
    if (content.rc !== 0) {
      return fail('a regular file or a live link', `${what} that cannot be read`, content.stderr.trim());
    }
    const servers = [...content.stdout.matchAll(/^\s*nameserver\s+(\S+)/gm)].map((match) => match[1] ?? '');
    return servers.length > 0
      ? pass(`${what}; nameserver ${servers.join(', ')}`)
      : fail('at least one nameserver', 'none', `${what}: ${content.stdout.slice(0, 300)}`);
  },
};

export const pingByIp: Case = {
  id: 'linux_ping_by_ip',
  title: 'The guest reaches an address',
  why: 'A broken route or a stray firewall rule cuts an instance off from its network.',
  suite: 'functional',
  tags: ['network'],
  needs: ['facts'],
  check: (observations) => {
    const { ip } = observations.launch.target;
    const result = probe(observations, 'ping-ip');
    if (result.stdout.trim() === 'no-ping') {
      return skip('the image has neither ping nor python3');
    }
    const evidence = `${summary(result.stdout)}; the target received ${observations.network.echoRequests} echo requests`;
    // Two witnesses: the guest says that replies came, the target that requests did.
    const good = result.rc === 0 && observations.network.echoRequests >= 3;
    return good
      ? pass(evidence)
      : fail(`3 replies from ${ip}`, summary(result.stdout) || result.stderr.trim(), evidence);
  },
};

export const pingByName: Case = {
  id: 'linux_ping_by_name',
  title: 'The guest resolves a name and reaches it',
  why: 'Name resolution is a chain (resolv.conf, nsswitch, resolver): one broken link stops updates and logins.',
  suite: 'functional',
  tags: ['network', 'dns'],
  needs: ['facts'],
  check: (observations) => {
    const { ip, name } = observations.launch.target;
    const lookup = probe(observations, 'lookup-name');
    const result = probe(observations, 'ping-name');
    const asked = observations.network.dnsQueries.filter((query) => query === name).length;
    const addresses = [...new Set(lookup.stdout.split('\n').flatMap((line) => line.split(/\s+/)[0] || []))];
    const evidence = `lookup: ${addresses.join(', ') || 'nothing'} (${asked} queries seen on the wire); ping: ${summary(result.stdout)}`;
    if (lookup.rc !== 0 || !addresses.includes(ip) || asked === 0) {
      return fail(`${name} resolves to ${ip} through DNS`, addresses.join(', ') || 'no address', evidence);
    }
    if (result.stdout.trim() === 'no-ping') {
      return skip(`the name resolves to ${ip}, but the image has neither ping nor python3`);
    }
    return result.rc === 0
      ? pass(evidence)
      : fail(`3 replies from ${name}`, summary(result.stdout) || result.stderr.trim(), evidence);
  },
};

export const interfacesAreUp: Case = {
  id: 'linux_check_eth_interfaces_are_up',
  title: 'Every NIC is up and has a carrier',
  why: 'A NIC that stays down is capacity paid for and not there.',
  suite: 'functional',
  tags: ['network', 'nic'],
  needs: ['facts'],
  check: (observations) => {
    const found = interfaces(observations);
    const problems = observations.launch.nics.flatMap(({ mac }) => {
      const nic = found.find((entry) => entry.address === mac);
      if (!nic) {
        return [`${mac}: no interface`];
      }
      const missing = ['UP', 'LOWER_UP'].filter((flag) => !nic.flags.includes(flag));
      return missing.length > 0 ? [`${nic.ifname} (${mac}): without ${missing.join(' and ')}`] : [];
    });
    const evidence = found.map((nic) => `${nic.ifname} ${nic.address} ${nic.flags.join(',')}`).join('; ');
    return noProblems(problems, 'each NIC, matched by MAC, up with a carrier', evidence, evidence);
  },
};

export const interfaceAddresses: Case = {
  id: 'linux_check_eth_interface_addresses',
  title: 'Every NIC has its leased address, with one default route',
  why: 'A link-local address or a second default route is an instance that nobody reaches, or only sometimes.',
  suite: 'functional',
  tags: ['network', 'nic'],
  needs: ['facts'],
  check: (observations) => {
    const found = interfaces(observations);
    const routes = json<readonly Route[]>(observations, 'ip-route');
    const problems: string[] = [];
    observations.launch.nics.forEach(({ mac }, index) => {
      const nic = found.find((entry) => entry.address === mac);
      const ipv4 = (nic?.addr_info ?? []).filter((entry) => entry.family === 'inet');
      const network = `10.0.${index + 2}.`;
      const leased = ipv4.filter((entry) => entry.local.startsWith(network) && entry.prefixlen === 24);
      const shown = ipv4.map((entry) => `${entry.local}/${entry.prefixlen}`).join(', ') || 'none';
      if (leased.length !== 1 || ipv4.length !== 1) {
        problems.push(`${nic?.ifname ?? mac}: addresses ${shown}, expected one ${network}x/24`);
      }
      if (nic && nic.mtu !== 1500) {
        problems.push(`${nic.ifname}: MTU ${nic.mtu}, expected 1500`);
      }
    });
    const linkLocal = found.flatMap((nic) =>
      nic.addr_info.filter((entry) => entry.local.startsWith('169.254.')).map(() => nic.ifname),
    );
    if (linkLocal.length > 0) {
      problems.push(`link-local IPv4 address on ${linkLocal.join(', ')}`);
    }
    const defaults = routes.filter((route) => route.dst === 'default');
    if (defaults.length !== 1) {
      problems.push(`${defaults.length} default routes`);
    }
    const evidence = [
      ...found.map(
        (nic) =>
          `${nic.ifname} ${nic.addr_info.map((a) => `${a.local}/${a.prefixlen}`).join(' ')} mtu ${nic.mtu}`,
      ),
      ...defaults.map((route) => `default via ${route.gateway ?? '?'} dev ${route.dev ?? '?'}`),
    ].join('; ');
    const expected = 'one leased address a NIC, none link-local, one default route';
    return noProblems(problems, expected, evidence, evidence);
  },
};

export interface Interface {
  readonly ifname: string;
  readonly address?: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly addr_info: readonly {
    readonly family: string;
    readonly local: string;
    readonly prefixlen: number;
  }[];
}

export interface Route {
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
}

function interfaces(observations: Observations): readonly Interface[] {
  return json<readonly Interface[]>(observations, 'ip-addr').filter((nic) => !nic.flags.includes('LOOPBACK'));
}

function summary(pingOutput: string): string {
  const counts = /\d+ packets transmitted[^\n]*/.exec(pingOutput);
  return counts?.[0] ?? pingOutput.trim().slice(0, 200);
}
