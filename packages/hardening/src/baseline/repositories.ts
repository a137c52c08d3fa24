import type { RootSession } from '@golden-image/disk';

/** One package repository, as apt is told of it. */
export interface Repository {
  /** The file that names it. */
  readonly file: string;
  readonly uri: string;
  /** Whether apt is told to take it without a valid signature. */
  readonly trusted: boolean;
}

/** sources.list(5): one-line and deb822 style; undefined where there is no apt. */
export async function readRepositories(session: RootSession): Promise<readonly Repository[] | undefined> {
  const names = await session.list('/etc/apt');
  if (names.length === 0) {
    return undefined;
  }
  const parts = (await session.list('/etc/apt/sources.list.d')).map(
    (name) => `/etc/apt/sources.list.d/${name}`,
  );
  const files = ['/etc/apt/sources.list', ...parts];
  const found: Repository[] = [];
  for (const file of files) {
    const text = String((await session.readFile(file)) ?? '');
    if (file.endsWith('.sources')) {
      found.push(...parseSources(text, file));
    } else if (file.endsWith('.list')) {
      found.push(...parseList(text, file));
    }
  }
  return found;
}

/** `deb [options] uri suite components…` */
export function parseList(text: string, file: string): readonly Repository[] {
  return text.split('\n').flatMap((line): Repository[] => {
    const [, options = '', uri] = /^\s*deb(?:-src)?\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S/.exec(line) ?? [];
    const trusted = /\b(trusted|allow-insecure)\s*=\s*(yes|true|1)\b/i.test(options);
    return uri === undefined ? [] : [{ file, uri, trusted }];
  });
}

/** Stanzas of fields; a field goes on in lines that begin with a space. */
export function parseSources(text: string, file: string): readonly Repository[] {
  const stanzas = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/);
  return stanzas.flatMap((stanza): Repository[] => {
    const field = (name: string): string =>
      new RegExp(`^${name}:((?:.*)(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1]?.trim() ?? '';
    if (/^(no|false|0)$/i.test(field('Enabled'))) {
      return [];
    }
    const trusted =
      /^(yes|true|1)$/i.test(field('Trusted')) || /^(yes|true|1)$/i.test(field('Allow-Insecure'));
    const uris = field('URIs').split(/\s+/).filter(Boolean);
    return uris.map((uri) => ({ file, uri, trusted }));
  });
}

/** `Name::Of::It "value";` of apt.conf.d, the last one counts; the nested form is not read. */
export async function aptSettings(session: RootSession): Promise<ReadonlyMap<string, string>> {
  const settings = new Map<string, string>();
  const folder = '/etc/apt/apt.conf.d';
  for (const name of await session.list(folder)) {
    const text = String((await session.readFile(`${folder}/${name}`)) ?? '');
    for (const [, key = '', value = ''] of text.matchAll(/^\s*([A-Za-z][\w:-]*)\s+"([^"]*)"\s*;/gm)) {
      settings.set(key, value);
    }
  }
  return settings;
}
