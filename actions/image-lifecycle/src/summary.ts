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

/** What changed, why, and where it stands in the log. */
export function changeSummary(command: string, outcome: Outcome, dryRun: boolean): string {
  const { entries, notes, catalog } = outcome;
  const [first] = entries;
  const title =
    first && entries.every(({ image, version }) => image === first.image && version === first.version)
      ? `${first.image} ${first.version}: ${SHOWN[entries.at(-1)?.to ?? ''] ?? ''}`
      : `${command}: ${entries.length} transitions`;
  return [
    `## ${escapeMarkdown(title)}${dryRun ? ' (dry run: nothing was changed)' : ''}`,
    '',
    ...(entries.length === 0 ? ['Nothing had to be done.', ''] : []),
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
    '### The family afterwards',
    '',
    versionTable(
      catalog,
      new Set(entries.map(({ image, version }) => catalog.versions.get(`${image}/${version}`)?.family)),
    ),
    '',
    ...(outcome.checkpoint && !dryRun
      ? ['The audit log is now:', '', '```', outcome.checkpoint.trim(), '```', '']
      : []),
  ].join('\n');
}

function versionTable(catalog: Catalog, families: ReadonlySet<string | undefined>): string {
  const rows = sortedVersions(catalog)
    .filter((record) => families.size === 0 || families.has(record.family))
    .map((record) => [
      escapeMarkdown(`${record.image} ${record.version}`),
      SHOWN[record.state] ?? '',
      escapeMarkdown(record.stateSince),
      escapeMarkdown(record.schedule.deprecateAt ?? ''),
      escapeMarkdown(record.schedule.obsoleteAt ?? ''),
      record.successor ? escapeMarkdown(`${record.successor.image} ${record.successor.version}`) : '',
    ]);
  return table(
    ['version', 'state', 'since', 'deprecated from', 'obsolete from', 'successor'],
    rows.slice(-30),
  );
}

/** Whether images must be built again, and what is due. */
export function checkSummary(checked: readonly CheckedVersion[], overall: string): string {
  return [
    `## Rebuild needed: ${overall}`,
    '',
    table(
      ['image', 'rebuild', 'security updates', 'other updates', 'why'],
      checked.map(({ record, freshness }) => [
        escapeMarkdown(`${record.image} ${record.version}`),
        freshness.rebuildNeeded,
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
                .slice(0, 60)
                .map((update) => [
                  code(update.package),
                  escapeMarkdown(update.installed),
                  escapeMarkdown(update.fixed),
                  escapeMarkdown(update.suite),
                  escapeMarkdown(update.vulnerabilities.join(', ') || (update.security ? 'not named' : '')),
                ]),
            ),
            '',
          ],
    ),
  ].join('\n');
}

export function verifySummary(name: string, { catalog, files, problems, checkpoint }: Verification): string {
  return [
    `## Catalog ${problems.length === 0 ? 'verified' : 'not verified'}`,
    '',
    problems.length === 0
      ? `All ${files} files of ${code(name)} are what the ${catalog.entries.length} entries of its audit log lead to, byte for byte.`
      : `${code(name)} is not what its audit log leads to:`,
    '',
    ...problems.slice(0, 100).map((problem) => `- ${escapeMarkdown(problem)}`),
    '',
    ...(checkpoint ? ['```', checkpoint.trim(), '```', ''] : []),
  ].join('\n');
}

export function siteSummary(catalog: Catalog, files: number): string {
  return [
    `## Site of ${catalog.versions.size} versions`,
    '',
    `${files} files; they open from disk and ask for nothing else.`,
    '',
    versionTable(catalog, new Set()),
    '',
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
