import { availableParallelism, freemem } from 'node:os';
import path from 'node:path';
import { describeError } from '@golden-image/host';
import { type Accelerator, type FirmwareName, singleThreaded } from '@golden-image/vm';
import type { Case } from './case.ts';
import type { ComplianceScan } from './compliance.ts';
import type { Expectations } from './expectations.ts';
import type { MachineRecord } from './machine-records.ts';
import type { Observations } from './observations.ts';
import { observe } from './observe.ts';
import type { VulnerabilityDatabase } from './penetration/vulnerabilities.ts';
import type { Probe } from './probes.ts';
import { processorsOf } from './processors.ts';
import type { FvtRequest } from './request.ts';
import { type CaseResult, evaluate, type FirmwareRun } from './results.ts';
import type { Subject } from './subject.ts';
import type { Subscription } from './subscription.ts';
import { type ObservePorts, Testbed } from './testbed.ts';

const GIB = 2 ** 30;
/** Of the host's free memory that machines may take together. */
const MEMORY_SHARE = 0.8;
/** Machines beyond the host's processors: some only wait, for refused logins to be answered above all. */
const BESIDE = 1;

/** What one firmware is tested with. */
export interface FirmwareRequest {
  readonly request: FvtRequest;
  readonly subject: Subject;
  readonly virtualSize: number;
  readonly firmware: FirmwareName;
  readonly accelerator: Accelerator;
  readonly expectations: Expectations;
  readonly selected: readonly Case[];
  /** How a booted image is scanned. */
  readonly scan?: ComplianceScan | undefined;
  /** With what RHEL is registered. */
  readonly subscription?: Subscription | undefined;
  /** What installed packages are held against. */
  readonly vulnerabilities?: VulnerabilityDatabase | undefined;
  /** Private scratch folder. */
  readonly folder: string;
  /** Where consoles and screenshots go. */
  readonly consoles: string;
}

/** What a firmware brought, and what the cases judged. */
export interface FirmwareOutcome {
  readonly run: FirmwareRun;
  readonly accelerator: Accelerator;
  /** Processors of each machine. */
  readonly cpus: number;
  /** Undefined when the guest could not be observed. */
  readonly observations: Observations | undefined;
  /** What an error of the run showed beside its message. */
  readonly detail: string;
}

/** Boots the image with one firmware and judges the cases; what failed is tried again as often as asked for. */
export async function runFirmware(ports: ObservePorts, what: FirmwareRequest): Promise<FirmwareOutcome> {
  const first = await withoutPanic(ports, what);
  let cases = first.run.cases;
  let machines = first.run.machines;
  for (let turn = 1; turn <= what.request.retries; turn += 1) {
    const again = what.selected.filter((item) => needsRetry(cases, item));
    if (again.length === 0) {
      break;
    }
    ports.log.warning(
      `Try ${turn} of ${what.request.retries} again: ${again.map(({ id }) => id).join(', ')}`,
    );
    const folder = path.join(what.folder, `retry-${turn}`);
    const consoles = path.join(what.consoles, `retry-${turn}`);
    const retried = await attempt(ports, { ...what, selected: again, folder, consoles }, first.accelerator);
    machines = [
      ...machines,
      ...retried.run.machines.map((record) => ({ ...record, name: `retry-${turn}/${record.name}` })),
    ];
    cases = cases.map((before) => afterRetry(before, retried.run.cases, turn));
  }
  const recovered = cases.length > 0 && cases.every((item) => item.outcome !== 'error');
  const problems = recovered && cases !== first.run.cases ? [] : first.run.problems;
  return { ...first, run: { ...first.run, cases, machines, problems } };
}

/** Multi-threaded TCG can make a kernel panic that no real processor would: then once more with one thread. */
async function withoutPanic(ports: ObservePorts, what: FirmwareRequest): Promise<FirmwareOutcome> {
  const outcome = await attempt(ports, what, what.accelerator);
  if (outcome.code !== 'kernel-panic' || what.accelerator.name !== 'tcg') {
    return outcome;
  }
  ports.log.warning('The kernel panicked under multi-threaded TCG: once more, single-threaded.');
  const folder = path.join(what.folder, 'single-threaded');
  return attempt(ports, { ...what, folder }, singleThreaded(what.accelerator));
}

async function attempt(
  ports: ObservePorts,
  what: FirmwareRequest,
  accelerator: Accelerator,
): Promise<FirmwareOutcome & { readonly code: string | undefined }> {
  const { request, subject, expectations, selected } = what;
  const needs = new Set(selected.flatMap((item) => item.needs));
  const parallel = request.parallel ?? machinesAtOnce(request.memoryMib);
  const cpus = processorsOf(request.cpus, accelerator.name, needs, parallel);
  const settings = {
    disk: subject.disk,
    format: subject.format,
    diskBytes: what.virtualSize + expectations.disk['grow-gib'] * GIB,
    accelerator,
    ...{ architecture: subject.architecture, firmware: what.firmware, bus: request.bus },
    ...{ secureBoot: request.secureBoot, tpm: request.tpm },
    memoryMib: request.memoryMib,
    cpus,
    sshUser: request.sshUser,
    timeoutScale: accelerator.timeoutScale * request.timeoutScale,
    parallel,
    folder: what.folder,
    consoles: what.consoles,
  };
  let observations: Observations | undefined;
  let machines: readonly MachineRecord[] = [];
  const problems: string[] = [];
  let detail = '';
  let code: string | undefined;
  try {
    observations = await Testbed.use(ports, settings, async (testbed) => {
      const live = new LiveCases(ports, selected, expectations);
      try {
        return await observe(live.ports, testbed, {
          expectations,
          needs,
          probes: ownProbes(selected),
          ...{ scan: what.scan, vulnerabilities: what.vulnerabilities },
          subscription: what.subscription,
          ownMachines: selected.flatMap(({ id, ownMachine }) =>
            ownMachine ? [{ id, probes: ownMachine }] : [],
          ),
          onObserved: (soFar) => live.update(soFar),
        });
      } finally {
        machines = testbed.records;
      }
    });
  } catch (error) {
    ports.signal.throwIfAborted();
    const described = describeError(error);
    problems.push(described.message);
    detail = described.detail ?? '';
    code = described.code;
  }
  const run: FirmwareRun = {
    firmware: what.firmware,
    cases: selected.map((item) => result(item, observations, expectations)),
    stages: observations?.stages ?? machines.find((record) => record.name === 'first')?.stages ?? [],
    machines,
    consoleFindings: observations?.consoleFindings ?? [],
    blocked: observations?.network.blocked ?? [],
    problems,
  };
  return { run, accelerator, cpus, observations, detail, code };
}

/** What only some cases ask, each question once. */
function ownProbes(selected: readonly Case[]): readonly Probe[] {
  const all = selected.flatMap((item) => item.probes ?? []);
  return [...new Map(all.map((probe) => [probe.id, probe])).values()];
}

/** The line that shows how far the cases are. */
class LiveCases {
  readonly ports: ObservePorts;
  readonly #selected: readonly Case[];
  readonly #expectations: Expectations;
  #words = '';
  #done = 0;

  constructor(ports: ObservePorts, selected: readonly Case[], expectations: Expectations) {
    this.#selected = selected;
    this.#expectations = expectations;
    const { log } = ports;
    const progress: typeof log.progress = ({ label }) =>
      log.progress({
        label: `${this.#words}${label}`,
        done: this.#done,
        total: selected.length,
        unit: 'cases',
      });
    this.ports = { ...ports, log: { ...log, progress } };
  }

  /** Judges what can be judged so far. */
  update(soFar: Observations): void {
    const results = this.#selected
      .filter((item) => item.needs.every((need) => need === 'subscription' || isSeen(soFar, need, item.id)))
      .map((item) => evaluate(item, soFar, this.#expectations));
    const failed = results.filter(({ outcome }) => outcome === 'fail' || outcome === 'error').length;
    this.#done = results.length;
    this.#words = failed > 0 ? `${failed} failed; ` : '';
  }
}

function isSeen(observations: Observations, need: Case['needs'][number], id: string): boolean {
  const parts: Readonly<Record<typeof need, unknown>> = {
    facts: observations.guest,
    'second-boot': observations.secondBoot,
    'hot-volume': observations.hotVolume,
    'hot-nic': observations.hotNic,
    reboot: observations.reboot,
    'stop-start': observations.stopStart,
    penetration: observations.penetration,
    compliance: observations.compliance,
    subscription: observations.subscription,
    'own-machine': observations.ownMachines?.[id] ?? observations.absent?.[id],
  };
  return parts[need] !== undefined || observations.absent?.[need] !== undefined;
}

function result(item: Case, observations: Observations | undefined, expectations: Expectations): CaseResult {
  if (observations) {
    return evaluate(item, observations, expectations);
  }
  const { id, title, why, tags, suite } = item;
  return { id, title, why, tags, suite, outcome: 'error', message: 'the guest could not be observed' };
}

function needsRetry(cases: readonly CaseResult[], item: Case): boolean {
  const outcome = cases.find(({ id }) => id === item.id)?.outcome;
  return outcome === 'fail' || outcome === 'error';
}

/** A case that passes only when repeated is flaky, never green. */
function afterRetry(before: CaseResult, retried: readonly CaseResult[], turn: number): CaseResult {
  const now = retried.find(({ id }) => id === before.id);
  if (now?.outcome !== 'pass') {
    return before;
  }
  const first = before.actual ?? before.message;
  return { ...before, outcome: 'flaky', message: `passed on try ${turn} again; before: ${first}` };
}

/** One more than the host has processors, as far as there is memory: one at least. */
export function machinesAtOnce(memoryMib: number): number {
  const byMemory = Math.floor((freemem() * MEMORY_SHARE) / (memoryMib * 2 ** 20));
  return Math.max(1, Math.min(availableParallelism() + BESIDE, byMemory));
}
