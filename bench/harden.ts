/**
 * How long hardening takes on an image folder, step by step; the folder itself is not changed.
 *
 *   node bench/harden.ts <image folder> [profile]
 *
 * To compare: the fix that oscap generates for the whole of CIS level 1 server, run as it is, takes 93 s alone
 * (2 cores, measured when the project began), without any scan.
 */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { harden } from '@golden-image/hardening';
import { withTemporaryFolder } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';

const [image, profile = 'cis_level1_server'] = process.argv.slice(2);
if (image === undefined) {
  throw new Error('Usage: node bench/harden.ts <image folder> [profile]');
}
await withTemporaryFolder('bench-harden', async (folder) => {
  const copy = path.join(folder, 'image');
  await cp(image, copy, { recursive: true });
  const waivers = path.resolve(import.meta.dirname, '../examples/debian-13/waivers.yml');
  const { outcome } = await harden({ image: copy, profiles: [profile], mode: 'apply', waivers }, testPorts());
  console.table({
    'score before, %': outcome.before.score.score,
    'score after, %': outcome.after.score.score,
    'rules fixed': outcome.fixes.length,
    ...Object.fromEntries(
      Object.entries(outcome.seconds).map(([step, seconds]) => [`${step}, s`, Number(seconds.toFixed(1))]),
    ),
  });
});
