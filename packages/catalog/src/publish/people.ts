import { createHash, randomBytes } from 'node:crypto';
import { stableJson } from '@golden-image/evidence';
import { z } from 'zod';

/**
 * Who is behind a pseudonym. The log is public and for ever, so it names nobody; this file stands apart from it, and
 * a line that is erased leaves a pseudonym that nobody can trace: it is made from a random salt that is gone then.
 */
const people = z.strictObject({
  schemaVersion: z.literal(1),
  people: z.record(z.string(), z.strictObject({ salt: z.string().regex(/^[0-9a-f]{32}$/) })),
});
export type People = z.infer<typeof people>;

export const NO_PEOPLE: People = { schemaVersion: 1, people: {} };

/** @throws ZodError or SyntaxError for a file that is not one of ours */
export function parsePeople(text: string): People {
  return people.parse(JSON.parse(text));
}

export function peopleText(value: People): string {
  return stableJson(value);
}

/** The pseudonym of a person, who is added where the file does not know them. */
export function pseudonym(
  known: People,
  login: string,
): { readonly people: People; readonly pseudonym: string } {
  const found = Object.hasOwn(known.people, login) ? known.people[login] : undefined;
  const salt = found?.salt ?? randomBytes(16).toString('hex');
  const digest = createHash('sha256').update(`${salt}\n${login}`).digest('hex').slice(0, 16);
  return {
    pseudonym: `actor-${digest}`,
    people: found ? known : { ...known, people: { ...known.people, [login]: { salt } } },
  };
}

/** The file without a person; the same one when it does not know them. */
export function erase(known: People, login: string): People {
  const rest = Object.entries(known.people).filter(([name]) => name !== login);
  return Object.hasOwn(known.people, login) ? { ...known, people: Object.fromEntries(rest) } : known;
}
