import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createStatement,
  EXPORT_BUILD_TYPE,
  keySigner,
  predicateTypes,
  readPrivateKey,
  type Signer,
  signFolder,
  signStatementBundle,
} from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newKey } from '../../../evidence/test/keys.ts';
import { writeSample } from '../../../evidence/test/sample-folder.ts';
import type { Fact, FactOf } from '../facts/facts.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import { type CollectRequest, collectReleaseFacts } from './collect-release.ts';

const ports = testPorts();
const plain = parsePolicy('version: 1\nrelease: {require: [{predicate: slsa-provenance/v1}]}\n', 'p');
const guarded = parsePolicy('version: 1\nenvironments: {production: {reviewers: [rita]}}\n', 'p');
let image: string;
let signer: Signer;

beforeEach(async () => {
  image = await mkdtemp(path.join(tmpdir(), 'collect-release-'));
  signer = keySigner(readPrivateKey(newKey('ec-p256')), ports);
});
afterEach(() => rm(image, { recursive: true, force: true }));

async function sign(): Promise<void> {
  const { statements } = await writeSample(image);
  const evidence = Object.keys(statements);
  await signFolder(
    { folder: image, title: 't', disk: 'disk.qcow2', requireMedium: false, evidence, signer },
    ports,
  );
}

async function collect(policy = plain, more: Partial<CollectRequest> = {}): Promise<readonly Fact[]> {
  const request = { image, environment: undefined, publicKey: signer.publicKey, ...more };
  return (await collectReleaseFacts(request, policy, ports)).facts;
}

function one<K extends Fact['kind']>(facts: readonly Fact[], kind: K): FactOf<K> {
  return facts.find((fact): fact is FactOf<K> => fact.kind === kind) as FactOf<K>;
}

describe('facts of a release', () => {
  it('are all pass for a signed image with its whole chain', async () => {
    await sign();
    const facts = await collect();
    const open = facts.filter(({ status }) => status !== 'pass');
    // Not signed by these methods: the policy says whether that matters.
    expect(open.map((fact) => fact.kind === 'signature' && fact.value.method).sort()).toEqual([
      'minisign',
      'openpgp',
    ]);
    expect(one(facts, 'inventory').value).toHaveLength(5);
  });

  it('of an image that nobody signed are unknown, not good', async () => {
    await writeSample(image);
    const facts = await collect();
    expect(one(facts, 'checksums')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/SHA256SUMS is missing/),
    });
    expect(
      facts.filter((fact) => fact.kind === 'signature').every(({ status }) => status === 'unknown'),
    ).toBe(true);
  });

  it('of a chain with a gap fail, and say where', async () => {
    await sign();
    await rm(path.join(image, 'evidence/20-build.json'));
    await rm(path.join(image, 'signatures/20-build.intoto.sigstore.json'));
    const facts = await collect();
    expect(one(facts, 'chain')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/10-media is about debian\.iso .* not part of the chain/),
    });
    // The lists name what is gone.
    expect(one(facts, 'checksums')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/20-build/),
    });
  });
});

describe('a disk in other formats', () => {
  /** Writes and signs what says from which disk `disk.vmdk` was made. */
  async function exportOf(sha256: string): Promise<void> {
    const text = JSON.stringify(
      createStatement({
        subject: { name: 'disk.vmdk', digest: { sha256: 'e'.repeat(64) } },
        predicateType: predicateTypes.provenance,
        predicate: {
          buildDefinition: {
            buildType: EXPORT_BUILD_TYPE,
            resolvedDependencies: [{ name: 'input', digest: { sha256 } }],
          },
        },
      }),
    );
    await writeFile(path.join(image, 'evidence/50-export.json'), text);
    const bundle = path.join(image, 'signatures/50-export.intoto.sigstore.json');
    await writeFile(bundle, await signStatementBundle(signer, Buffer.from(text)));
  }

  it('is the end of the chain from the medium; one that was made from another disk breaks it', async () => {
    await sign();
    const { value } = one(await collect(), 'disk');
    await exportOf(value?.sha256 ?? '');
    expect(one(await collect(), 'chain')).toMatchObject({ status: 'pass', value: { origin: 'medium' } });
    await exportOf('f'.repeat(64));
    expect(one(await collect(), 'chain')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/50-export is about disk\.vmdk .* not part of the chain/),
    });
  });
});

describe('a disk', () => {
  it('that is another one of the same size fails, with both digests', async () => {
    await sign();
    const disk = path.join(image, 'disk.qcow2');
    const bytes = await readFile(disk);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(disk, bytes);
    expect(one(await collect(), 'disk')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/^disk\.qcow2 is sha256:\w{64}, image\.json says sha256:\w{64}$/),
    });
  });

  it('that cannot be read is all that is said of the folder', async () => {
    await sign();
    await writeFile(path.join(image, 'disk.qcow2'), 'cut');
    const facts = await collect();
    expect(facts.map(({ kind, status }) => [kind, status])).toEqual([['image', 'fail']]);
  });
});

describe('who approved a deployment', () => {
  const run: Fact = { kind: 'run', status: 'unknown', source: 'GitHub', time: '2026-11-24T00:00:00Z' };

  it('is asked of GitHub where the policy has environments, and not elsewhere', async () => {
    const asked: unknown[] = [];
    const deployment = async (policy: unknown) => {
      asked.push(policy);
      return [run];
    };
    expect(one(await collect(guarded, { deployment }), 'run')).toEqual(run);
    expect(one(await collect(plain, { deployment }), 'run')).toBeUndefined();
    expect(asked).toEqual([guarded]);
  });

  it('is unknown where nobody can be asked', async () => {
    expect(one(await collect(guarded), 'run')).toMatchObject({
      status: 'unknown',
      permission: 'actions: read',
    });
  });
});
