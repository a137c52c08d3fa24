import { issueText, type Outcome } from '@golden-image/catalog';
import { noteRelease, upsertIssue } from '@golden-image/github/lifecycle';
import { UserError } from '@golden-image/host';
import type { Command } from './command.ts';
import { apiOf } from './context.ts';

/** Tells users of what happened, where the input notify asks for more than the feeds. */
export async function tellUsers({ inputs, ports, env }: Command, outcome: Outcome): Promise<void> {
  const wants = (what: string): boolean => inputs.notify.includes(what);
  if (outcome.entries.length === 0 || !(wants('issue') || wants('release'))) {
    return;
  }
  const api = apiOf(inputs, env, ports);
  if (!api) {
    throw new UserError(
      'The catalog was changed, and nobody was told: notify needs token, and a repository on GitHub',
      {
        code: 'token-missing',
        fix: 'Pass the token of the job (github.token) with issues: write and contents: write, or notify: feed.',
      },
    );
  }
  const versions = new Map(outcome.entries.map((entry) => [`${entry.image}/${entry.version}`, entry]));
  for (const entry of versions.values()) {
    const text = issueText(outcome.catalog, entry, inputs.url);
    if (wants('issue')) {
      ports.log.info(await upsertIssue(api, text));
    }
    if (wants('release')) {
      ports.log.info(await noteRelease(api, text));
    }
  }
}
