import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, UserError } from '@golden-image/host';
import type { LoadedRepository } from '../definition/read.ts';

/** One line of sources.list(5), without options. */
export interface AptSource {
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
}

/** Where the image keeps the key of its nth further repository. */
export function keyPath(index: number): string {
  return `/etc/apt/keyrings/repository-${index + 1}.asc`;
}

/** Where the image keeps the key of its mirrors. */
export const MIRROR_KEY = '/etc/apt/keyrings/mirror.asc';

export interface DefaultSourcesRequest {
  readonly suite: string;
  readonly components: readonly string[];
  readonly architecture: string;
}

/**
 * The distribution's own sources for a suite, security included, as mmdebstrap knows them. Needs no network: a hook
 * copies the list before anything is fetched.
 *
 * @throws UserError `sources-unknown`
 */
export async function defaultSources(
  { suite, components, architecture }: DefaultSourcesRequest,
  scratch: string,
  ports: Pick<Ports, 'exec'>,
): Promise<readonly AptSource[]> {
  const folder = path.join(scratch, 'sources');
  await mkdir(folder, { recursive: true });
  const hook = path.join(folder, 'hook');
  const copy = path.join(folder, 'sources.list');
  // Ends the run: the list is all that is wanted.
  await writeFile(hook, '#!/bin/sh\ncp "$1/etc/apt/sources.list" "$(dirname "$0")/sources.list"\nexit 1\n', {
    mode: 0o755,
  });
  await ports.exec(
    confined({
      command: 'mmdebstrap',
      args: [
        '--mode=root',
        '--variant=custom',
        '--format=directory',
        `--architectures=${architecture}`,
        `--components=${components.join(',')}`,
        `--setup-hook=${hook}`,
        suite,
        path.join(folder, 'root'),
      ],
      // Where a killed mmdebstrap leaves its GnuPG home.
      env: { ...process.env, TMPDIR: folder },
      okCodes: 'any',
      timeoutMs: 60_000,
    }),
  );
  const text = await readFile(copy, 'utf8').catch(() => '');
  await rm(folder, { recursive: true, force: true });
  const sources = parseSourcesList(text);
  if (sources.length === 0) {
    throw new UserError(`mmdebstrap knows no package sources for ${suite}`, {
      code: 'sources-unknown',
      fix: 'Use a runner whose distro-info-data knows the release, or name a `mirror` in the definition.',
    });
  }
  return sources;
}

/** The `deb` lines of a sources.list. */
export function parseSourcesList(text: string): readonly AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim());
    const [, uri, suite, components] = match ?? [];
    return uri && suite && components ? [{ uri, suite, components: components.trim().split(/\s+/) }] : [];
  });
}

/** Whether the source brings security updates: `trixie-security`. */
export function isSecurity({ suite }: AptSource): boolean {
  return suite.endsWith('-security');
}

/** The sources with other mirrors for the archive and the security archive. */
export function withMirrors(
  sources: readonly AptSource[],
  mirror: string | undefined,
  securityMirror: string | undefined,
): readonly AptSource[] {
  return sources.map((source) => {
    const uri = isSecurity(source) ? securityMirror : mirror;
    return uri === undefined ? source : { ...source, uri };
  });
}

/** `debian.sources` in deb822 style, signed by the keys in a file of the image. */
export function deb822Sources(sources: readonly AptSource[], keyring: string): string {
  const uris = [...new Set(sources.map((source) => source.uri))];
  const stanzas = uris.map((uri) => {
    const same = sources.filter((source) => source.uri === uri);
    const components = [...new Set(same.flatMap((source) => source.components))];
    return [
      'Types: deb',
      `URIs: ${uri}`,
      `Suites: ${same.map((source) => source.suite).join(' ')}`,
      `Components: ${components.join(' ')}`,
      `Signed-By: ${keyring}`,
      '',
    ].join('\n');
  });
  return stanzas.join('\n');
}

/** The definition's further repositories in deb822 style, each signed by its own key. */
export function repositorySources(repositories: readonly LoadedRepository[]): string {
  return repositories
    .map(({ uri, suites, components }, index) =>
      [
        '',
        'Types: deb',
        `URIs: ${uri}`,
        `Suites: ${suites.join(' ')}`,
        `Components: ${components.join(' ')}`,
        `Signed-By: ${keyPath(index)}`,
        '',
      ].join('\n'),
    )
    .join('');
}
