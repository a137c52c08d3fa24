/** One source of packages as a configuration file names it. */
export interface Repository {
  readonly uri: string;
  readonly file: string;
  readonly enabled: boolean;
  /** It is used without a signature. */
  readonly unsigned: boolean;
}

/**
 * Repositories of apt (one-line and deb822), dnf and zypper, from files that each follow a line `### <path>`.
 * Sources: sources.list(5), dnf.conf(5), zypper(8).
 */
export function parseRepositories(text: string): readonly Repository[] {
  const files = text.split(/^### (?=\/)/m).slice(1);
  return files.flatMap((part) => {
    const end = part.indexOf('\n');
    const file = part.slice(0, end).trim();
    const body = part.slice(end + 1);
    if (file.endsWith('.list')) {
      return oneLine(body, file);
    }
    return file.endsWith('.sources') ? deb822(body, file) : ini(body, file);
  });
}

function oneLine(body: string, file: string): readonly Repository[] {
  return body.split('\n').flatMap((line) => {
    const match = /^\s*(?:deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)/.exec(line);
    if (!match) {
      return [];
    }
    const unsigned = /(^|\s)(trusted|allow-insecure)\s*=\s*yes/i.test(match[1] ?? '');
    return [{ uri: clean(match[2] ?? ''), file, enabled: true, unsigned }];
  });
}

function deb822(body: string, file: string): readonly Repository[] {
  return body
    .split(/\n\s*\n/)
    .map((stanza) => fields(stanza))
    .filter((stanza) => stanza.has('uris'))
    .flatMap((stanza) => {
      const yes = (key: string): boolean => /^(yes|true|1|on)$/i.test(stanza.get(key) ?? '');
      const enabled = !/^(no|false|0|off)$/i.test(stanza.get('enabled') ?? 'yes');
      const uris = (stanza.get('uris') ?? '').split(/\s+/).filter(Boolean);
      return uris.map((uri) => ({
        uri: clean(uri),
        file,
        enabled,
        unsigned: yes('trusted') || yes('allow-insecure'),
      }));
    });
}

/** RFC 822 fields with continuation lines; names in lower case. */
function fields(stanza: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  let last = '';
  for (const line of stanza.split('\n').filter((entry) => !entry.startsWith('#'))) {
    const match = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
    if (match) {
      last = (match[1] ?? '').toLowerCase();
      result.set(last, (match[2] ?? '').trim());
    } else if (/^\s+\S/.test(line)) {
      result.set(last, `${result.get(last) ?? ''} ${line.trim()}`.trim());
    }
  }
  return result;
}

function ini(body: string, file: string): readonly Repository[] {
  return body
    .split(/^\[[^\]]+\]\s*$/m)
    .slice(1)
    .flatMap((section) => {
      const value = (key: string): string =>
        new RegExp(`^\\s*${key}\\s*=\\s*(.+)$`, 'im').exec(section)?.[1]?.trim() ?? '';
      const uri = value('baseurl') || value('metalink') || value('mirrorlist');
      const off = (key: string): boolean => /^(0|no|false|off)$/i.test(value(key));
      return uri === ''
        ? []
        : [
            {
              uri: clean(uri.split(/\s+/)[0] ?? ''),
              file,
              enabled: !off('enabled'),
              unsigned: off('gpgcheck'),
            },
          ];
    });
}

function clean(uri: string): string {
  return uri.replace(/\/+$/, '');
}
