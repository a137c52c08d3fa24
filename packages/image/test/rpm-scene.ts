import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { type BuildRequest, buildImage } from '../src/build.ts';
import { serveFolder, type TestKey, testKey } from './local-mirror.ts';
import { signRpms, writeRepodata } from './rpm-build.ts';
import type { StandIns } from './rpm-mirror.ts';
import { standInRpms } from './rpm-userland.ts';

/** A folder of one test file with a mirror on loopback and two keys: the mirror's, and somebody's. */
export interface RpmScene {
  readonly folder: string;
  /** The folder that is served. */
  readonly mirror: string;
  readonly url: string;
  readonly key: TestKey;
  readonly other: TestKey;
  /** Writes `image.yml` (keys lie beside it as `key.asc` and `other.asc`) and builds from it. */
  readonly build: (
    text: string,
    more?: Partial<BuildRequest>,
    ports?: Parameters<typeof testPorts>[0],
  ) => ReturnType<typeof buildImage>;
  /** A further repository below the mirror; signed as said. */
  readonly further: (
    name: string,
    packages: StandIns,
    keys: { readonly packages?: TestKey | undefined; readonly index?: TestKey | undefined },
  ) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function rpmScene(): Promise<RpmScene> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rpm-scene-'));
  const mirror = path.join(folder, 'mirror');
  mkdirSync(mirror);
  // rpm 4.18 knows no Ed25519 in every build.
  const [key, other] = await Promise.all([
    testKey(folder, 'mirror', 'rsa2048'),
    testKey(folder, 'other', 'rsa2048'),
  ]);
  const server = await serveFolder(mirror);
  return {
    folder,
    mirror,
    url: server.url,
    key,
    other,
    build: (text, more = {}, ports = {}) => {
      const beside = mkdtempSync(path.join(folder, 'definition-'));
      copyFileSync(key.file, path.join(beside, 'key.asc'));
      copyFileSync(other.file, path.join(beside, 'other.asc'));
      const definition = path.join(beside, 'image.yml');
      writeFileSync(definition, text);
      return buildImage(
        {
          definition,
          output: path.join(folder, 'image'),
          cacheFolder: path.join(folder, 'cache'),
          builderId: 'urn:test',
          // Whatever machine the tests run on.
          allowOutdatedHost: true,
          ...more,
        },
        testPorts(ports),
      );
    },
    further: async (name, packages, keys) => {
      const target = path.join(mirror, name);
      await standInRpms(target, folder, packages);
      if (keys.packages) {
        await signRpms(target, keys.packages);
      }
      await writeRepodata(target, keys.index);
      return `${server.url}/${name}`;
    },
    close: async () => {
      await server.close();
      await Promise.all([key.remove(), other.remove()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
