import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { fuzz, seedIsos, signedSeeds, targets } from '../test/fuzz.ts';
import { gpgHome } from '../test/gpg-home.ts';
import { makeIso } from '../test/make-iso.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fuzz-test-'));
const home = gpgHome();
afterAll(() => {
  home.close();
  rmSync(folder, { recursive: true, force: true });
});

it('answers or refuses damaged ISOs, lists, keyrings and disk images, and soon', async () => {
  const { answered, refused } = await fuzz(
    targets(seedIsos(folder, makeIso), signedSeeds(home)),
    3_000,
    20261124,
  );
  // Both happen: the damage is neither fatal every time nor harmless every time.
  expect(answered).toBeGreaterThan(300);
  expect(refused).toBeGreaterThan(300);
}, 120_000);
