/**
 * Where GitHub does otherwise than its description says; each with where that is known from. Everything else that
 * deviates is a violation.
 */

/** Answers: the operation and the problem that the contract finds in it. */
const answers: readonly (readonly [RegExp, RegExp])[] = [
  // A pull request whose fork was deleted has no head repository: octokit/rest.js and every client treats it as null.
  [/^GET .*\/pulls\/\{pull_number\}$/, /^\/head\/repo must be object$/],
];

export function isKnownDeviation(route: string, problem: string): boolean {
  return answers.some(([operation, expected]) => operation.test(route) && expected.test(problem));
}

/**
 * The part of a request that the description covers. `can_admins_bypass` of `PUT environment` is not in it; GitHub
 * takes it all the same since 2023 (google/go-github#2725), older Enterprise Servers answer "is not a permitted key"
 * (integrations/terraform-provider-github#1804).
 */
export function describedBody(route: string, body: unknown): unknown {
  if (!/^PUT .*\/environments\/\{environment_name\}$/.test(route) || typeof body !== 'object') {
    return body;
  }
  const { can_admins_bypass: _undocumented, ...rest } = body as Record<string, unknown>;
  return rest;
}
