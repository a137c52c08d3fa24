import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '@golden-image/evidence';
import { describeError, type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import {
  chooseAccelerator,
  type DiskBus,
  inspectDisk,
  singleThreaded,
  UEFI_TOOLS,
  VM_TOOLS,
} from '@golden-image/vm';
import type { Case, Suite } from './case.ts';
import { CASES, NOT_RUN_YET } from './cases/index.ts';
import { type Expectations, NO_EXPECTATIONS, readExpectations } from './expectations.ts';
import type { Observations } from './observations.ts';
import { observe } from './observe.ts';
import { type PublishedReports, publishReports } from './publish.ts';
import { type CaseResult, evaluate, type FvtResult, failureOf } from './results.ts';
import { selectCases } from './select.ts';
import { readSubject, type Subject } from './subject.ts';

/** What a run is asked to do. */
export interface FvtRequest {
  /** An image folder or a disk file. */
  readonly image: string;
  readonly suites: readonly Suite[];
  readonly cases: readonly string[];
  readonly exclude: readonly string[];
  /** A YAML profile. */
  readonly expectations: string | undefined;
  readonly accelerator: 'auto' | 'kvm' | 'tcg';
  readonly firmware: 'auto' | 'bios' | 'uefi';
  readonly bus: DiskBus;
  readonly memoryMib: number;
  readonly cpus: number;
  readonly sshUser: string;
  readonly timeoutScale: number;
}

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
 * @throws UserError for what is wrong before a boot: the image, its digest, the expectations, the selection, the host
 */
export async function runFvt(ports: Ports, request: FvtRequest): Promise<FvtOutcome> {
  const startedOn = ports.clock.now();
  const selected = selectCases(CASES, request);
  const subject = await readSubject(request.image);
  const profile = request.expectations ? await readExpectations(request.expectations) : undefined;
  const expectations = completed(profile?.value ?? NO_EXPECTATIONS, subject, selected);
  const firmware = request.firmware === 'auto' ? (subject.firmware[0] ?? 'bios') : request.firmware;
  await ports.tools.ensure(firmware === 'uefi' ? [...VM_TOOLS, ...UEFI_TOOLS] : VM_TOOLS);

  const { virtualSize } = await inspectDisk(ports, subject.disk, subject.format);
  const [chosen, before] = await Promise.all([
    chooseAccelerator(ports, request.accelerator),
    diskDigest(ports, subject),
  ]);
  checkDescriptor(subject, before);
  ports.log.info(`Accelerator: ${chosen.name} (${chosen.reason}). Firmware: ${firmware}.`);

  return withTemporaryFolder('fvt', async (folder) => {
    const files = {
      folder: path.join(folder, 'work'),
      console: path.join(folder, 'console.log'),
      secondConsole: path.join(folder, 'console-2.log'),
      screenshot: path.join(folder, 'screen.png'),
    };
    const needs = new Set(selected.flatMap((item) => item.needs));
    const problems: string[] = [];
    let accelerator = chosen;
    let observations: Observations | undefined;
    let detail = '';
    const boot = async (): Promise<Observations> => {
      await rm(files.folder, { recursive: true, force: true });
      await mkdir(files.folder, { mode: 0o700 });
      const machine = { virtualSize, accelerator, firmware, expectations, needs };
      return observe(ports, { ...subject, ...request, ...machine }, files);
    };
    try {
      observations = await boot().catch((error: unknown) => {
        if (describeError(error).code !== 'kernel-panic' || chosen.name !== 'tcg') {
          throw error;
        }
        accelerator = singleThreaded(chosen);
        ports.log.warning('The kernel panicked under multi-threaded TCG: once more, single-threaded.');
        return boot();
      });
    } catch (error) {
      ports.signal.throwIfAborted();
      const described = describeError(error);
      problems.push(described.message);
      detail = described.detail ?? '';
    }
    const after = await diskDigest(ports, subject);
    if (after !== before) {
      problems.push(`the disk under test was changed: sha256 ${before} before, ${after} after`);
    }
    const result: FvtResult = {
      image: { name: subject.name, version: subject.version, sha256: before },
      accelerator: { name: accelerator.name, reason: accelerator.reason },
      firmware,
      cases: [...results(selected, observations, expectations), ...notRun(request, selected)],
      stages: observations?.stages ?? [],
      consoleFindings: observations?.consoleFindings ?? [],
      blocked: observations?.network.blocked ?? [],
      startedOn,
      finishedOn: ports.clock.now(),
      problems,
      reproduce: reproduction(subject, request, firmware),
    };
    const failure = failureOf(result);
    const published = await publishReports({
      subject,
      result,
      files,
      failed: failure !== undefined,
      observations,
      detail,
      expectationsDigest: profile ? sha256(profile.text) : undefined,
    });
    return { ...published, result, failure };
  });
}

/** What image.json and the build's statement say fills what the profile leaves open; cases that are required must be among those that run. */
function completed(
  given: Expectations,
  { descriptor, repositories }: Subject,
  selected: readonly Case[],
): Expectations {
  const known = new Set([...CASES, ...NOT_RUN_YET].map((item) => item.id));
  const unknown = given.required.filter((id) => !known.has(id));
  const left = given.required.filter((id) => known.has(id) && !selected.some((item) => item.id === id));
  if (unknown.length + left.length > 0) {
    const names = [...unknown, ...left].join(', ');
    throw new UserError(`The expectations require cases that would not run: ${names}`, {
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

function results(
  selected: readonly Case[],
  observations: Observations | undefined,
  expectations: Expectations,
): readonly CaseResult[] {
  return selected.map((item) => {
    if (observations) {
      return evaluate(item, observations, expectations);
    }
    const { id, title, why, tags, suite } = item;
    return { id, title, why, tags, suite, outcome: 'error', message: 'the guest could not be observed' };
  });
}

/** Cases of the catalogue that did not run, and why: never silent, never passed. */
function notRun(request: FvtRequest, selected: readonly Case[]): readonly CaseResult[] {
  const left = CASES.filter((item) => request.suites.includes(item.suite) && !selected.includes(item));
  const missing = request.suites.includes('functional') ? NOT_RUN_YET : [];
  return [
    ...left.map(({ id, title, why, tags, suite }): CaseResult => {
      return { id, title, why, tags, suite, outcome: 'not-run', message: 'not selected' };
    }),
    ...missing.map(({ id, needs }): CaseResult => {
      const message = `not run yet: it needs ${needs}`;
      return {
        id,
        title: id.replaceAll('_', ' '),
        why: '',
        tags: [],
        suite: 'functional',
        outcome: 'not-run',
        message,
      };
    }),
  ];
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

/** Commands by which a person boots the same disk, written to nothing. */
function reproduction(subject: Subject, request: FvtRequest, firmware: string): string {
  const uefi = firmware === 'uefi' ? ' -bios /usr/share/ovmf/OVMF.fd' : '';
  return [
    '# A seed that lets you in, then the image itself; nothing is written to the disk (-snapshot). End with Ctrl-A X.',
    `printf '#cloud-config\\nusers:\\n- name: ${request.sshUser}\\n  sudo: "ALL=(ALL) NOPASSWD:ALL"\\n  ssh_authorized_keys: ["%s"]\\n' "$(cat ~/.ssh/id_ed25519.pub)" > user-data`,
    'echo \'{"instance-id": "by-hand"}\' > meta-data',
    'xorriso -as mkisofs -quiet -V cidata -J -r -o seed.iso user-data meta-data',
    `qemu-system-x86_64 -machine q35,accel=kvm:tcg -cpu max -m ${request.memoryMib} -smp ${request.cpus}${uefi} -nographic -snapshot \\`,
    `  -drive file=${subject.disk},format=${subject.format},if=virtio -drive file=seed.iso,format=raw,if=virtio,readonly=on \\`,
    '  -nic user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:2222-:22',
    `ssh -p 2222 -o UserKnownHostsFile=/dev/null ${request.sshUser}@127.0.0.1`,
  ].join('\n');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
