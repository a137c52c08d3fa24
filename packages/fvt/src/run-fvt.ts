import { createHash } from 'node:crypto';
import path from 'node:path';
import { digestFile } from '@golden-image/evidence';
import { type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import {
  type Accelerator,
  chooseAccelerator,
  type FirmwareName,
  inspectDisk,
  machineTools,
  PLATFORMS,
} from '@golden-image/vm';
import type { Case } from './case.ts';
import { CASES } from './cases/index.ts';
import type { ComplianceScan } from './compliance.ts';
import { type Expectations, NO_EXPECTATIONS, readExpectations } from './expectations.ts';
import { type FirmwareOutcome, runFirmware } from './firmware-run.ts';
import { PENETRATION_TOOLS } from './penetration/index.ts';
import { readVulnerabilities, type VulnerabilityDatabase } from './penetration/vulnerabilities.ts';
import { differencesFrom, readPrevious } from './previous.ts';
import { type PublishedReports, publishReports } from './publish.ts';
import { applyQuarantine, readQuarantine } from './quarantine.ts';
import { reproduction } from './reproduce.ts';
import type { FvtRequest } from './request.ts';
import { type CaseResult, type FvtResult, failureOf, mergeRuns } from './results.ts';
import { selectCases, shardCases } from './select.ts';
import { readSubject, type Subject } from './subject.ts';
import { subscriptionOf } from './subscription.ts';
import { readUserCases } from './user-cases/read.ts';

/** What a run brought. */
export interface FvtOutcome extends PublishedReports {
  readonly result: FvtResult;
  /** Why the image did not pass, undefined when it did. */
  readonly failure: string | undefined;
}

/**
 * Boots an image and runs the cases. The disk is only read: its digest is taken before and after. Reports and the
 * statement are written also when the guest does not come up.
 *
 * @param scan how a booted image is scanned, of the disk's sha256; the suite `compliance` needs it
 * @throws UserError for what is wrong before a boot: the image, its digest, the expectations, the selection, the host
 */
export async function runFvt(
  ports: Ports,
  request: FvtRequest,
  scan?: (digest: string) => ComplianceScan,
): Promise<FvtOutcome> {
  const startedOn = ports.clock.now();
  const subject = await readSubject(request.image);
  const subscription = subscriptionOf(request.subscription);
  const plan = await planRun(ports, request, subject);
  const firmwares = firmwaresOf(request, subject);
  await ports.tools.ensure([
    ...machineTools({
      architecture: subject.architecture,
      firmware: firmwares,
      secureBoot: request.secureBoot ?? false,
      tpm: request.tpm ?? false,
    }),
    ...(request.suites.includes('penetration') ? PENETRATION_TOOLS : []),
  ]);

  const { virtualSize } = await inspectDisk(ports, subject.disk, subject.format);
  const [chosen, before] = await Promise.all([
    chooseAccelerator(ports, request.accelerator, { architecture: subject.architecture }),
    diskDigest(ports, subject),
  ]);
  checkDescriptor(subject, before);
  ports.log.info(`Accelerator: ${chosen.name} (${chosen.reason}). Firmware: ${firmwares.join(', ')}.`);

  return withTemporaryFolder('fvt', async (folder) => {
    const consoles = path.join(folder, 'console');
    const outcomes: FirmwareOutcome[] = [];
    for (const firmware of firmwares) {
      outcomes.push(
        await runFirmware(ports, {
          ...{ request, subject, virtualSize, firmware, accelerator: chosen },
          ...{ expectations: plan.expectations, selected: plan.selected, scan: scan?.(before) },
          vulnerabilities: plan.vulnerabilities,
          // Nobody else's machine is registered.
          subscription: plan.expectations.distribution?.id === 'rhel' ? subscription : undefined,
          folder: path.join(folder, firmware),
          consoles: path.join(consoles, firmware),
        }),
      );
    }
    const after = await diskDigest(ports, subject);
    const changed = `the disk under test was changed: sha256 ${before} before, ${after} after`;
    const judge = (cases: readonly CaseResult[]): readonly CaseResult[] =>
      applyQuarantine(cases, plan.quarantine, startedOn);
    const runs = outcomes.map(({ run }) => ({ ...run, cases: judge(run.cases) }));
    const cases = [...mergeRuns(runs), ...plan.notRun];
    const accelerator = outcomes.at(-1)?.accelerator ?? chosen;
    const result: FvtResult = {
      image: { name: subject.name, version: subject.version, sha256: before },
      accelerator: named(accelerator),
      runs,
      cases,
      startedOn,
      finishedOn: ports.clock.now(),
      problems: after === before ? [] : [changed],
      reproduce: reproduction(
        subject,
        { ...request, cpus: outcomes[0]?.cpus ?? 1, accelerator: accelerator.name },
        firmwares[0] ?? 'bios',
      ),
      ...(request.shard ? { shard: `${request.shard.index}/${request.shard.count}` } : {}),
      ...(plan.previous ? { differences: differencesFrom(plan.previous, cases) } : {}),
    };
    const failure = failureOf(result);
    const published = await publishReports({
      ...{ subject, result, consoles, failed: failure !== undefined, outcomes },
      configuration: plan.configuration,
    });
    return { ...published, result, failure };
  });
}

/** What runs, and by which files it is judged. */
interface Plan {
  readonly selected: readonly Case[];
  readonly notRun: readonly CaseResult[];
  readonly expectations: Expectations;
  readonly quarantine: Awaited<ReturnType<typeof readQuarantine>>;
  readonly previous: ReadonlyMap<string, string> | undefined;
  readonly vulnerabilities: VulnerabilityDatabase | undefined;
  /** Files that the result depends on, by name, with their digests. */
  readonly configuration: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
}

async function planRun(ports: Pick<Ports, 'clock'>, request: FvtRequest, subject: Subject): Promise<Plan> {
  const users = request.userCases
    ? await readUserCases(
        request.userCases,
        CASES.map(({ id }) => id),
      )
    : [];
  const all = [...CASES, ...users];
  const chosen = selectCases(all, request);
  const selected = request.shard ? shardCases(chosen, request.shard) : chosen;
  const known = all.map(({ id }) => id);
  const profile = request.expectations ? await readExpectations(request.expectations) : undefined;
  const expectations = completed(
    profile?.value ?? NO_EXPECTATIONS,
    subject,
    all.filter((item) => request.suites.includes(item.suite)),
    chosen,
    known,
  );
  const quarantine = request.quarantine ? await readQuarantine(request.quarantine, known) : [];
  const previous = request.previous ? await readPrevious(request.previous) : undefined;
  const vulnerabilities = request.vulnerabilities
    ? await readVulnerabilities(ports, request.vulnerabilities)
    : undefined;
  return {
    selected,
    vulnerabilities,
    notRun: notRun(
      all.filter((item) => request.suites.includes(item.suite)),
      chosen,
      selected,
    ),
    expectations,
    quarantine,
    previous,
    configuration: profile ? [{ name: 'expectations', digest: { sha256: sha256(profile.text) } }] : [],
  };
}

/** @throws UserError `wrong-firmware` for what the architecture does not have, or cannot check what it starts */
function firmwaresOf({ firmware, secureBoot }: FvtRequest, subject: Subject): readonly FirmwareName[] {
  const { architecture } = subject;
  const first = secureBoot ? 'uefi' : (subject.firmware[0] ?? PLATFORMS[architecture].firmware[0] ?? 'uefi');
  const chosen = firmware === 'all' ? subject.firmware : [firmware === 'auto' ? first : firmware];
  const wrong = chosen.find((name) => !PLATFORMS[architecture].firmware.includes(name));
  if (wrong !== undefined) {
    throw new UserError(`Machines of ${architecture} have no ${wrong}`, {
      code: 'wrong-firmware',
      fix: 'Set firmware: uefi.',
    });
  }
  if (secureBoot && chosen.includes('bios')) {
    throw new UserError('Secure Boot needs UEFI, and a boot with BIOS was asked for', {
      code: 'wrong-firmware',
      fix: 'Set firmware: uefi, or leave secure-boot out.',
    });
  }
  return chosen;
}

/** What image.json and the build's statement say fills what the profile leaves open; cases that are required must be among those that run. */
function completed(
  given: Expectations,
  { descriptor, repositories }: Subject,
  suite: readonly Case[],
  chosen: readonly Case[],
  known: readonly string[],
): Expectations {
  const unknown = given.required.filter((id) => !known.includes(id));
  const left = suite.filter((item) => given.required.includes(item.id) && !chosen.includes(item));
  const missing = [...unknown, ...left.map(({ id }) => id)];
  if (missing.length > 0) {
    const why = unknown.length > 0 ? ` (no case is named ${unknown.join(', ')})` : '';
    throw new UserError(`The expectations require cases that would not run: ${missing.join(', ')}${why}`, {
      code: 'required-case-missing',
      fix: 'Select them, or take them out of `required`.',
    });
  }
  const allowed = given.repositories.allowed.length > 0 ? given.repositories.allowed : repositories;
  const profile = { ...given, repositories: { allowed: [...allowed] } };
  if (given.distribution || !descriptor) {
    return profile;
  }
  const { distribution: id, release, architecture } = descriptor;
  return { ...profile, distribution: { id, release, architecture } };
}

/** Cases of the chosen suites that did not run, and why: never silent, never passed. */
function notRun(
  suite: readonly Case[],
  chosen: readonly Case[],
  selected: readonly Case[],
): readonly CaseResult[] {
  return suite
    .filter((item) => !selected.includes(item))
    .map(({ id, title, why, tags, suite: of }): CaseResult => {
      const message = chosen.some((item) => item.id === id) ? 'in another shard' : 'not selected';
      return { id, title, why, tags, suite: of, outcome: 'not-run', message };
    });
}

async function diskDigest(ports: Pick<Ports, 'log' | 'signal'>, subject: Subject): Promise<string> {
  const { hex } = await digestFile(subject.disk, ['sha256'], {
    signal: ports.signal,
    onBytes: (done) => ports.log.progress({ label: 'digest of the disk', done, unit: 'bytes' }),
  });
  return hex.sha256;
}

function checkDescriptor({ descriptor, disk }: Subject, digest: string): void {
  if (descriptor && descriptor.disk.sha256 !== digest) {
    throw new UserError(
      `The disk ${path.basename(disk)} has the sha256 ${digest}, image.json says ${descriptor.disk.sha256}`,
      { code: 'disk-changed', fix: 'The disk was changed after its build: build or harden the image again.' },
    );
  }
}

function named({ name, reason }: Accelerator): FvtResult['accelerator'] {
  return { name, reason };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
