import { attemptLogin, type LoginAttempt, type SshKey } from '@golden-image/vm';
import { type Guest, type GuestPorts, passwordPrompt } from '../guest.ts';
import type { CredentialAttempt } from '../observations.ts';

/** Accounts that images are known to come with, and what is tried for each; `''` is an empty password. */
const ACCOUNTS: Readonly<Record<string, readonly string[]>> = {
  root: ['', 'root', 'toor', 'password', 'changeme'],
  vagrant: ['', 'vagrant'],
  debian: ['', 'debian', 'password'],
  ubuntu: ['', 'ubuntu', 'password'],
  admin: ['', 'admin', 'password'],
  packer: ['', 'packer'],
};
const CONTROL_USER = 'fvtcontrol';
/** Seconds under KVM. */
const ATTEMPT_SECONDS = 15;
const CONSOLE_SECONDS = 12;

/** A user with a password that is known, and an sshd that takes passwords: what a bad image looks like. */
function controlScript(password: string): string {
  return [
    `id ${CONTROL_USER} >/dev/null 2>&1 || useradd -m -s /bin/sh ${CONTROL_USER}`,
    // By itself chpasswd asks PAM, which refuses a password that the image's policy does not like.
    `printf '%s:%s\\n' ${CONTROL_USER} '${password}' | chpasswd --crypt-method SHA512`,
    'systemctl stop ssh.socket sshd.socket ssh.service sshd.service 2>/dev/null',
    'mkdir -p /run/sshd; { echo "Port 22"; echo "PasswordAuthentication yes"; echo "UsePAM no"; for k in /etc/ssh/ssh_host_*_key; do echo "HostKey $k"; done; } >/run/fvt-sshd.conf',
    '/usr/sbin/sshd -f /run/fvt-sshd.conf',
  ].join('\n');
}

/** Tries known accounts over SSH. Where the server takes no password at all, one attempt an account shows it. */
export async function tryCredentialsOverSsh(
  ports: GuestPorts,
  guest: Guest,
  options: { readonly folder: string; readonly key: SshKey },
): Promise<readonly CredentialAttempt[]> {
  const attempts: CredentialAttempt[] = [];
  for (const [user, passwords] of Object.entries(ACCOUNTS)) {
    for (const password of passwords) {
      const { outcome, methods } = await loginWith(ports, guest, { ...options, user, password });
      attempts.push({ user, password, outcome });
      if (outcome === 'refused' && !methods.some((method) => /password|keyboard/.test(method))) {
        break;
      }
    }
  }
  return attempts;
}

/** The positive control: the same attempt against a guest that takes passwords. It must get in. */
export async function sshControl(
  ports: GuestPorts,
  guest: Guest,
  options: { readonly folder: string; readonly key: SshKey; readonly password: string },
): Promise<CredentialAttempt> {
  const { password } = options;
  await guest.shell.run(controlScript(password), { timeoutMs: 60_000 * guest.timeoutScale });
  const { outcome } = await loginWith(ports, guest, { ...options, user: CONTROL_USER });
  return { user: CONTROL_USER, password: 'of the control', outcome };
}

async function loginWith(
  ports: GuestPorts,
  { target, timeoutScale }: Guest,
  options: {
    readonly folder: string;
    readonly key: SshKey;
    readonly user: string;
    readonly password: string;
  },
): Promise<LoginAttempt> {
  return attemptLogin(
    ports,
    { ...target, user: options.user, keyFile: options.key.file },
    {
      timeoutMs: ATTEMPT_SECONDS * 1000 * timeoutScale,
      password: await passwordPrompt(options.folder, options.password),
    },
  );
}

/**
 * Tries the first passwords of known accounts at the serial console's login prompt.
 *
 * @param hasLogin whether the guest has a login program; without one a single attempt shows what the prompt does
 */
export async function tryCredentialsOnConsole(
  ports: GuestPorts,
  guest: Guest,
  hasLogin: boolean,
): Promise<readonly CredentialAttempt[]> {
  const pairs = [
    ['root', ''],
    ['root', 'root'],
    ['root', 'toor'],
    ['vagrant', 'vagrant'],
    ['debian', 'debian'],
    ['admin', 'admin'],
  ] as const;
  const attempts: CredentialAttempt[] = [];
  for (const [user, password] of hasLogin ? pairs : pairs.slice(0, 1)) {
    attempts.push({ user, password, outcome: await consoleLogin(ports, guest, user, password) });
  }
  return attempts;
}

/** The positive control at the console: the user of `sshControl` must get in. */
export async function consoleControl(
  ports: GuestPorts,
  guest: Guest,
  password: string,
): Promise<CredentialAttempt> {
  const outcome = await consoleLogin(ports, guest, CONTROL_USER, password);
  return { user: CONTROL_USER, password: 'of the control', outcome };
}

/** One login at the console: `unreachable` when no prompt came, which says nothing about the guest's policy. */
async function consoleLogin(
  ports: GuestPorts,
  guest: Guest,
  user: string,
  password: string,
): Promise<CredentialAttempt['outcome']> {
  const { machine } = guest;
  // Ends a login that is half done, and brings a new prompt.
  machine.type('\u0004\n');
  if (!(await sees(ports, guest, /login: *$/))) {
    return 'unreachable';
  }
  machine.type(`${user}\n`);
  const asked = await sees(ports, guest, /[Pp]assword: *$|Login incorrect|login: *$|[$#] *$/);
  if (!asked) {
    return 'unreachable';
  }
  if (/[$#] *$/.test(asked)) {
    machine.type('exit\n');
    return 'accepted';
  }
  // A new prompt without a question: there is nobody to let anybody in.
  if (/Login incorrect|login: *$/.test(asked)) {
    return 'refused';
  }
  machine.type(`${password}\n`);
  const answer = await sees(
    ports,
    guest,
    /Login incorrect|Last login|account .*(locked|disabled)|[$#] *$|login: *$/,
  );
  if (!answer) {
    return 'unreachable';
  }
  const inside = /Last login|[$#] *$/.test(answer);
  if (inside) {
    machine.type('exit\n');
  }
  return inside ? 'accepted' : 'refused';
}

/** The text on the console that matches, from now on; undefined when none came in time. */
async function sees(ports: GuestPorts, guest: Guest, pattern: RegExp): Promise<string | undefined> {
  const { machine, timeoutScale } = guest;
  const found = Promise.withResolvers<string>();
  const unwatch = machine.console.watch((text) => {
    if (pattern.test(text)) {
      found.resolve(text);
    }
  });
  const late = new AbortController();
  const signal = AbortSignal.any([ports.signal, machine.ended, late.signal]);
  try {
    return await Promise.race([
      found.promise,
      ports.clock.sleep(CONSOLE_SECONDS * 1000 * timeoutScale, signal).then(() => undefined),
    ]);
  } finally {
    unwatch();
    late.abort();
  }
}
