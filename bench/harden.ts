import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchDebianPackages, findRelease } from '@golden-image/hardening';
import { testPorts } from '@golden-image/host/testing';
import { readImageFolder } from '@golden-image/image-folder';
import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { measure } from './lib/measure.ts';

const PROFILE = 'cis_level1_server';
const PEER = 'oscap and its generated fix';

/** Bringing an image to a CIS profile, from disk to disk, with a scan before and after. */
export const harden: Bench = {
  name: 'harden',
  title: `Hardening an image to ${PROFILE}`,
  what: 'A Debian 13 image that was not hardened is opened, scanned, fixed, scanned again and written back compressed, with results and reports. The peer runs the fix that oscap generates for the whole profile in a chroot and scans by OSCAP_PROBE_ROOT; ours fixes what fails and scans inside the image.',
  tools: [
    { command: 'oscap', package: 'openscap-scanner' },
    { command: 'qemu-img', package: 'qemu-utils' },
    { command: 'jq', package: 'jq' },
    { command: 'bwrap', package: 'bubblewrap' },
  ],
  rounds: 1,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const { folder, root, dist } = context;
  const image = context.option('image', '');
  if (image === '') {
    throw new Error('Name an image folder that was built and not hardened: --set image=<folder>');
  }
  const { disk } = await readImageFolder(image);
  const content = await datastream();
  const scratch = await mkdtemp(path.join(folder, 'harden-'));
  const env = {
    INPUT_IMAGE: path.join(scratch, 'image'),
    INPUT_PROFILE: PROFILE,
    INPUT_WAIVERS: path.join(root, 'examples/debian-13/waivers.yml'),
    RUNNER_TEMP: scratch,
    GITHUB_OUTPUT: path.join(folder, 'outputs'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
  };
  for (const file of [env.GITHUB_OUTPUT, env.GITHUB_STEP_SUMMARY]) {
    await writeFile(file, '');
  }
  const fresh = async (): Promise<void> => {
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch);
    await cp(image, path.join(scratch, 'image'), { recursive: true });
  };
  const bundle = path.join(dist, 'harden/index.js');
  const script = path.join(root, 'bench/harden-peer.sh');
  return {
    sides: [
      {
        ...{
          name: PEER,
          ours: false,
          command: 'oscap xccdf generate fix; chroot … bash fix.sh',
          before: fresh,
        },
        run: () => measure(script, [scratch, disk, content, PROFILE_ID], { cwd: folder }),
      },
      {
        ...{ name: 'harden', ours: true, command: 'node dist/harden/index.js', before: fresh },
        run: () => measure(process.execPath, [bundle], { cwd: folder, env }),
      },
    ],
    goals: [
      { side: 'harden', quantity: 'wall', peers: [PEER], atMost: 0.8 },
      { side: 'harden', quantity: 'wall', peers: [], atMost: 75 },
    ],
  };
}

const PROFILE_ID = `xccdf_org.ssgproject.content_profile_${PROFILE}`;

/** The content that the action would take, so that both work with the same. */
async function datastream(): Promise<string> {
  const entry = findRelease('debian', '13');
  const [suite = ''] = entry?.packages.suites ?? [];
  const { folder } = await fetchDebianPackages(
    { suite, packages: [entry?.packages.name ?? ''], prepare: async () => {} },
    testPorts(),
  );
  return path.join(folder, entry?.datastream ?? '');
}
