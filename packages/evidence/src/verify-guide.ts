import path from 'node:path';
import type { Chain, NamedStatement } from './chain.ts';
import type { SignRequest, SignResult } from './sign-types.ts';
import { verifySections } from './verify-commands.ts';

/** `VERIFY.md`. */
export function verifyGuide(
  request: SignRequest,
  result: SignResult,
  statements: readonly NamedStatement[],
): string {
  const sections = verifySections(request, { ...result, statements });
  const lines = [
    `# Verify ${request.title}`,
    '',
    `\`${request.disk}\` is \`sha256:${result.sha256}\`.`,
    '',
    'Run the commands in the folder that holds this file; any one of the tools is enough. What lies in `signatures/keys`',
    'is there for convenience: a key or a trusted root that comes with the image proves nothing. Compare it with the one',
    "that the image's maintainers publish elsewhere.",
    '',
    ...sections.flatMap(({ tool, proves, commands, note }) => [
      `## ${tool}`,
      '',
      `Proves: ${proves}.`,
      '',
      '```sh',
      ...commands,
      '```',
      '',
      ...(note ? [note, ''] : []),
    ]),
    '## Where the image comes from',
    '',
    ...stateLines(result.chain),
    '',
    'The action `sign-image` with `mode: verify` checks all of this, and that the statements make an unbroken chain.',
  ];
  return `${lines.join('\n')}\n`;
}

/** One line a state, from the origin to the disk. */
function stateLines(chain: Chain): readonly string[] {
  return chain.links.map((link) => {
    const made =
      link.producedBy.length > 0 ? `made as ${link.producedBy.join(', ')} says` : 'the first that is known';
    const about = link.about.length > 0 ? `; more about it in ${link.about.join(', ')}` : '';
    const name = path.basename(link.artifact.name);
    return `- \`${name}\` \`sha256:${link.artifact.digest.sha256}\`: ${made}${about}`;
  });
}
