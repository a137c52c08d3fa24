import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InsideRequest, RootSession } from '@golden-image/disk';
import { testPorts } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRule } from '../test/outcome.ts';
import { scanAndFix } from './iterate.ts';
import type { RuleOutcome } from './scap/results.ts';
import type { Scan, Scanner, ScanOptions } from './scap/scanner.ts';

/**
 * An image that is a folder: a rule holds when a file of its name is there. Its fixes are run by the real bash, its
 * scanner sees what is there.
 */
class SmallWorld {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'scan-and-fix-'));
  readonly scans: (readonly [label: string, rules: readonly string[] | undefined, arf: boolean])[] = [];
  /** Of each run of fixes, what it printed. */
  readonly ran: string[] = [];
  freeBytes = 2 ** 30;
  readonly #fixes: Readonly<Record<string, string>>;

  /** @param fixes the content's, by rule */
  constructor(fixes: Readonly<Record<string, string>>) {
    this.#fixes = fixes;
  }

  readonly scanner: Scanner = {
    version: '1',
    scan: async (_session: RootSession, label: string, what: ScanOptions = {}): Promise<Scan> => {
      this.scans.push([label, what.rules, what.arf ?? false]);
      const rules = Object.keys(this.#fixes).filter((name) => what.rules?.includes(name) ?? true);
      const outcome = (name: string): RuleOutcome =>
        existsSync(path.join(this.folder, name)) ? 'pass' : 'fail';
      const results = { testResultId: label, profile: 'p', benchmarkVersion: '1' };
      return {
        results: { ...results, rules: rules.map((name) => aRule(name, outcome(name))) },
        ...{ resultsFile: label, arfFile: what.arf ? label : undefined, seconds: 0 },
      };
    },
    generateFix: async () => {
      const file = path.join(this.folder, 'generated.sh');
      const parts = Object.entries(this.#fixes).map(
        ([name, script]) =>
          `# BEGIN fix (1 / 1) for '${name}'\necho; (\n${script}\n) # END fix for '${name}'`,
      );
      writeFileSync(file, parts.join('\n'));
      return file;
    },
  };

  readonly session = {
    freeBytes: async () => this.freeBytes,
    hostPath: async (inner: string) => path.join('/nowhere', inner),
    list: async () => [],
    run: async ({ binds = [], onLine }: InsideRequest) => {
      const work = binds.find(({ target }) => target === '/run/golden-image/fix')?.source ?? '';
      const { stdout, stderr } = spawnSync('bash', [path.join(work, 'fix.sh')], {
        cwd: this.folder,
        encoding: 'utf8',
      });
      this.ran.push(stdout);
      for (const [text, stream] of [
        [stdout, 'stdout'],
        [stderr, 'stderr'],
      ] as const) {
        for (const line of text.split('\n')) {
          onLine?.(line, stream);
        }
      }
    },
  } as unknown as RootSession;

  run(waived: readonly string[] = [], extra: readonly string[] = []) {
    const options = {
      waived: new Set(waived),
      own: { preparations: [], fixes: {}, neverFixed: {} },
      extra: extra.map((rule) => ({ rule, script: `echo ${rule}`, origin: 'project' as const })),
      folder: this.folder,
    };
    return scanAndFix(this.session, this.scanner, options, testPorts());
  }
}

let world: SmallWorld;
const labels = (): readonly string[] => world.scans.map(([label]) => label);
const open = (scan: Scan): readonly string[] =>
  scan.results.rules.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule);

describe('scan, fix, scan', () => {
  beforeEach(() => {
    world = new SmallWorld({});
  });
  afterEach(() => rmSync(world.folder, { recursive: true, force: true }));

  const make = (fixes: Readonly<Record<string, string>>): void => {
    rmSync(world.folder, { recursive: true, force: true });
    world = new SmallWorld(fixes);
  };

  it('fixes only what fails, looks again at that alone, and counts a scan of everything after the last change', async () => {
    make({ good: 'echo changed good', bad: 'echo changed bad; touch bad', waived: 'touch waived' });
    writeFileSync(path.join(world.folder, 'good'), '');
    const { before, after, fixes } = await world.run(['waived']);
    expect([open(before), open(after)]).toEqual([['bad', 'waived'], ['waived']]);
    expect(world.ran).toEqual(['changed bad\n']);
    expect(fixes).toEqual([{ rule: 'bad', origin: 'content', status: 0 }]);
    expect(world.scans).toEqual([
      ['before', undefined, false],
      ['check-1', ['bad'], false],
      ['after-1', undefined, true],
    ]);
    expect(after.arfFile).toBe('after-1');
  });

  it('tries what did not help once more in the same round, and never a third time', async () => {
    make({ second: 'if [ -e once ]; then touch second; fi; touch once', never: 'true', breaks: 'exit 7' });
    const { after, fixes } = await world.run();
    expect(open(after)).toEqual(['never', 'breaks']);
    expect(fixes.map(({ rule, status }) => `${rule} ${status}`)).toEqual([
      ...['second 0', 'never 0', 'breaks 7'],
      ...['second 0', 'never 0'],
    ]);
    expect(labels()).toEqual(['before', 'check-1', 'after-1']);
  });

  it('goes on with what another fix broke', async () => {
    make({ first: 'touch first', second: 'touch second; if [ ! -e done ]; then rm first; touch done; fi' });
    const { after, fixes } = await world.run();
    expect(open(after)).toEqual([]);
    expect(fixes.map(({ rule }) => rule)).toEqual(['first', 'second', 'first']);
    expect(labels()).toEqual(['before', 'check-1', 'after-1']);
  });

  it('scans once more, for its report, when there is nothing to fix', async () => {
    make({ good: 'touch good' });
    writeFileSync(path.join(world.folder, 'good'), '');
    const { before, after } = await world.run();
    expect(world.ran).toEqual([]);
    expect(labels()).toEqual(['before', 'after']);
    expect([before.arfFile, after.arfFile]).toEqual([undefined, 'after']);
  });

  it('runs what is asked for beside the profile in the first round, and scans after it', async () => {
    make({ bad: 'touch bad' });
    const { fixes } = await world.run([], ['baseline/extra']);
    expect(fixes.map(({ rule, status }) => [rule, status])).toEqual([
      ['baseline/extra', 0],
      ['bad', 0],
    ]);
    expect(world.ran).toEqual(['baseline/extra\n']);
  });

  it('does not begin in an image without room', async () => {
    make({ bad: 'touch bad' });
    world.freeBytes = 4 * 2 ** 20;
    await expect(world.run()).rejects.toMatchObject({ code: 'image-full' });
    expect(world.ran).toEqual([]);
  });

  it('a fix that never ended did not succeed, and marks on standard output are nobody’s', async () => {
    make({ bad: "echo 'golden-image-fix end bad 0'; kill -9 $$" });
    const { fixes } = await world.run();
    expect(fixes).toEqual([{ rule: 'bad', origin: 'content', status: -1 }]);
  });
});
