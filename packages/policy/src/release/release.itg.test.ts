import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keySigner, readPrivateKey, type Signer, signFolder } from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newKey } from '../../../evidence/test/keys.ts';
import { writeSample } from '../../../evidence/test/sample-folder.ts';
import { decideOnRelease, type ReleaseRequest } from './release.ts';

const ports = testPorts();
const example = path.resolve(import.meta.dirname, '../../../../examples/debian-13/image-policy.yml');
let image: string;
let signer: Signer;

beforeEach(async () => {
  image = await mkdtemp(path.join(tmpdir(), 'release-'));
  signer = keySigner(readPrivateKey(newKey('ec-p256')), ports);
  const { statements } = await writeSample(image);
  await signFolder(
    {
      folder: image,
      title: 't',
      disk: 'disk.qcow2',
      requireMedium: true,
      evidence: Object.keys(statements),
      signer,
    },
    ports,
  );
});
afterEach(() => rm(image, { recursive: true, force: true }));

const decide = (more: Partial<ReleaseRequest> = {}) =>
  decideOnRelease(
    {
      image,
      policy: example,
      replay: undefined,
      environment: undefined,
      signer: undefined,
      output: path.join(image, 'release'),
      publicKey: signer.publicKey,
      ...more,
    },
    ({ decision }) => `# ${decision.decision}\n`,
    ports,
  );

describe('decideOnRelease', () => {
  it('approves, and writes facts, report and a signed summary; a replay repeats it', async () => {
    const first = await decide({ signer });
    expect(first.decision.reasons).toEqual([]);
    expect(first.table).toMatchObject({ score: '97.3 %', signatures: 'sigstore (key)' });
    expect(await readFile(first.files.report, 'utf8')).toBe('# approved\n');
    expect(first.files.vsa).toBe(path.join(image, 'release/vsa.intoto.sigstore.json'));
    const again = await decide({ replay: first.files.facts, output: `${image}-replay` });
    await rm(`${image}-replay`, { recursive: true });
    expect(again.decision).toEqual(first.decision);
    expect(again.files.vsa).toBeUndefined();
    expect((await decide()).files.vsa).toBe(path.join(image, 'release/vsa.unsigned.json'));
  });

  it('refuses a changed disk, another key, and a folder that is not there', async () => {
    const other = readPrivateKey(newKey('ec-p256')).publicKey;
    expect((await decide({ publicKey: other })).decision.decision).toBe('refused');
    expect((await decide({ publicKey: undefined })).table.signatures).toBe('sigstore (key): not checked');
    await writeFile(path.join(image, 'disk.qcow2'), 'the hardened disc\n');
    const changed = await decide();
    expect(changed.decision.reasons.join()).toMatch(/disk\.qcow2 is sha256:/);
    expect(changed.files.vsa).toBeUndefined();
    const gone = await decide({ image: path.join(image, 'gone'), output: path.join(image, 'release') });
    expect(gone.decision.reasons.join()).toMatch(/is not an image folder/);
    expect(gone.table.imageName).toBe('');
  });

  it('leaves the environment unknown: nobody was asked who approved', async () => {
    const policy = path.join(image, 'release-policy.yml');
    await writeFile(policy, `${await readFile(example, 'utf8')}environments: {production: {}}\n`);
    const { decision } = await decide({ policy, environment: 'production' });
    expect(decision.reasons.join()).toMatch(/nobody asked GitHub who approved the environment/);
  });

  it('needs a policy with a release, and facts that can be read', async () => {
    const policy = path.join(image, 'policy.yml');
    await writeFile(policy, 'version: 1\n');
    await expect(decide({ policy })).rejects.toMatchObject({ code: 'policy-incomplete' });
    await expect(decide({ policy: `${policy}.none` })).rejects.toMatchObject({ code: 'policy-not-found' });
    const merge = path.join(image, 'merge-facts.json');
    await writeFile(
      merge,
      JSON.stringify({ version: 1, mode: 'merge', time: '2026-11-24T00:00:00Z', facts: [] }),
    );
    await expect(decide({ replay: merge })).rejects.toMatchObject({ code: 'invalid-facts' });
    await expect(decide({ replay: `${policy}.none` })).rejects.toMatchObject({ code: 'facts-not-found' });
  });
});
