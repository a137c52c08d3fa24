import type {
  BlockedFlow,
  ConsoleFinding,
  LoginAttempt,
  NodeStatistics,
  PingResult,
  ScanResult,
  StageTime,
} from '@golden-image/vm';
import type { VulnerabilityReport } from './penetration/vulnerabilities.ts';

/** What one probe printed in the guest. */
export interface ProbeResult {
  /** Exit status; 124 when its time ran out. */
  readonly rc: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the machine under test was made: what the guest should find. */
export interface Launch {
  readonly accelerator: string;
  readonly firmware: string;
  /** Whether the firmware was to check what it starts. */
  readonly secureBoot?: boolean;
  /** Whether there is a TPM. */
  readonly tpm?: boolean;
  /** Size of the disk given to the guest, in bytes. */
  readonly diskBytes: number;
  readonly nics: readonly { readonly mac: string }[];
  readonly instanceId: string;
  readonly hostname: string;
  /** Users that the seed made. */
  readonly seedUsers: readonly string[];
  /** A host on the guest's network that answers pings, by address and by name. */
  readonly target: { readonly ip: string; readonly name: string };
}

/** Can a package mirror be reached from the host? */
export interface MirrorCheck {
  readonly uri: string;
  readonly reachable: boolean;
  readonly detail: string;
}

/** What hot-plugging brought: QEMU's side, and the guest's in probes of the names `hot-…`. */
export interface HotPlug {
  readonly nicMac: string;
  /** Devices that the guest let go of. */
  readonly detached: readonly string[];
  /** What QEMU or SSH said when a step failed; the case fails with it. */
  readonly problem: string | undefined;
  readonly guest: Readonly<Record<string, ProbeResult>>;
}

/** A restart as it was seen. */
export interface Restart {
  /** What went wrong on the way, in which case the facts are not complete. */
  readonly problem: string | undefined;
  /** QEMU's own word: the guest reset, or powered off by itself. */
  readonly witnessed: boolean;
  /** Probes of the same machine before; another one, booted for this, has an identity of its own. */
  readonly before: Readonly<Record<string, ProbeResult>>;
  /** Probes after the restart. */
  readonly guest: Readonly<Record<string, ProbeResult>>;
}

/** A boot of its own, with a seed of its own, with two NICs and two volumes. */
export interface SecondBoot {
  readonly launch: Launch;
  readonly guest: Readonly<Record<string, ProbeResult>>;
}

/** One user and password, tried; only `refused` and `accepted` say something about the guest's policy. */
export interface CredentialAttempt {
  readonly user: string;
  readonly password: string;
  readonly outcome: LoginAttempt['outcome'];
}

/** A service that answered without a login. */
export interface ServiceAnswer {
  readonly port: number;
  readonly service: string;
  readonly answer: string;
}

/** What ssh-audit said; without a status it did not run. */
export interface SshAudit {
  readonly status: number | undefined;
  readonly text: string;
  readonly problem: string | undefined;
}

/** What an attack brought, with the positive controls that show that it would have seen something. */
export interface Penetration {
  readonly scan: ScanResult;
  readonly services: readonly ServiceAnswer[];
  readonly sshAudit: SshAudit;
  readonly ssh: readonly CredentialAttempt[];
  readonly console: readonly CredentialAttempt[];
  readonly sshControl: CredentialAttempt;
  /** Not where the guest has no login program: nothing can get in there. */
  readonly consoleControl?: CredentialAttempt;
  readonly canaryOnConsole: boolean;
  /** Only with a database; `unknown` where the guest did not tell what is installed. */
  readonly vulnerabilities?: VulnerabilityReport | 'unknown';
  readonly guest: Readonly<Record<string, ProbeResult>>;
}

/** The SCAP scan of the booted image, in the few words that a case needs. */
export interface Compliance {
  readonly profile: string;
  /** Percent of the rules that pass, booted and at rest together. */
  readonly score: number;
  /** Of the scan at rest; undefined when there was none. */
  readonly atRest: number | undefined;
  /** Rules that do not pass and that nobody waived. */
  readonly open: readonly string[];
  /** Rules that passed at rest and do not any more. */
  readonly worse: readonly string[];
  readonly waived: number;
}

/** What a registered guest said of itself. */
export interface SubscriptionCheck {
  /** Why it could not be registered or unregistered. */
  readonly problem: string | undefined;
  /** As the probe `subscription`. */
  readonly state: ProbeResult | undefined;
}

/** All that was seen of one boot: cases are pure functions of this and can be replayed offline. */
export interface Observations {
  readonly launch: Launch;
  readonly banner: string;
  readonly stages: readonly StageTime[];
  readonly ping: PingResult;
  /** The negative control: the same ping while the guest was told to ignore echo requests. */
  readonly pingControl: PingResult;
  /** Login attempts by a name that says what was tried. */
  readonly logins: Readonly<Record<string, LoginAttempt>>;
  readonly network: NodeStatistics & { readonly blocked: readonly BlockedFlow[] };
  readonly mirrors: readonly MirrorCheck[];
  /** Of every machine that ran. */
  readonly consoleFindings: readonly (ConsoleFinding & { readonly machine?: string })[];
  /** Only when a case that needs it was selected, each of a machine of its own. */
  readonly hotVolume?: HotPlug;
  readonly hotNic?: HotPlug;
  readonly reboot?: Restart;
  readonly stopStart?: Restart;
  readonly secondBoot?: SecondBoot;
  /** Only where a subscription was given. */
  readonly subscription?: SubscriptionCheck;
  readonly penetration?: Penetration;
  readonly compliance?: Compliance;
  /** Of cases that change the guest, by case. */
  readonly ownMachines?: Readonly<Record<string, Readonly<Record<string, ProbeResult>>>>;
  /** Why one of these is not there, by its need or case. */
  readonly absent?: Readonly<Record<string, string>>;
  /** Results of the collector's probes. */
  readonly guest: Readonly<Record<string, ProbeResult>>;
}

/** Something that should have been observed was not: the case can neither pass nor fail. */
export class MissingFact extends Error {}

/** What a machine of its own brought. @throws MissingFact with the reason */
export function branch<T>(observations: Observations, need: string, value: T | undefined): T {
  if (value === undefined) {
    throw new MissingFact(observations.absent?.[need] ?? `nothing was observed of ${need}`);
  }
  return value;
}

/** The result of a probe. @throws MissingFact */
export function probe(observations: Pick<Observations, 'guest'>, id: string): ProbeResult {
  const result = Object.hasOwn(observations.guest, id) ? observations.guest[id] : undefined;
  if (!result) {
    throw new MissingFact(`the probe ${id} brought no result`);
  }
  return result;
}

/** Standard output of a probe that must have succeeded. @throws MissingFact */
export function output(observations: Pick<Observations, 'guest'>, id: string): string {
  const result = probe(observations, id);
  if (result.rc !== 0) {
    const why = result.rc === 124 ? 'ran out of time' : `ended with status ${result.rc}`;
    throw new MissingFact(`the probe ${id} ${why}: ${result.stderr.trim().slice(0, 300) || '(no message)'}`);
  }
  return result.stdout;
}

/** Non-empty lines of a probe that must have succeeded. @throws MissingFact */
export function lines(observations: Pick<Observations, 'guest'>, id: string): readonly string[] {
  return output(observations, id)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
}

/** A probe's JSON. @throws MissingFact */
export function json<T>(observations: Pick<Observations, 'guest'>, id: string): T {
  try {
    return JSON.parse(output(observations, id)) as T;
  } catch (error) {
    if (error instanceof MissingFact) {
      throw error;
    }
    throw new MissingFact(`the probe ${id} did not print JSON`);
  }
}

/** Logs in a table. @throws MissingFact */
export function login(observations: Observations, name: string): LoginAttempt {
  const attempt = Object.hasOwn(observations.logins, name) ? observations.logins[name] : undefined;
  if (!attempt) {
    throw new MissingFact(`the login ${name} was not tried`);
  }
  return attempt;
}
