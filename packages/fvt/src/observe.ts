import { describeError } from '@golden-image/host';
import type { Snapshot } from '@golden-image/vm';
import type { Need } from './case.ts';
import { type ComplianceScan, rootShell } from './compliance.ts';
import { plugNic, plugVolume } from './exercises.ts';
import type { Expectations } from './expectations.ts';
import { collectFacts, type Guest, pingControl, pingGuest, tryLogins } from './guest.ts';
import { checkMirrors } from './mirrors.ts';
import type { MirrorCheck, Observations } from './observations.ts';
import { penetrate } from './penetration/index.ts';
import type { VulnerabilityDatabase } from './penetration/vulnerabilities.ts';
import { type Probe, probes, SOFTWARE_UPDATE } from './probes.ts';
import { rebootGuest, stopAndStartGuest } from './restarts.ts';
import { observeSecondBoot } from './second-boot.ts';
import { checkSubscription, type Subscription } from './subscription.ts';
import type { BootedGuest, ObservePorts, Testbed } from './testbed.ts';

/** What the cases need to see. */
export interface ObserveRequest {
  readonly expectations: Expectations;
  /** What the selected cases need beside facts. */
  readonly needs: ReadonlySet<Need>;
  /** Questions of the selected cases alone. */
  readonly probes: readonly Probe[];
  /** Cases that change the guest, with their questions. */
  readonly ownMachines: readonly { readonly id: string; readonly probes: readonly Probe[] }[];
  /** How a booted image is scanned; without it compliance is not observed. */
  readonly scan?: ComplianceScan | undefined;
  /** With what RHEL is registered. */
  readonly subscription?: Subscription | undefined;
  /** What installed packages are held against. */
  readonly vulnerabilities?: VulnerabilityDatabase | undefined;
  /** Called each time more was seen: what is there so far. */
  readonly onObserved?: (soFar: Observations) => void;
}

/** What a machine of its own shows, by the need of the cases that ask for it. */
type Branch = (guest: Guest) => Promise<Partial<Observations>>;

/**
 * Boots the image and asks it for facts; a second boot runs beside it, and then each destructive exercise in a fork of
 * the first.
 *
 * @throws UserError `boot-failed`, `collector-cut-short`, `qemu-failed`; ToolError of ssh: of the first boot
 */
export async function observe(
  ports: ObservePorts,
  testbed: Testbed,
  request: ObserveRequest,
): Promise<Observations> {
  const mirrors = checkMirrors(ports, request.expectations.repositories.allowed);
  const forkable = wanted(ports, testbed, request).length > 0;
  const hardware = { extraNics: 0, volumes: 0, forkable };
  const first = testbed.boot('first', hardware, async (booted) => {
    if (!forkable) {
      return {
        seen: await observeFirstBoot(ports, testbed, booted, request, await mirrors),
        snapshot: undefined,
      };
    }
    const inside = await observeInside(ports, booted, request, await mirrors);
    return { inside, snapshot: await testbed.freeze(booted.guest) };
  });
  const second = request.needs.has('second-boot') ? attempt(ports, bootTwice(testbed)) : undefined;
  const orStop = (error: unknown): never => {
    testbed.stop(error instanceof Error ? error : new Error(String(error)));
    throw error;
  };
  const { seen, inside, snapshot } = await first.catch(orStop);
  if (seen) {
    return observeBranches(ports, testbed, request, { seen, snapshot, second });
  }
  // Logins and pings wait more than they compute: beside the exercises they cost next to no time.
  const whole = testbed
    .branch('logins', snapshot, (guest) => observeOutside(ports, testbed, guest, inside))
    .catch(orStop);
  return observeBranches(ports, testbed, request, { seen: whole, snapshot, second });
}

/** Everything beyond the first boot; a branch that comes to nothing leaves its reason. */
export async function observeBranches(
  ports: ObservePorts,
  testbed: Testbed,
  request: ObserveRequest,
  from: {
    /** Of the first boot. Branches begin before it is there, and count when it is. */
    readonly seen: Observations | Promise<Observations>;
    readonly snapshot: Snapshot | undefined;
    readonly second?: Promise<Attempt> | undefined;
    /** Put before the names of machines; default: nothing. */
    readonly prefix?: string;
    /** Other limits than the testbed's. */
    readonly timeoutScale?: number;
  },
): Promise<Observations> {
  let all: Observations | undefined;
  const seen = Promise.resolve(from.seen).then((value) => {
    all = value;
    request.onObserved?.(value);
    return value;
  });
  const add = async (name: string, work: Promise<Attempt>): Promise<void> => {
    const { value, problem } = await work;
    const before = all ?? (await seen);
    all =
      problem === undefined
        ? { ...before, ...value, ownMachines: { ...before.ownMachines, ...value?.ownMachines } }
        : { ...before, absent: { ...before.absent, [name]: problem } };
    request.onObserved?.(all);
  };
  const { prefix = '', timeoutScale } = from;
  const jobs = wanted(ports, testbed, request).map(([name, body]) => {
    const work = (guest: Guest): Promise<Partial<Observations>> =>
      body(timeoutScale === undefined ? guest : { ...guest, timeoutScale });
    return add(name, attempt(ports, testbed.branch(`${prefix}${name}`, from.snapshot, work)));
  });
  await Promise.all([seen, ...jobs, ...(from.second ? [add('second-boot', from.second)] : [])]);
  const consoleFindings = testbed.records.flatMap(({ name, findings }) =>
    findings.map((finding) => ({ ...finding, machine: name })),
  );
  return { ...(all ?? (await seen)), consoleFindings };
}

/** What the first boot shows, in the order in which it disturbs the guest. */
export async function observeFirstBoot(
  ports: ObservePorts,
  testbed: Testbed,
  booted: BootedGuest,
  request: Pick<ObserveRequest, 'expectations' | 'probes'>,
  mirrors: readonly MirrorCheck[],
): Promise<Observations> {
  const inside = await observeInside(ports, booted, request, mirrors);
  return observeOutside(ports, testbed, booted.guest, inside);
}

/** What the guest tells of itself, and what its network saw while it was asked. */
type Inside = Omit<Observations, 'ping' | 'pingControl' | 'logins'>;

async function observeInside(
  ports: ObservePorts,
  { guest, launch, banner, stages }: BootedGuest,
  request: Pick<ObserveRequest, 'expectations' | 'probes'>,
  mirrors: readonly MirrorCheck[],
): Promise<Inside> {
  const { machine } = guest;
  const started = ports.clock.monotonic();
  const facts = await collectFacts(ports, guest, [...probes(request.expectations), ...request.probes]);
  const seconds = (stages.at(-1)?.seconds ?? 0) + (ports.clock.monotonic() - started) / 1000;
  return {
    launch,
    banner,
    stages: [...stages, { stage: 'facts', seconds }],
    network: { ...machine.network.node.statistics, blocked: [...machine.network.blocked] },
    mirrors,
    consoleFindings: machine.console.findings,
    guest: facts,
  };
}

/** What others see of the guest, and the update, which changes it. */
async function observeOutside(
  ports: ObservePorts,
  testbed: Testbed,
  guest: Guest,
  inside: Inside,
): Promise<Observations> {
  ports.log.progress({ label: 'logins and pings', done: 0 });
  const ping = await pingGuest(ports, guest);
  const { user, userKey, strangerKey, settings } = testbed;
  const logins = await tryLogins(ports, guest, { folder: settings.folder, user, userKey, strangerKey });
  const control = await pingControl(ports, guest);
  const reachable = inside.mirrors.some((mirror) => mirror.reachable);
  const update = reachable ? await collectFacts(ports, guest, [SOFTWARE_UPDATE]) : {};
  // The same machine, or a fork with a network of its own.
  const blocked = new Set([...inside.network.blocked, ...guest.machine.network.blocked]);
  return {
    ...inside,
    ping,
    pingControl: control,
    logins,
    network: { ...inside.network, blocked: [...blocked] },
    guest: { ...inside.guest, ...update },
  };
}

/** The branches that the selected cases need, by name. */
function wanted(
  ports: ObservePorts,
  testbed: Testbed,
  request: Pick<ObserveRequest, 'needs' | 'ownMachines' | 'scan' | 'subscription' | 'vulnerabilities'>,
): readonly (readonly [string, Branch])[] {
  const { needs, ownMachines, scan, subscription } = request;
  const compliance: Branch = async (guest) => {
    const about = { folder: testbed.settings.folder, timeoutScale: testbed.settings.timeoutScale };
    const shell = rootShell(testbed.portsOf('compliance'), guest);
    return scan ? { compliance: await scan(shell, about) } : {};
  };
  const register: Branch = async (guest) => {
    const its = testbed.portsOf('subscription');
    const { timeoutScale } = testbed.settings;
    return subscription
      ? { subscription: await checkSubscription(its, rootShell(its, guest), subscription, timeoutScale) }
      : {};
  };
  const own = ownMachines.map(({ id, probes: list }): readonly [string, Branch] => [
    id,
    async (guest) => ({ ownMachines: { [id]: await collectFacts(testbed.portsOf(id), guest, list) } }),
  ]);
  const all = {
    ...branches(ports, testbed, request),
    ...(scan ? { compliance } : {}),
    ...(subscription ? { subscription: register } : {}),
  };
  return [...Object.entries(all).filter(([need]) => needs.has(need as Need)), ...own];
}

/** Destructive exercises, each in a machine of its own; the long ones first. */
function branches(
  ports: ObservePorts,
  testbed: Testbed,
  { vulnerabilities }: Pick<ObserveRequest, 'vulnerabilities'>,
): Readonly<Partial<Record<Need, Branch>>> {
  const of = (need: Need): ObservePorts => ({ ...ports, ...testbed.portsOf(need) });
  return {
    'stop-start': async (guest) => ({ stopStart: await stopAndStartGuest(of('stop-start'), testbed, guest) }),
    reboot: async (guest) => ({ reboot: await rebootGuest(of('reboot'), testbed, guest) }),
    'hot-volume': async (guest) => ({
      hotVolume: await plugVolume(of('hot-volume'), guest, testbed.settings.folder),
    }),
    'hot-nic': async (guest) => ({ hotNic: await plugNic(of('hot-nic'), guest) }),
    penetration: async (guest) => ({
      penetration: await penetrate(of('penetration'), testbed, guest, vulnerabilities),
    }),
  };
}

function bootTwice(testbed: Testbed): Promise<Partial<Observations>> {
  const hardware = { extraNics: 1, volumes: 2, forkable: false };
  return testbed.boot('two-nics-two-volumes', hardware, async ({ guest, launch }) => ({
    secondBoot: await observeSecondBoot(testbed.portsOf('two-nics-two-volumes'), guest, launch),
  }));
}

/** What a branch brought, or why it brought nothing. */
export interface Attempt {
  readonly value?: Partial<Observations>;
  readonly problem?: string;
}

async function attempt(ports: ObservePorts, work: Promise<Partial<Observations>>): Promise<Attempt> {
  try {
    return { value: await work };
  } catch (error) {
    ports.signal.throwIfAborted();
    return { problem: describeError(error).message };
  }
}
