import { readFile } from 'node:fs/promises';
import { readEndpoints, type SigstoreEndpoints, textOrFile } from '@golden-image/evidence';
import { UserError } from '@golden-image/host';

/**
 * The sigstore instance of the input `sigstore-endpoints`; without it the public good one, but not for a private
 * repository: its name would stand in a public log for ever.
 *
 * @throws UserError `private-repository`, `invalid-endpoints`, `file-not-found`
 */
export async function sigstoreInstance(input: string | undefined, now: Date): Promise<SigstoreEndpoints> {
  if (input === undefined && (await repositoryIsPrivate())) {
    throw new UserError(
      'Signing keyless here would publish the name of this private repository in a public log',
      {
        code: 'private-repository',
        fix: 'Set sigstore-endpoints: github to keep it private, a private instance, or public-good if it may be public.',
      },
    );
  }
  return readEndpoints(await textOrFile(input ?? 'public-good', 'sigstore-endpoints'), now);
}

/** What GitHub tells of the repository in the event that started the job; other machines tell nothing. */
async function repositoryIsPrivate(): Promise<boolean> {
  const file = process.env.GITHUB_EVENT_PATH;
  const text = file ? await readFile(file, 'utf8').catch(() => '{}') : '{}';
  try {
    const event = JSON.parse(text) as { readonly repository?: { readonly private?: unknown } };
    return event.repository?.private === true;
  } catch {
    return false;
  }
}
