import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Ports } from '@golden-image/host';
import {
  attemptLogin,
  bootFailed,
  type LoginAttempt,
  type Machine,
  type PingResult,
  runOverSsh,
  type SshKey,
  type SshTarget,
} from '@golden-image/vm';
import { collectorScript, parseCollected, probeOfLine } from './collector.ts';
import type { ProbeResult } from './observations.ts';
import type { Probe } from './probes.ts';

type GuestPorts = Pick<Ports, 'exec' | 'clock' | 'log' | 'signal'>;

/** Seconds under KVM from the SSH banner to the first login: cloud-init makes the user in between. */
const FIRST_LOGIN_SECONDS = 60;
const LOGIN_SECONDS = 15;

/** How the administrator of the seed gets in. */
export interface GuestAccess {
  readonly machine: Machine;
  readonly target: SshTarget;
  readonly timeoutScale: number;
}

/**
 * Logs in as soon as cloud-init has made the user.
 *
 * @throws UserError `boot-failed` in the stage `login over SSH`, with the console
 */
export async function firstLogin(ports: GuestPorts, access: GuestAccess): Promise<LoginAttempt> {
  const { machine, target, timeoutScale } = access;
  const limit = FIRST_LOGIN_SECONDS * timeoutScale;
  const started = ports.clock.monotonic();
  for (;;) {
    const spent = (ports.clock.monotonic() - started) / 1000;
    ports.log.progress({
      label: `boot: cloud-init (at most ${limit} s)`,
      done: Math.floor(spent),
      unit: 'seconds',
    });
    const attempt = await attemptLogin(ports, target, { timeoutMs: LOGIN_SECONDS * 1000 * timeoutScale });
    if (attempt.outcome === 'accepted') {
      return attempt;
    }
    machine.ended.throwIfAborted();
    if ((ports.clock.monotonic() - started) / 1000 > limit) {
      const why = `the administrator could not log in within ${limit} s (${attempt.outcome}: ${attempt.detail})`;
      throw bootFailed(why, 'cloud-init', machine);
    }
    await ports.clock.sleep(1_000, AbortSignal.any([ports.signal, machine.ended]));
  }
}

/**
 * All facts in one SSH round trip.
 *
 * @throws UserError `collector-cut-short`; ToolError when SSH failed
 */
export async function collectFacts(
  ports: GuestPorts,
  access: GuestAccess,
  probes: readonly Probe[],
): Promise<Readonly<Record<string, ProbeResult>>> {
  const { machine, target, timeoutScale } = access;
  const seconds = probes.reduce((sum, probe) => sum + probe.seconds, 60) * timeoutScale;
  let done = 0;
  ports.log.progress({ label: 'facts', done, total: probes.length });
  const { stdout } = await runOverSsh(ports, target, 'sudo -n sh -s', {
    input: collectorScript(probes, timeoutScale),
    timeoutMs: seconds * 1000,
    signal: AbortSignal.any([ports.signal, machine.ended]),
    onLine: (line) => {
      if (probeOfLine(line) !== undefined) {
        done += 1;
        ports.log.progress({ label: 'facts', done, total: probes.length });
      }
    },
  });
  return parseCollected(stdout, probes);
}

/** Three echo requests from the host's node. */
export function pingGuest(ports: GuestPorts, { machine, timeoutScale }: GuestAccess): Promise<PingResult> {
  const signal = AbortSignal.any([ports.signal, machine.ended]);
  return machine.network.ping({ count: 3, gapMs: 200, waitMs: 1_000 * timeoutScale, signal });
}

/**
 * The negative control: the same ping while the guest's kernel ignores echo requests. A reply then comes from
 * someone else (slirp forges them), and the ping proves nothing.
 */
export async function pingControl(ports: GuestPorts, access: GuestAccess): Promise<PingResult> {
  const { machine, target, timeoutScale } = access;
  const setting = '/proc/sys/net/ipv4/icmp_echo_ignore_all';
  const input = new PassThrough();
  input.write(
    `echo 1 > ${setting} && [ "$(cat ${setting})" = 1 ] && echo armed; read -r go; echo 0 > ${setting}\n`,
  );
  let result: Promise<PingResult> | undefined;
  const signal = AbortSignal.any([ports.signal, machine.ended]);
  await ports.exec({
    ...sshShell(target),
    input,
    timeoutMs: 30_000 * timeoutScale,
    signal,
    onLine: (line) => {
      if (line === 'armed') {
        result = machine.network
          .ping({ count: 2, gapMs: 200, waitMs: 1_000, signal })
          .finally(() => input.end('go\n'));
      }
    },
  });
  return (await result) ?? { sent: 0, fromGuest: 0, others: 0, address: undefined };
}

/** Runs a constant command as root; its end may be the end of the connection too. */
export async function runAsRoot(ports: GuestPorts, access: GuestAccess, command: string): Promise<void> {
  await ports.exec({
    ...sshShell(access.target),
    input: `${command}\n`,
    timeoutMs: 60_000 * access.timeoutScale,
    okCodes: 'any',
  });
}

/** A root shell that reads from our standard input as it comes. */
function sshShell(target: SshTarget): { readonly command: string; readonly args: readonly string[] } {
  return { command: 'ssh', args: shellArguments(target) };
}

function shellArguments(target: SshTarget): readonly string[] {
  return [
    ...['-F', 'none', '-p', String(target.port), '-l', target.user, '-i', target.keyFile, '-T'],
    ...['-o', 'BatchMode=yes', '-o', 'LogLevel=ERROR', '-o', `UserKnownHostsFile=${target.knownHosts}`],
    ...['-o', 'IdentitiesOnly=yes', '-o', 'StrictHostKeyChecking=yes', '127.0.0.1', '--', 'sudo -n sh'],
  ];
}

/** Logins that the cases judge, all tried at once. */
export async function tryLogins(
  ports: GuestPorts,
  access: GuestAccess,
  options: {
    readonly folder: string;
    readonly user: string;
    readonly userKey: SshKey;
    readonly strangerKey: SshKey;
  },
): Promise<Readonly<Record<string, LoginAttempt>>> {
  const { target, timeoutScale } = access;
  const timeoutMs = LOGIN_SECONDS * 1000 * timeoutScale;
  const as = (user: string, key: SshKey): SshTarget => ({ ...target, user, keyFile: key.file });
  const password = async (text: string): Promise<{ readonly env: Readonly<Record<string, string>> }> => {
    const script = path.join(options.folder, `askpass-${text}`);
    await writeFile(script, `#!/bin/sh\nprintf '%s\\n' ${text}\n`);
    await chmod(script, 0o700);
    return { env: { SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: '' } };
  };
  const { user, userKey, strangerKey } = options;
  const attempts: readonly (readonly [string, Promise<LoginAttempt>])[] = [
    ['user-key', attemptLogin(ports, as(user, userKey), { timeoutMs })],
    ['user-wrong-key', attemptLogin(ports, as(user, strangerKey), { timeoutMs })],
    [
      'user-password',
      attemptLogin(ports, as(user, strangerKey), { timeoutMs, password: await password(user) }),
    ],
    [
      'vagrant-password',
      attemptLogin(ports, as('vagrant', strangerKey), { timeoutMs, password: await password('vagrant') }),
    ],
  ];
  return Object.fromEntries(
    await Promise.all(attempts.map(async ([name, attempt]) => [name, await attempt] as const)),
  );
}
