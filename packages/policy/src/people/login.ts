/** GitHub's logins and teams are compared without regard to case. */
export function sameLogin(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && key(a) === key(b);
}

export function key(login: string): string {
  return login.toLowerCase();
}

/** `org/slug` in lower case; a bare slug belongs to the repository's owner. */
export function teamKey(team: string, repository: string | undefined): string {
  const owner = repository?.split('/')[0] ?? '';
  return key(team.includes('/') ? team : `${owner}/${team}`);
}
