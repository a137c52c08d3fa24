import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import {
  type Catalog,
  type CheckedVersion,
  entrySentences,
  type Outcome,
  sortedVersions,
  type Verification,
} from '@golden-image/catalog';

const SHOWN: Readonly<Record<string, string>> = {
  draft: '⚪ draft',
  available: '🟢 available',
  deprecated: '🟡 deprecated',
  obsolete: '🟠 obsolete',
  revoked: '🔴 revoked',
  deleted: '⚫ deleted',
};

const SHOWN_VERSIONS = 30;
const SHOWN_UPDATES = 60;

/** `2026-11-24`, `2026-11-24 17:00`: UTC, as everything here. */
function time(value: string | undefined): string {
  return escapeMarkdown(
    (value ?? '')
      .replace('T00:00:00Z', '')
      .replace('T', ' ')
      .replace(/:\d\dZ$/, ''),
  );
}

function more(all: number, shown: number, what: string): readonly string[] {
  return all > shown ? [`And ${all - shown} more ${what}.`, ''] : [];
}

/** What changed, why, and where it stands in the log. */
export function changeSummary(command: string, outcome: Outcome, dryRun: boolean): string {
  const { entries, notes, catalog } = outcome;
  const [first] = entries;
  const title =
    first && entries.every(({ image, version }) => image === first.image && version === first.version)
      ? `${first.image} ${first.version}: ${SHOWN[entries.at(-1)?.to ?? ''] ?? ''}`
      : entries.length === 0
        ? `${command}: nothing had to be done`
        : `${command}: ${entries.length} transitions`;
  return [
    `## ${escapeMarkdown(title)}${dryRun ? ' (dry run: nothing was changed)' : ''}`,
    '',
    ...(entries.length > 0
      ? [
          table(
            ['image', 'from', 'to', 'what is said of it', 'entry'],
            entries.map((entry) => [
              escapeMarkdown(`${entry.image} ${entry.version}`),
              entry.from ? (SHOWN[entry.from] ?? '') : 'new',
              SHOWN[entry.to] ?? '',
              escapeMarkdown(entrySentences(entry).join(' ')),
              String(entry.seq),
            ]),
          ),
          '',
        ]
      : []),
    ...notes.map((note) => `- ${escapeMarkdown(note)}`),
    '',
    `### The family ${dryRun && entries.length > 0 ? 'would be' : 'now'}`,
    '',
    ...versionTable(
      catalog,
      new Set(entries.map(({ image, version }) => catalog.versions.get(`${image}/${version}`)?.family)),
    ),
    ...(outcome.checkpoint && !dryRun
      ? ['The audit log is now:', '', '```', outcome.checkpoint.trim(), '```', '']
      : []),
  ].join('\n');
}

function versionTable(catalog: Catalog, families: ReadonlySet<string | undefined>): readonly string[] {
  const records = sortedVersions(catalog).filter(
    (record) => families.size === 0 || families.has(record.family),
  );
  const rows = records
    .slice(-SHOWN_VERSIONS)
    .map((record) => [
      escapeMarkdown(`${record.image} ${record.version}`),
      SHOWN[record.state] ?? '',
      time(record.stateSince),
      time(record.schedule.deprecateAt),
      time(record.schedule.obsoleteAt),
      record.successor ? escapeMarkdown(`${record.successor.image} ${record.successor.version}`) : '',
    ]);
  return [
    table(['version', 'state', 'since (UTC)', 'deprecated from', 'obsolete from', 'successor'], rows),
    '',
    ...more(records.length, SHOWN_VERSIONS, 'versions'),
  ];
}

const NEEDED = { yes: '🟡 yes', no: '🟢 no', unknown: '🔴 unknown' } as const;

/** Whether images must be built again, and what is due. */
export function checkSummary(checked: readonly CheckedVersion[], overall: keyof typeof NEEDED): string {
  if (checked.length === 0) {
    return `## Rebuild needed: ${NEEDED[overall]}\n\nNo available image to check is in the catalog.\n`;
  }
  return [
    `## Rebuild needed: ${NEEDED[overall]}`,
    '',
    table(
      ['image', 'rebuild', 'security updates', 'other updates', 'why'],
      checked.map(({ record, freshness }) => [
        escapeMarkdown(`${record.image} ${record.version}`),
        NEEDED[freshness.rebuildNeeded],
        String(freshness.securityUpdates),
        String(freshness.otherUpdates),
        escapeMarkdown(freshness.reasons.join('; ')),
      ]),
    ),
    '',
    ...checked.flatMap(({ record, freshness }) =>
      freshness.updates.length === 0
        ? []
        : [
            `### ${escapeMarkdown(`${record.image} ${record.version}`)}`,
            '',
            table(
              ['package', 'installed', 'available', 'suite', 'fixes'],
              freshness.updates
                .slice(0, SHOWN_UPDATES)
                .map((update) => [
                  code(update.package),
                  escapeMarkdown(update.installed),
                  escapeMarkdown(update.fixed),
                  escapeMarkdown(update.suite),
                  escapeMarkdown(update.vulnerabilities.join(', ') || (update.security ? 'not named' : '')),
                ]),
            ),
            '',
            ...more(freshness.updates.length, SHOWN_UPDATES, 'packages with updates'),
          ],
    ),
  ].join('\n');
}

export function verifySummary(name: string, { catalog, files, problems, checkpoint }: Verification): string {
  return [
    `## ${problems.length === 0 ? '🟢 Catalog verified' : '🔴 Catalog not verified'}`,
    '',
    problems.length === 0
      ? `All ${files} files of ${code(name)} are what the ${catalog.entries.length} entries of its audit log lead to, byte for byte.`
      : `${code(name)} is not what its audit log leads to:`,
    '',
    ...problems.slice(0, 100).map((problem) => `- ${escapeMarkdown(problem)}`),
    '',
    ...more(problems.length, 100, 'files'),
    ...(problems.length > 0 ? ['Publish nothing on top of it: bring back the last good state.', ''] : []),
    ...(checkpoint ? ['```', checkpoint.trim(), '```', ''] : []),
  ].join('\n');
}

export function siteSummary(catalog: Catalog, files: number): string {
  return [
    `## Site of ${catalog.versions.size} versions`,
    '',
    `${files} files; they open from disk and ask for nothing else.`,
    '',
    ...versionTable(catalog, new Set()),
  ].join('\n');
}

export function exportSummary(files: readonly string[]): string {
  return [
    '## Commands for clouds',
    '',
    'Nothing was run. Review them, then run what you need:',
    '',
    ...files.map((file) => `- ${code(file)}`),
    '',
  ].join('\n');
}
