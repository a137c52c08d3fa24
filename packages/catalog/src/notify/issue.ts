import type { UserMessage } from '@golden-image/github/lifecycle';
import { type Catalog, versionKey } from '../state/catalog.ts';
import { effectiveStates } from '../state/effective.ts';
import type { AuditEntry } from '../state/entry.ts';
import { usableSuccessor } from '../state/guards.ts';
import { entrySentences } from './describe.ts';

/** The text about a version after an entry of the log; outside text in it is escaped. */
export function issueText(catalog: Catalog, entry: AuditEntry, url: string | undefined): UserMessage {
  const record = catalog.versions.get(versionKey(entry));
  const state = record?.state ?? entry.to;
  const { states } = effectiveStates(catalog, new Date(entry.time));
  const successor = record && usableSuccessor(catalog, states, record);
  const name = `${entry.image} ${entry.version}`;
  const action = {
    draft: 'It is a draft and not available yet.',
    available: 'It can be used.',
    deprecated: 'It still works: plan to move to its successor.',
    obsolete: 'Start no new machines from it.',
    revoked: '**Replace machines that run it now.**',
    deleted: 'Its files are deleted.',
  }[state];
  const history = catalog.entries
    .filter((other) => versionKey(other) === versionKey(entry) && other.type !== 'check')
    .map((other) => `- ${other.time}: ${other.type} — ${plain(entrySentences(other).join(' ') || other.to)}`);
  return {
    title: `Image ${name}: ${state}`,
    body: [
      `The image **${plain(name)}** is **${state}** since ${record?.stateSince ?? entry.time}. ${action}`,
      '',
      `- disk: \`sha256:${entry.digest}\``,
      ...(record?.reason ? [`- reason: ${plain(record.reason)}`] : []),
      ...(successor ? [`- successor: **${plain(`${successor.image} ${successor.version}`)}**`] : []),
      ...(record?.schedule.deprecateAt ? [`- deprecated from ${record.schedule.deprecateAt}`] : []),
      ...(record?.schedule.obsoleteAt ? [`- obsolete from ${record.schedule.obsoleteAt}`] : []),
      ...(url ? [`- page: ${url.replace(/\/$/, '')}/site/images/${versionKey(entry)}/index.html`] : []),
      '',
      'What happened:',
      '',
      ...history.slice(-20),
    ].join('\n'),
    marker: `<!-- image-lifecycle: ${versionKey(entry)} -->`,
    issueState: state === 'deprecated' || state === 'obsolete' || state === 'revoked' ? 'open' : 'closed',
    tag: `${entry.image}-${entry.version}`,
  };
}

/** Outside text in GitHub's Markdown: no markup, mention or link of it survives. */
function plain(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/@/g, '@\u200b')
    .replace(/:\/\//g, ':\u200b//');
}
