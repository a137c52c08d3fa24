/** The log's proofs before the eyes of another implementation: spicy of Debian's litetlog. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { debian13Binary } from '../../../../test/tools/debian-package.ts';
import { logSigner, threeVersions } from '../../test/samples.ts';
import { entryBytes, logCheckpoint } from './log-files.ts';
import { leafHash } from './merkle.ts';
import { verifierText } from './note.ts';
import { proofFile } from './proof-file.ts';

const run = promisify(execFile);
const signer = logSigner('example.org/images');
let spicy: string;
let work: string;

beforeAll(async () => {
  spicy = await debian13Binary('litetlog', 'spicy-litetlog');
  work = await mkdtemp(path.join(tmpdir(), 'spicy-'));
}, 120_000);
afterAll(() => rm(work, { recursive: true, force: true }));

describe('spicy', () => {
  const { entries } = threeVersions();
  const raw = entries.map(entryBytes);
  const note = logCheckpoint(entries, signer);
  const verify = (file: string) => run(spicy, ['-verify', verifierText(signer.verifier), file]);

  it('verifies the proof of every entry', async () => {
    for (const [index, bytes] of raw.entries()) {
      const file = path.join(work, `entry-${index}.json`);
      await writeFile(file, bytes);
      await writeFile(`${file}.spicy`, proofFile(raw.map(leafHash), index, note));
      expect((await verify(file)).stderr).toContain('verified');
    }
  });

  it('refuses another entry, another place and another key', async () => {
    const file = path.join(work, 'changed.json');
    const good = proofFile(raw.map(leafHash), 2, note);
    await writeFile(file, Buffer.concat([raw[2] ?? Buffer.alloc(0), Buffer.from(' ')]));
    await writeFile(`${file}.spicy`, good);
    await expect(verify(file)).rejects.toThrow(/could not verify inclusion/);
    await writeFile(file, raw[2] ?? '');
    expect((await verify(file)).stderr).toContain('verified');
    await writeFile(`${file}.spicy`, good.replace('index 2', 'index 3'));
    await expect(verify(file)).rejects.toThrow(/could not verify inclusion/);
    await writeFile(
      `${file}.spicy`,
      proofFile(raw.map(leafHash), 2, logCheckpoint(entries, logSigner('example.org/images'))),
    );
    await expect(verify(file)).rejects.toThrow(/could not verify checkpoint/);
  });
});
