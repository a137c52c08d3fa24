import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '@golden-image/host';
import {
  attemptLogin,
  bootFailed,
  type LoginAttempt,
  type Machine,
  type PingResult,
  type SshKey,
  type SshTarget,
} from '@golden-image/vm';
import { collectorScript, parseCollected, probeOfLine } from './collector.ts';
import { GuestShell, LoginFailed } from './guest-shell.ts';
import type { ProbeResult } from './observations.ts';
import type { Probe } from './probes.ts';

export type GuestPorts = Pick<Ports, 'exec' | 'clock' | 'log' | 'signal'>;

/** Seconds under KVM from the SSH banner to the first login: cloud-init makes the user in between. */
const FIRST_LOGIN_SECONDS = 60;
const LOGIN_SECONDS = 15;

/** How the administrator of the seed gets in. */
export interface GuestAccess {
  readonly machine: Machine;
  readonly target: SshTarget;
  readonly timeoutScale: number;
}

/** A guest that runs, and a root shell in it. */
export interface Guest extends GuestAccess {
  readonly shell: GuestShell;
}

/**
 * Logs in as soon as cloud-init has made the user, and keeps the connection.
 *
 * @throws UserError `boot-failed` in the stage `cloud-init`, with the console
 */
export async function logIn(ports: GuestPorts, access: GuestAccess): Promise<Guest> {
  const { machine, target, timeoutScale } = access;
  const limit = FIRST_LOGIN_SECONDS * timeoutScale;
  const started = ports.clock.monotonic();
  const signal = AbortSignal.any([ports.signal, machine.ended]);
  for (;;) {
    const spent = (ports.clock.monotonic() - started) / 1000;
    const label = `boot: cloud-init (at most ${limit} s)`;
    ports.log.progress({ label, done: Math.floor(spent), unit: 'seconds' });
    try {
      const timeoutMs = LOGIN_SECONDS * 1000 * timeoutScale;
      const shell = await GuestShell.open(ports, target, { timeoutMs, signal });
      return { ...access, shell };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LoginFailed)) {
        throw error;
      }
      if ((ports.clock.monotonic() - started) / 1000 > limit) {
        const why = `the administrator could not log in within ${limit} s (${error.message})`;
        throw bootFailed(why, 'cloud-init', machine);
      }
    }
    await ports.clock.sleep(1_000, signal);
  }
}

/**
 * All facts in one SSH round trip.
 *
 * @throws UserError `collector-cut-short`, `guest-timeout`, `guest-gone`
 */
export async function collectFacts(
  ports: GuestPorts,
  { shell, timeoutScale }: Guest,
  probes: readonly Probe[],
): Promise<Readonly<Record<string, ProbeResult>>> {
  const seconds = probes.reduce((sum, probe) => sum + probe.seconds, 60) * timeoutScale;
  let done = 0;
  ports.log.progress({ label: 'facts', done, total: probes.length });
  const { lines } = await shell.run(collectorScript(probes, timeoutScale), {
    timeoutMs: seconds * 1000,
    onLine: (line) => {
      if (probeOfLine(line) !== undefined) {
        done += 1;
        ports.log.progress({ label: 'facts', done, total: probes.length });
      }
    },
  });
  return parseCollected(lines, probes);
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
export async function pingControl(ports: GuestPorts, guest: Guest): Promise<PingResult> {
  const { machine, shell, timeoutScale } = guest;
  const setting = '/proc/sys/net/ipv4/icmp_echo_ignore_all';
  const timeoutMs = 30_000 * timeoutScale;
  const signal = AbortSignal.any([ports.signal, machine.ended]);
  const { lines } = await shell.run(`cat ${setting}; echo 1 > ${setting} && cat ${setting}`, { timeoutMs });
  const [before = '0', armed] = lines;
  try {
    return armed === '1'
      ? await machine.network.ping({ count: 2, gapMs: 200, waitMs: 1_000, signal })
      : { sent: 0, fromGuest: 0, others: 0, address: undefined };
  } finally {
    await shell.run(`echo ${before === '1' ? 1 : 0} > ${setting}`, { timeoutMs });
  }
}

/** How OpenSSH gets a password that is a plain word. */
export async function passwordPrompt(
  folder: string,
  word: string,
): Promise<{ readonly env: Readonly<Record<string, string>> }> {
  const script = path.join(folder, `askpass-${word || 'empty'}`);
  await writeFile(script, `#!/bin/sh\nprintf '%s\\n' '${word}'\n`);
  await chmod(script, 0o700);
  return { env: { SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: '' } };
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
  const { folder, user, userKey, strangerKey } = options;
  const [own, vagrant] = [await passwordPrompt(folder, user), await passwordPrompt(folder, 'vagrant')];
  const attempts: readonly (readonly [string, Promise<LoginAttempt>])[] = [
    ['administrator-key', attemptLogin(ports, target, { timeoutMs })],
    ['user-key', attemptLogin(ports, as(user, userKey), { timeoutMs })],
    ['user-wrong-key', attemptLogin(ports, as(user, strangerKey), { timeoutMs })],
    ['user-password', attemptLogin(ports, as(user, strangerKey), { timeoutMs, password: own })],
    ['vagrant-password', attemptLogin(ports, as('vagrant', strangerKey), { timeoutMs, password: vagrant })],
  ];
  return Object.fromEntries(
    await Promise.all(attempts.map(async ([name, attempt]) => [name, await attempt] as const)),
  );
}
