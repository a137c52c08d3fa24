import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stableJson } from '../src/canonical-json.ts';
import { createStatement, predicateTypes, type Statement, testResultPredicate } from '../src/statement.ts';

export interface SampleOptions {
  /** Content of the disk; any text, it is not booted. */
  readonly disk?: string;
  readonly finishedOn?: Date;
  readonly failedTests?: readonly string[];
  readonly score?: number;
  /** Text of `sbom.spdx.json`, which the build vouches for. */
  readonly sbom?: string;
  readonly class?: 'stock' | 'custom' | 'catalog';
  /** Statements to leave out. */
  readonly without?: readonly string[];
  /** Last change to a statement before it is written. */
  readonly change?: (name: string, statement: Statement) => Statement;
}

export interface Sample {
  readonly folder: string;
  readonly disk: string;
  readonly sha256: string;
  readonly statements: Readonly<Record<string, Statement>>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The least that is an SPDX document. */
const SBOM = '{"spdxVersion":"SPDX-2.3","name":"debian-13"}\n';

/** An image folder as the steps before signing leave it, with a disk of a few bytes and the real statement forms. */
export async function writeSample(folder: string, options: SampleOptions = {}): Promise<Sample> {
  const content = options.disk ?? 'the hardened disk\n';
  const sbom = options.sbom ?? SBOM;
  const finishedOn = options.finishedOn ?? new Date();
  const medium = { name: 'debian.iso', digest: { sha256: sha256('the medium\n') } };
  const built = { name: 'disk.qcow2', digest: { sha256: sha256('the built disk\n') } };
  const disk = { name: 'disk.qcow2', digest: { sha256: sha256(content) } };
  const failedTests = options.failedTests ?? [];
  const result = failedTests.length > 0 ? 'FAILED' : 'PASSED';
  const all: Record<string, Statement> = {
    '10-media': createStatement({
      subject: medium,
      predicateType: predicateTypes.medium,
      predicate: { result: 'PASSED', finishedOn: finishedOn.toISOString() },
    }),
    '20-build': createStatement({
      subject: built,
      predicateType: predicateTypes.provenance,
      predicate: {
        buildDefinition: {
          buildType: 'https://example.org/build',
          externalParameters: {},
          resolvedDependencies: [{ ...medium, name: 'medium' }],
        },
        runDetails: {
          builder: { id: 'https://example.org/builder' },
          metadata: { finishedOn: finishedOn.toISOString() },
          byproducts: [{ name: 'sbom.spdx.json', digest: { sha256: sha256(sbom) } }],
        },
      },
    }),
    '30-harden': createStatement({
      subject: disk,
      predicateType: predicateTypes.testResult,
      predicate: testResultPredicate({
        suite: 'harden',
        result: 'PASSED',
        input: built,
        configuration: [],
        passedTests: ['rule_a', 'rule_b'],
        warnedTests: [],
        failedTests: [],
        finishedOn,
        details: { score: options.score ?? 97.3 },
      }),
    }),
    '40-fvt': createStatement({
      subject: disk,
      predicateType: predicateTypes.testResult,
      predicate: testResultPredicate({
        suite: 'run-fvt',
        result,
        input: disk,
        configuration: [],
        passedTests: ['check_boot', 'check_ssh'],
        warnedTests: [],
        failedTests,
        finishedOn,
        details: {
          skipped: { check_hotplug: 'no second device' },
          notRun: ['check_reboot', 'check_two_disks'],
        },
      }),
    }),
  };
  const statements: Record<string, Statement> = {};
  await mkdir(path.join(folder, 'evidence'), { recursive: true });
  await mkdir(path.join(folder, 'reports'), { recursive: true });
  for (const [name, statement] of Object.entries(all)) {
    if (!options.without?.includes(name)) {
      const changed = options.change?.(name, statement) ?? statement;
      statements[name] = changed;
      await writeFile(path.join(folder, 'evidence', `${name}.json`), stableJson(changed));
    }
  }
  await writeFile(path.join(folder, 'disk.qcow2'), content);
  await writeFile(path.join(folder, 'sbom.spdx.json'), sbom);
  await writeFile(path.join(folder, 'reports/fvt.junit.xml'), '<testsuites/>\n');
  await writeFile(
    path.join(folder, 'image.json'),
    stableJson({
      schemaVersion: 1,
      name: 'debian-13',
      version: '20261124',
      class: options.class ?? 'stock',
      distribution: 'debian',
      release: '13',
      architecture: 'amd64',
      firmware: ['bios', 'uefi'],
      disk: {
        file: 'disk.qcow2',
        format: 'qcow2',
        size: Buffer.byteLength(content),
        virtualSize: 1073741824,
        sha256: disk.digest.sha256,
      },
    }),
  );
  return { folder, disk: path.join(folder, 'disk.qcow2'), sha256: disk.digest.sha256, statements };
}
