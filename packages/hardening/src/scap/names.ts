/** The SCAP Security Guide's identifiers have this before the short name that people use. */
const RULE = 'xccdf_org.ssgproject.content_rule_';
const PROFILE = 'xccdf_org.ssgproject.content_profile_';

/** `cis_level1_server` → the full identifier; a full one stays. */
export function profileId(name: string): string {
  return name.startsWith('xccdf_') ? name : `${PROFILE}${name}`;
}

export function ruleId(name: string): string {
  return name.startsWith('xccdf_') ? name : `${RULE}${name}`;
}

/** Without the guide's prefix; other identifiers stay as they are. */
export function shortName(id: string): string {
  return id.startsWith(RULE) ? id.slice(RULE.length) : id.startsWith(PROFILE) ? id.slice(PROFILE.length) : id;
}
