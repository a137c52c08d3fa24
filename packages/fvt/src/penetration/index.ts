import { randomBytes } from 'node:crypto';
import { describeError, type HostTool } from '@golden-image/host';
import type { ScanResult } from '@golden-image/vm';
import { collectFacts, type Guest, type GuestPorts } from '../guest.ts';
import type { Penetration, SshAudit } from '../observations.ts';
import type { Testbed } from '../testbed.ts';
import { consoleControl, sshControl, tryCredentialsOnConsole, tryCredentialsOverSsh } from './credentials.ts';
import { privilegeProbes } from './privileges.ts';
import { askServices } from './services.ts';
import {
  matchVulnerabilities,
  type VulnerabilityDatabase,
  type VulnerabilityReport,
} from './vulnerabilities.ts';

/** What the suite needs on the host. */
export const PENETRATION_TOOLS: readonly HostTool[] = [{ command: 'ssh-audit', package: 'ssh-audit' }];

/** Every TCP port; UDP ports that amplify or tell something, to which a stray line may be answered. */
const TCP_PORTS = Array.from({ length: 65_535 }, (_, index) => index + 1);
const UDP_PORTS = [53, 67, 69, 111, 123, 137, 161, 389, 500, 514, 1900, 5353, 11211];

/** Attacks a guest that nobody needs afterwards, from outside, from its console and from an ordinary user's seat. */
export async function penetrate(
  ports: GuestPorts,
  testbed: Testbed,
  guest: Guest,
  database?: VulnerabilityDatabase,
): Promise<Penetration> {
  const { folder } = testbed.settings;
  const key = testbed.strangerKey;
  const step = (label: string): void => ports.log.progress({ label, done: 0 });
  step('port scan');
  const scan = await scanPorts(ports, guest);
  step('services');
  const services = await askServices(
    ports,
    guest,
    scan.openTcp.filter((port) => port !== 22),
  );
  step('ssh-audit');
  const sshAudit = await auditSsh(ports, guest);
  step('privileges');
  const inside = await collectFacts(ports, guest, privilegeProbes(testbed.user, testbed.canary));
  step('credentials over SSH');
  const ssh = await tryCredentialsOverSsh(ports, guest, { folder, key });
  step('credentials on the console');
  const hasLogin = inside['pen-login']?.stdout.trim() !== 'none';
  const console = await tryCredentialsOnConsole(ports, guest, hasLogin);
  step('positive controls');
  const password = `Aa1-${randomBytes(12).toString('hex')}`;
  return {
    scan,
    services,
    sshAudit,
    ssh,
    console,
    sshControl: await sshControl(ports, guest, { folder, key, password }),
    ...(hasLogin ? { consoleControl: await consoleControl(ports, guest, password) } : {}),
    canaryOnConsole: guest.machine.console.tail(200).includes(testbed.canary),
    guest: inside,
    ...(database ? { vulnerabilities: vulnerabilitiesOf(inside, database) } : {}),
  };
}

function vulnerabilitiesOf(
  inside: Penetration['guest'],
  database: VulnerabilityDatabase,
): VulnerabilityReport | 'unknown' {
  const { rc, stdout = '' } = inside['pen-installed'] ?? {};
  const [first = '', ...installed] = stdout.split('\n').filter((line) => line !== '');
  const release = /^release (\S+)$/.exec(first)?.[1];
  return rc === 0 && release !== undefined ? matchVulnerabilities(database, release, installed) : 'unknown';
}

function scanPorts(ports: GuestPorts, { machine, timeoutScale }: Guest): Promise<ScanResult> {
  return machine.network.scanPorts({
    ...{ tcp: TCP_PORTS, udp: UDP_PORTS, rounds: 2 },
    // A guest that is emulated takes fewer frames at once.
    batch: timeoutScale > 1 ? 32 : 256,
    gapMs: 4,
    waitMs: 500 * timeoutScale,
    signal: AbortSignal.any([ports.signal, machine.ended]),
  });
}

/** ssh-audit's own verdict: status 3 is a failure, 2 a warning, 0 neither. */
async function auditSsh(ports: GuestPorts, { target, timeoutScale }: Guest): Promise<SshAudit> {
  try {
    const { code, stdout } = await ports.exec({
      command: 'ssh-audit',
      args: ['--batch', '--level=fail', '--no-colors', `--port=${target.port}`, '127.0.0.1'],
      okCodes: [0, 2, 3],
      timeoutMs: 60_000 * timeoutScale,
    });
    return { status: code, text: stdout, problem: undefined };
  } catch (error) {
    ports.signal.throwIfAborted();
    return { status: undefined, text: '', problem: describeError(error).message };
  }
}
