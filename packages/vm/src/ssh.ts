import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { type ExecResult, type Ports, ToolError } from '@golden-image/host';

const LOOPBACK = '127.0.0.1';

/** A throw-away key pair. */
export interface SshKey {
  /** Path of the private key. */
  readonly file: string;
  /** One line, as in authorized_keys. */
  readonly publicKey: string;
}

/** Makes an ed25519 key without a passphrase in `folder`, which must be private. */
export async function createSshKey(
  { exec }: Pick<Ports, 'exec'>,
  folder: string,
  name: string,
): Promise<SshKey> {
  const file = path.join(folder, name);
  await exec({
    command: 'ssh-keygen',
    args: ['-q', '-t', 'ed25519', '-N', '', '-C', `throw-away-${name}`, '-f', file],
    timeoutMs: 30_000,
  });
  return { file, publicKey: (await readFile(`${file}.pub`, 'utf8')).trim() };
}

/**
 * The server's banner (`SSH-2.0-…`), or undefined when none came. Only the banner proves an sshd: slirp accepts
 * connections for a guest that is not even running.
 */
export function readSshBanner(port: number, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK, port });
    let text = '';
    const finish = (banner?: string): void => {
      socket.destroy();
      resolve(banner);
    };
    socket.setTimeout(timeoutMs, () => finish());
    socket.on('error', () => finish());
    socket.on('close', () => finish());
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const match = /^(SSH-2\.0-[\x20-\x7e]{1,250})\r?\n/m.exec(text);
      if (match || text.length > 8_192) {
        finish(match?.[1]);
      }
    });
  });
}

/** Who logs in, where and how. */
export interface SshTarget {
  readonly port: number;
  readonly user: string;
  readonly keyFile: string;
  /** The guest's host key is pinned here at the first login; a later one must show the same. */
  readonly knownHosts: string;
}

/** How one login attempt ended: only `refused` and `accepted` say something about the guest's policy. */
export interface LoginAttempt {
  readonly outcome: 'accepted' | 'refused' | 'unreachable';
  /** Methods that the server still offered, from its refusal. */
  readonly methods: readonly string[];
  /** OpenSSH's last words. */
  readonly detail: string;
}

/** OpenSSH's arguments, up to the host, for a login by key and nothing else; the command follows after `--`. */
export function sshArguments(target: SshTarget, timeoutMs: number): readonly string[] {
  return [
    ...options(target),
    ...['-o', 'BatchMode=yes', '-o', 'PreferredAuthentications=publickey'],
    ...['-o', connectTimeout(timeoutMs), LOOPBACK],
  ];
}

function options(target: SshTarget): readonly string[] {
  return [
    ...['-F', 'none', '-p', String(target.port), '-l', target.user, '-i', target.keyFile],
    ...['-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none', '-o', 'LogLevel=ERROR'],
    ...['-o', `UserKnownHostsFile=${target.knownHosts}`, '-o', 'GlobalKnownHostsFile=/dev/null'],
    ...['-o', 'StrictHostKeyChecking=accept-new', '-o', 'CheckHostIP=no', '-o', 'UpdateHostKeys=no'],
    ...[
      '-o',
      'ForwardAgent=no',
      '-o',
      'ForwardX11=no',
      '-o',
      'PermitLocalCommand=no',
      '-o',
      'EscapeChar=none',
    ],
    ...['-o', 'ServerAliveInterval=15', '-o', 'ServerAliveCountMax=8', '-T'],
  ];
}

/** The command by which a person gets into the same guest. */
export function sshCommandLine(target: SshTarget): string {
  return `ssh -p ${target.port} -i ${target.keyFile} -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no ${target.user}@${LOOPBACK}`;
}

/**
 * Runs `command` (a constant of ours: the guest's shell reads it) as the target's user.
 *
 * @throws ToolError when the login or the command failed
 */
export function runOverSsh(
  { exec }: Pick<Ports, 'exec'>,
  target: SshTarget,
  command: string,
  settings: {
    readonly timeoutMs: number;
    readonly input?: string;
    readonly signal?: AbortSignal;
    readonly onLine?: (line: string) => void;
    /** Before all others: OpenSSH takes the first value of an option. */
    readonly extraOptions?: readonly string[];
  },
): Promise<ExecResult> {
  const { onLine } = settings;
  return exec({
    command: 'ssh',
    args: [...(settings.extraOptions ?? []), ...sshArguments(target, settings.timeoutMs), '--', command],
    input: settings.input ?? '',
    timeoutMs: settings.timeoutMs,
    ...(settings.signal ? { signal: settings.signal } : {}),
    ...(onLine ? { onLine: (line, stream) => stream === 'stdout' && onLine(line) } : {}),
  });
}

/** Tries to log in by the target's key, or with `password`, and tells refused from unreachable. */
export async function attemptLogin(
  { exec }: Pick<Ports, 'exec'>,
  target: SshTarget,
  settings: { readonly timeoutMs: number; readonly password?: PasswordPrompt },
): Promise<LoginAttempt> {
  const { password } = settings;
  const methods = password
    ? ['-o', 'PreferredAuthentications=password,keyboard-interactive', '-o', 'PubkeyAuthentication=no']
    : ['-o', 'PreferredAuthentications=publickey', '-o', 'BatchMode=yes'];
  try {
    await exec({
      command: 'ssh',
      args: [
        ...options(target),
        ...methods,
        ...[
          '-o',
          'NumberOfPasswordPrompts=1',
          '-o',
          connectTimeout(settings.timeoutMs),
          LOOPBACK,
          '--',
          'true',
        ],
      ],
      input: '',
      timeoutMs: settings.timeoutMs,
      env: { ...process.env, ...(password?.env ?? {}) },
    });
    return { outcome: 'accepted', methods: [], detail: 'logged in' };
  } catch (error) {
    if (!(error instanceof ToolError)) {
      throw error;
    }
    return classifyRefusal(error);
  }
}

/** How OpenSSH gets a password without a terminal: a program that prints the content of a file. */
export interface PasswordPrompt {
  readonly env: Readonly<Record<string, string>>;
}

/** OpenSSH says `user@host: Permission denied (publickey,password).` when the server refused. */
export function classifyRefusal(error: ToolError): LoginAttempt {
  const text = `${error.detail ?? ''}\n${error.message}`;
  const match = /Permission denied \(([a-z,-]+)\)/.exec(text);
  const detail = error.message.slice(0, 300);
  if (match) {
    return { outcome: 'refused', methods: (match[1] ?? '').split(',').sort(), detail };
  }
  // A locked or expired account logs in by key and is then shown the door by PAM.
  const turnedAway = /Too many authentication failures|Connection closed by .* \[preauth\]/.test(text);
  // `ssh … true` that ends with a status other than 255 was inside.
  const inside = error.exitCode !== null && error.exitCode !== 255;
  return { outcome: inside ? 'accepted' : turnedAway ? 'refused' : 'unreachable', methods: [], detail };
}

function connectTimeout(timeoutMs: number): string {
  return `ConnectTimeout=${Math.max(1, Math.ceil(timeoutMs / 1000))}`;
}
