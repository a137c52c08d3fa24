/** The SCAP Security Guide's identifiers have this before the short name that people use. */
const PREFIX = 'xccdf_org.ssgproject.content_';
const KNOWN = new RegExp(`^${PREFIX.replaceAll('.', '\\.')}(?:rule|profile|value)_`);

/** `cis_level1_server` → the full identifier; a full one stays. */
export function profileId(name: string): string {
  return full('profile', name);
}

export function ruleId(name: string): string {
  return full('rule', name);
}

export function valueId(name: string): string {
  return full('value', name);
}

function full(kind: string, name: string): string {
  return name.startsWith('xccdf_') ? name : `${PREFIX}${kind}_${name}`;
}

/** Without the guide's prefix; other identifiers stay as they are. */
export function shortName(id: string): string {
  return id.replace(KNOWN, '');
}
