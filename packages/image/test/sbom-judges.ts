/** The formats' own projects say whether an SBOM is one: CycloneDX's library, and SPDX's Python tools. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { unpackedPackages } from '../../../test/tools/debian-package.ts';

const run = promisify(execFile);

/** SPDX's Python tools and what they import; Debian's stable release has none. Licence: Apache-2.0. */
const SPDX_TOOLS = [
  'python3-spdx-tools',
  'python3-beartype',
  'python3-boolean',
  'python3-click',
  'python3-license-expression',
  'python3-ply',
  'python3-pyparsing',
  'python3-rdflib',
  'python3-semantic-version',
  'python3-uritools',
  'python3-xmltodict',
  'python3-yaml',
] as const;

/**
 * Judges both SBOMs of an image folder.
 *
 * @throws Error for the first fault
 */
export async function judgeSboms(folder: string): Promise<void> {
  const faults = await cyclonedxFaults(await readFile(path.join(folder, 'sbom.cdx.json'), 'utf8'));
  if (faults !== null) {
    throw new Error(`not CycloneDX: ${JSON.stringify(faults)}`);
  }
  await judgeSpdx(path.join(folder, 'sbom.spdx.json'));
}

/** What CycloneDX 1.6's official schema, its formats included, has against a document; nothing: `null`. */
export async function cyclonedxFaults(text: string): Promise<unknown> {
  return new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
}

/**
 * Reads an SPDX document with the SPDX project's own tools, which validate it, and writes it again. They pass over
 * fields that they do not know: what was read and what came out must be the same.
 *
 * @throws Error with what the tools have against the document, or with what of it they did not understand
 */
export async function judgeSpdx(file: string): Promise<void> {
  const tools = await unpackedPackages('forky', SPDX_TOOLS);
  const work = await mkdtemp(path.join(tmpdir(), 'spdx-'));
  try {
    const copy = path.join(work, 'again.spdx.json');
    const args = [path.join(tools, 'usr/bin/pyspdxtools'), '--infile', file, '--outfile', copy];
    const env = { ...process.env, PYTHONPATH: path.join(tools, 'usr/lib/python3/dist-packages') };
    await run('python3', ['-B', ...args], { env, maxBuffer: 1 << 26 });
    const after = new Set(await canonical(copy));
    const lost = (await canonical(file)).find((part) => !after.has(part));
    if (lost !== undefined) {
      throw new Error(`SPDX's tools do not understand all of ${lost}`);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The parts of a document, a text for each. The tools write the schema's older spelling of two enumerations, with `_`,
 * and leave out `documentDescribes`, which says the same as a relationship.
 */
async function canonical(file: string): Promise<readonly string[]> {
  const { packages, relationships, documentDescribes, ...rest } = JSON.parse(
    await readFile(file, 'utf8'),
  ) as {
    packages: readonly object[];
    relationships: readonly object[];
    documentDescribes?: unknown;
  };
  return [...packages, ...relationships, rest].map((part) =>
    JSON.stringify(part, (_key, value: unknown) => sorted(value)).replace(
      /"(PACKAGE|OPERATING)-(MANAGER|SYSTEM)"/g,
      '"$1_$2"',
    ),
  );
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
