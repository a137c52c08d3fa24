import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runOverSsh, type SshTarget } from '@golden-image/vm';
import { shellQuote } from '../packages/fvt/src/collector.ts';
import { collectFacts } from '../packages/fvt/src/guest.ts';
import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { forkedGuest, promptProbes } from './lib/booted.ts';
import { measure, timed } from './lib/measure.ts';

const ONE_ROUND_TRIP = 'run-fvt';
const PLAIN = 'ssh, one connection a check';
const MASTER = 'ssh with ControlMaster';
const TESTINFRA = 'testinfra';
const TESTINFRA_SCRIPT = path.join(import.meta.dirname, 'testinfra-peer.py');

/** What all cases need to know of a guest, asked at once and one by one. */
export const facts: Bench = {
  name: 'facts',
  title: 'Facts for all cases that need no device',
  what: 'A booted guest is forked, and every probe of the collector that does not wait for something is run in it: all in one script over one connection, with an `ssh` of its own for each, with an `ssh` for each through one shared connection, and by testinfra.',
  tools: [{ command: '/usr/lib/python3/dist-packages/testinfra/__init__.py', package: 'python3-testinfra' }],
  rounds: 3,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const { bench, guest, end } = await forkedGuest(context);
  const list = promptProbes();
  const scripts = list.map((probe) => `mkdir -p /run/bench; d=/run/bench; export d; ${probe.script}`);
  const apart = async (extra: readonly string[]): Promise<void> => {
    for (const script of scripts) {
      const timeoutMs = 60_000 * guest.timeoutScale;
      await runOverSsh(bench.ports, guest.target, `sudo -n sh -c ${shellQuote(script)}`, {
        timeoutMs,
        extraOptions: extra,
      }).catch(() => {});
    }
  };
  const [config, checks] = [
    path.join(context.folder, 'ssh_config'),
    path.join(context.folder, 'checks.json'),
  ];
  await writeFile(config, sshConfig(guest.target));
  await writeFile(checks, JSON.stringify(scripts));
  const control = path.join(context.folder, 'cm');
  return {
    sides: [
      {
        name: ONE_ROUND_TRIP,
        ours: true,
        command: 'ssh guest sudo sh < collector.sh',
        run: () => timed(() => collectFacts(bench.ports, guest, list)),
      },
      {
        name: PLAIN,
        ours: false,
        command: 'for each check: ssh guest sudo sh -c "$check"',
        run: () => timed(() => apart([])),
      },
      {
        name: MASTER,
        ours: false,
        command: 'for each check: ssh -o ControlMaster=auto -o ControlPersist=60 guest sudo sh -c "$check"',
        run: () =>
          timed(() =>
            apart(['-o', 'ControlMaster=auto', '-o', `ControlPath=${control}`, '-o', 'ControlPersist=60']),
          ),
      },
      {
        name: TESTINFRA,
        ours: false,
        command: '/usr/bin/python3 bench/testinfra-peer.py ssh_config checks.json',
        run: () =>
          timed(() =>
            measure('/usr/bin/python3', [TESTINFRA_SCRIPT, config, checks], { cwd: context.folder }),
          ),
      },
    ],
    goals: [
      { side: ONE_ROUND_TRIP, quantity: 'wall', peers: [PLAIN], atMost: 0.1 },
      { side: ONE_ROUND_TRIP, quantity: 'wall', peers: [MASTER], atMost: 0.5 },
    ],
    end,
  };
}

function sshConfig({ port, user, keyFile, knownHosts }: SshTarget): string {
  const lines = [
    ...['Host guest', 'HostName 127.0.0.1', `Port ${port}`, `User ${user}`, `IdentityFile "${keyFile}"`],
    ...[`UserKnownHostsFile "${knownHosts}"`, 'StrictHostKeyChecking accept-new', 'CheckHostIP no'],
  ];
  return `${lines.join('\n')}\n`;
}
