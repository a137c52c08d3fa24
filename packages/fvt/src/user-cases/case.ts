import { isDeepStrictEqual } from 'node:util';
import { type Case, noProblems, skip, type Verdict } from '../case.ts';
import { shellQuote } from '../collector.ts';
import { MissingFact, type Observations, output, type ProbeResult } from '../observations.ts';
import type { Probe } from '../probes.ts';
import type { OutputExpectation, ProgramHeader, UserCase } from './schema.ts';

/** Exit status of a program that does not apply here, as automake's tests have it. */
const SKIP_STATUS = 77;
/** What we say when a program that the case needs is not in the guest; no script of a user is run then. */
const LACKING = 'fvt-lacks:';
const UNAMES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

/** A case from YAML. */
export function caseOf(given: UserCase): Case {
  const { expect } = given;
  const check = (result: ProbeResult): Verdict => {
    const problems = [
      ...(result.rc === (expect.rc ?? 0) ? [] : [`exit status ${describeStatus(result.rc)}`]),
      ...outputProblems('stdout', result.stdout, expect.stdout),
      ...outputProblems('stderr', result.stderr, expect.stderr),
    ];
    return noProblems(problems, describeExpectation(given), excerpt(result.stdout) || 'as expected');
  };
  return build(given, `sh -c ${shellQuote(given.run)}`, check);
}

/** A case that is a program. */
export function programCase(header: ProgramHeader, text: string): Case {
  const encoded = Buffer.from(text).toString('base64');
  // Where every user of the guest may run it.
  const place =
    'u=$(mktemp -d /run/fvt-user.XXXXXX) || exit 70; trap \'rm -rf "$u"\' EXIT; chmod 755 "$u"; ' +
    `printf %s ${encoded} | base64 -d >"$u/case" && chmod 755 "$u/case" || exit 70; `;
  return build(header, '"$u/case"', programVerdict, place);
}

function programVerdict(result: ProbeResult): Verdict {
  const last = result.stdout.trim().split('\n').at(-1) ?? '';
  if (result.rc === SKIP_STATUS) {
    return skip(last || 'the program gives no reason');
  }
  const problems =
    result.rc === 0 ? [] : [`exit status ${describeStatus(result.rc)}: ${last || excerpt(result.stderr)}`];
  return noProblems(problems, 'exit status 0', last || 'exit status 0');
}

function build(
  given: ProgramHeader,
  command: string,
  judge: (result: ProbeResult) => Verdict,
  prepare = '',
): Case {
  const probe: Probe = {
    id: `user-${given.id}`,
    seconds: given.timeout,
    script: [
      ...given.needs.map(
        (program) => `command -v ${program} >/dev/null || { echo "${LACKING} ${program}"; exit 0; }`,
      ),
      `${prepare}${given.as === 'root' ? command : `runuser -u ${given.as} -- ${command}`}`,
    ].join('\n'),
  };
  return {
    id: given.id,
    title: given.title ?? given.id.replaceAll('_', ' '),
    why: given.why ?? 'A case of the user.',
    suite: 'functional',
    tags: ['user', `severity-${given.severity}`, ...given.tags],
    needs: given.destructive ? ['facts', 'own-machine'] : ['facts'],
    ...(given.destructive ? { ownMachine: [probe] } : { probes: [probe] }),
    check: (observations) => {
      const elsewhere = whyNotHere(given, observations);
      if (elsewhere !== undefined) {
        return skip(elsewhere);
      }
      const result = resultOf(given, observations, probe.id);
      const lacking = result.rc === 0 && result.stdout.startsWith(LACKING);
      return lacking ? skip(`the image has no ${result.stdout.slice(LACKING.length).trim()}`) : judge(result);
    },
  };
}

/** @throws MissingFact */
function resultOf(given: ProgramHeader, observations: Observations, id: string): ProbeResult {
  const results = given.destructive ? observations.ownMachines?.[given.id] : observations.guest;
  const result = results?.[id];
  if (!result) {
    throw new MissingFact(observations.absent?.[given.id] ?? `the probe ${id} brought no result`);
  }
  return result;
}

function whyNotHere({ when }: ProgramHeader, observations: Observations): string | undefined {
  const release = output(observations, 'os-release');
  const field = (name: string): string =>
    new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(release)?.[1] ?? '(none)';
  const machine = output(observations, 'machine').split('\n')[0] ?? '';
  const facts: readonly (readonly [string, string, readonly string[] | undefined])[] = [
    ['distro', field('ID'), listOf(when.distro)],
    ['version', field('VERSION_ID'), listOf(when.version)],
    ['arch', machine, listOf(when.arch)?.map((arch) => UNAMES[arch] ?? arch)],
    ['firmware', observations.launch.firmware, listOf(when.firmware)],
  ];
  const other = facts.find(([, actual, wanted]) => wanted !== undefined && !wanted.includes(actual));
  return other ? `only for ${other[0]} ${other[2]?.join(', ')}, this is ${other[1]}` : undefined;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === 'string' ? [value] : value;
}

function outputProblems(
  name: string,
  text: string,
  expected: OutputExpectation | undefined,
): readonly string[] {
  if (!expected) {
    return [];
  }
  const seen = excerpt(text) || 'nothing';
  return [
    ...(expected.equals === undefined || text.trimEnd() === expected.equals.trimEnd()
      ? []
      : [`${name} is ${seen}`]),
    ...(expected.match === undefined || new RegExp(expected.match, 'm').test(text)
      ? []
      : [`${name} does not match /${expected.match}/: ${seen}`]),
    ...(expected.notMatch !== undefined && new RegExp(expected.notMatch, 'm').test(text)
      ? [`${name} matches /${expected.notMatch}/: ${seen}`]
      : []),
    ...(expected.json === undefined || holds(parseJson(text), expected.json)
      ? []
      : [`${name}, as JSON, does not hold ${JSON.stringify(expected.json)}: ${seen}`]),
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Objects hold the members named; everything else is equal. */
export function holds(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
    return (
      typeof actual === 'object' &&
      actual !== null &&
      Object.entries(expected).every(
        ([key, value]) =>
          Object.hasOwn(actual, key) && holds((actual as Record<string, unknown>)[key], value),
      )
    );
  }
  return isDeepStrictEqual(actual, expected);
}

function describeExpectation({ expect }: UserCase): string {
  return [
    `exit status ${expect.rc ?? 0}`,
    ...describe('stdout', expect.stdout),
    ...describe('stderr', expect.stderr),
  ].join('; ');
}

function describe(name: string, expected: OutputExpectation | undefined): readonly string[] {
  return expected ? [`${name} ${JSON.stringify(expected)}`] : [];
}

function describeStatus(rc: number): string {
  return rc === 124 ? '124 (out of time)' : String(rc);
}

function excerpt(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 300 ? `${trimmed.slice(0, 300)}…` : trimmed;
}
