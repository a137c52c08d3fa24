import { parseIni } from './ini.ts';
import type { IsoTree } from './iso-tree.ts';
import { architectureId, distributionId } from './names.ts';

/** What a medium says of itself; parts that it does not say are undefined. */
export interface Identity {
  /** os-release ID, e.g. `debian`. */
  readonly distribution?: string | undefined;
  readonly version?: string | undefined;
  /** Debian's word: `amd64`, `arm64`. */
  readonly architecture?: string | undefined;
  /** Package repositories or installation sources that it carries, as paths. */
  readonly repositories: readonly string[];
}

type Probe = (iso: IsoTree) => Promise<Identity | undefined>;

/** Finds out what an ISO is; the first source that knows wins. Texts of the medium are data: shown, never run. */
export async function identifyIso(iso: IsoTree): Promise<Identity> {
  for (const probe of [debianFamily, treeinfo, discinfo, suse, arch]) {
    const identity = await probe(iso);
    if (identity?.distribution) {
      return identity;
    }
  }
  return { repositories: await repositoriesIn(iso) };
}

/** `.disk/info` of debian-cd and of Ubuntu's builds. */
const debianFamily: Probe = async (iso) => {
  const info = (await iso.text('.disk/info'))?.split('\n')[0]?.slice(0, 256);
  // "Debian GNU/Linux 13.2.0 …", "Ubuntu-Server 24.04.3 LTS …"; a snapshot of testing has no number.
  const [name = ''] = /^[A-Za-z/ -]+/.exec(info ?? '') ?? [];
  const [, version] = /^[A-Za-z/ -]+[ -](\d+(?:\.\d+)*)/.exec(info ?? '') ?? [];
  const architecture = / (amd64|arm64|i386|armhf|ppc64el|s390x|riscv64)\b/.exec(info ?? '')?.[1];
  return info === undefined
    ? undefined
    : { distribution: distributionId(name), version, architecture, repositories: await repositoriesIn(iso) };
};

/** productmd's `.treeinfo`: Red Hat's family, Fedora, SUSE. */
const treeinfo: Probe = async (iso) => {
  const text = (await iso.text('.treeinfo')) ?? (await iso.text('treeinfo'));
  if (text === undefined) {
    return undefined;
  }
  const sections = parseIni(text);
  const general = sections.get('general');
  const release = sections.get('release');
  const name = general?.get('family') ?? release?.get('name') ?? release?.get('short') ?? '';
  const variants = [...sections].flatMap(([section, keys]) => {
    const repository = section.startsWith('variant-') ? keys.get('repository') : undefined;
    return repository ? [repository] : [];
  });
  const architecture = general?.get('arch') ?? sections.get('tree')?.get('arch');
  return {
    distribution: distributionId(name),
    version: plainVersion(general?.get('version') ?? release?.get('version')),
    architecture: architecture && architectureId(architecture),
    repositories: variants.length > 0 ? [...new Set(variants)].sort() : await repositoriesIn(iso),
  };
};

/** Anaconda's `.discinfo` (time, name and version, architecture) and `media.repo`, where there is no `.treeinfo`. */
const discinfo: Probe = async (iso) => {
  const lines = (await iso.text('.discinfo'))?.split('\n').map((line) => line.trim()) ?? [];
  const repo = await iso.text('media.repo');
  const name =
    lines[1] || (repo ? [...parseIni(repo).values()].map((keys) => keys.get('name'))[0] : '') || '';
  const [, version] = /(\d+(?:\.\d+)*)\s*$/.exec(name) ?? [];
  return {
    distribution: distributionId(name),
    version,
    architecture: lines[2] ? architectureId(lines[2]) : undefined,
    repositories: await repositoriesIn(iso),
  };
};

/** SUSE: `media.1/media` and volume ids such as `SLE-15-SP6-Full-x86_64…`, `openSUSE-Leap-15.6-DVD-x86_64…`. */
const suse: Probe = async (iso) => {
  const media = (await iso.text('media.1/media'))?.split('\n')[1] ?? '';
  for (const text of [media, iso.volumeId]) {
    const [, name = '', release = '', pack, arch] =
      /(SLES?|openSUSE[-_]Leap|openSUSE[-_]Tumbleweed|Leap)[-_]?(\d+(?:\.\d+)*)?(?:-SP(\d+))?.*?(x86_64|aarch64|ppc64le|s390x)?$/i.exec(
        text.replace(/(x86_64|aarch64|ppc64le|s390x).*$/, '$1'),
      ) ?? [];
    if (name !== '') {
      return {
        distribution: distributionId(name),
        version: release === '' ? undefined : pack === undefined ? release : `${release}.${pack}`,
        architecture: arch && architectureId(arch),
        repositories: await repositoriesIn(iso),
      };
    }
  }
  return undefined;
};

/** Arch: `arch/version`, volume id `ARCH_202611`. */
const arch: Probe = async (iso) => {
  const version = (await iso.text('arch/version'))?.trim();
  if (version === undefined && !/^ARCH_\d{6}$/.test(iso.volumeId)) {
    return undefined;
  }
  const boot = await iso.list('arch/boot');
  const architecture = boot?.find((entry) => /^(x86_64|aarch64)$/.test(entry.name))?.name;
  return {
    distribution: 'arch',
    version: plainVersion(version) ?? iso.volumeId.slice(5),
    architecture: architecture && architectureId(architecture),
    repositories: await repositoriesIn(iso),
  };
};

/** Repositories by their layout: `dists/<suite>` with a Release, `<folder>/repodata`, Ubuntu's layered sources. */
export async function repositoriesIn(iso: IsoTree): Promise<readonly string[]> {
  const found: string[] = [];
  for (const suite of (await iso.list('dists')) ?? []) {
    if (suite.directory && (await iso.text(`dists/${suite.name}/Release`)) !== undefined) {
      found.push(`dists/${suite.name}`);
    }
  }
  const folders = ((await iso.list('')) ?? []).filter((entry) => entry.directory).slice(0, 200);
  for (const folder of ['', ...folders.map((entry) => entry.name)]) {
    if ((await iso.text(`${folder}/repodata/repomd.xml`)) !== undefined) {
      found.push(folder === '' ? '.' : folder);
    }
  }
  if ((await iso.text('casper/install-sources.yaml')) !== undefined) {
    found.push('casper/install-sources.yaml');
  }
  return found.sort();
}

/** SUSE's service packs are minor versions. */
function plainVersion(text: string | undefined): string | undefined {
  const version = text?.replace(/^(\d+)-SP(\d+)$/i, '$1.$2');
  return version && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(version) ? version : undefined;
}
