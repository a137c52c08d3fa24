import { entryBytes } from '../log/log-files.ts';
import { inclusionProof } from '../log/merkle.ts';
import { verifierText } from '../log/note.ts';
import { entrySentences, entryTitle } from '../notify/describe.ts';
import { sortedVersions, versionKey } from '../state/catalog.ts';
import type { AuditEntry } from '../state/entry.ts';
import { usableSuccessor } from '../state/guards.ts';
import type { VersionRecord } from '../state/record.ts';
import type { State } from '../state/states.ts';
import { imageFolder } from '../streams/streams.ts';
import { IMAGE_SCRIPT, STYLE } from './assets.generated.ts';
import { scoreChart } from './chart.ts';
import type { SiteContext } from './context.ts';
import { badge, bytes, escapeHtml, facts, htmlPage, htmlTable, jsonForHtml, time } from './html.ts';
import { differences, type ImageData } from './image-data.ts';
import { verifyCommands } from './verify-commands.ts';

/** Versions whose results stand beside one another. */
const MATRIX_VERSIONS = 5;
const CHART_VERSIONS = 12;

const ADVICE: Readonly<Partial<Record<State, string>>> = {
  deprecated: 'This version is deprecated: plan to move to its successor.',
  obsolete: 'This version is obsolete: start no new machines from it.',
  revoked: 'This version was revoked: replace machines that run it now.',
  deleted: 'The files of this version are deleted; its record stays.',
};

/** The page of one version. */
export function imagePage(record: VersionRecord, context: SiteContext): string {
  const state = context.states.get(versionKey(record)) ?? record.state;
  const history = sortedVersions(context.catalog).filter(
    (other) =>
      other.image === record.image &&
      other.publishedIndex !== undefined &&
      other.publishedIndex <= (record.publishedIndex ?? 0),
  );
  const title = `${record.image} ${record.version}`;
  const sections = [
    overview(record, state, context),
    verification(record, context),
    freshness(record),
    score(history),
    matrix(history.slice(-MATRIX_VERSIONS), context),
    changes(history, context),
    packages(context.data.get(versionKey(record))),
    auditLog(record, context),
  ];
  const kind = state === 'deprecated' ? 'warn' : state === 'available' ? 'pass' : 'fail';
  const body = [
    `<header class="top"><div><nav class="crumbs" aria-label="Where you are"><a href="../../../index.html">All images</a></nav><h1>${escapeHtml(title)} ${badge(state)}</h1><p>${escapeHtml(`${record.distribution} ${record.release} · ${record.architecture} · ${record.class} image`)}</p></div></header>`,
    '<main id="main">',
    ADVICE[state]
      ? `<p class="banner ${kind}">${escapeHtml(ADVICE[state] ?? '')}${record.reason ? ` ${escapeHtml(record.reason)}` : ''}</p>`
      : '',
    ...sections,
    '</main>',
    `<footer class="foot"><p>Log <code>${escapeHtml(context.keys.log.name)}</code>. This page loads nothing and counts nobody.</p></footer>`,
    `<script type="application/json" id="proof">${jsonForHtml(proofs(record, context))}</script>`,
  ].join('\n');
  return htmlPage({ title: `${title} (${state})`, body, style: STYLE, script: IMAGE_SCRIPT });
}

function section(id: string, title: string, content: string): string {
  return content === ''
    ? ''
    : `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

function link({ image, version }: { readonly image: string; readonly version: string }): string {
  return `<a href="../../${escapeHtml(image)}/${escapeHtml(version)}/index.html">${escapeHtml(`${image} ${version}`)}</a>`;
}

function overview(record: VersionRecord, state: State, context: SiteContext): string {
  const { disk, schedule, cases } = record;
  const successor =
    usableSuccessor(context.catalog, context.states, record) ??
    (record.successor && context.catalog.versions.get(versionKey(record.successor)));
  const at = (value: string | undefined): string | undefined => value && time(value);
  const file = `${context.base}${imageFolder(record)}/${disk.file}`;
  return section(
    'overview',
    'Overview',
    facts([
      ['State', `${badge(state)} since ${time(record.stateSince)}`],
      ['Published', at(record.publishedAt)],
      ['Deprecated from', at(schedule.deprecateAt)],
      ['Obsolete from', at(schedule.obsoleteAt)],
      ['Deleted from', at(schedule.deleteAt)],
      ['Successor', successor && link(successor)],
      ['Reason', record.reason && escapeHtml(record.reason)],
      ['Family', escapeHtml(record.family)],
      ['Firmware', escapeHtml(record.firmware.join(', '))],
      [
        'Disk',
        state === 'deleted'
          ? undefined
          : `<a href="${escapeHtml(file)}">${escapeHtml(disk.file)}</a>, ${bytes(disk.size)} (${bytes(disk.virtualSize)} as the guest sees it)`,
      ],
      ['SHA-256', `<code>${disk.sha256}</code>`],
      ['Hardening score', record.score === undefined ? undefined : `${record.score} %`],
      [
        'Functional cases',
        cases &&
          `${cases.passed} passed, ${cases.warned} warned, ${cases.failed} failed, ${cases.skipped} skipped, ${cases.notRun} not run`,
      ],
      ['Policy', record.policyDigest && `<code>sha256:${record.policyDigest}</code>`],
      [
        'Machine-readable',
        `<a href="${escapeHtml(context.base)}status/${escapeHtml(record.image)}.json">status</a>, <a href="${escapeHtml(context.base)}versions/${escapeHtml(record.image)}/${escapeHtml(record.version)}.json">record</a>, <a href="${escapeHtml(context.base)}feeds/atom.xml">Atom feed</a>, <a href="${escapeHtml(context.base)}feeds/feed.json">JSON feed</a>`,
      ],
    ]),
  );
}

function verification(record: VersionRecord, context: SiteContext): string {
  const blocks = verifyCommands(record, context.base).map(
    ({ title, commands }) =>
      `<div class="copy"><div class="bar"><h3 class="note">${escapeHtml(title)}</h3><button type="button" hidden aria-label="Copy: ${escapeHtml(title)}">Copy</button></div><pre tabindex="0">${escapeHtml(commands.join('\n'))}</pre></div>`,
  );
  return record.state === 'deleted'
    ? ''
    : section(
        'verify',
        'Verify it yourself',
        `<p class="note">Get the maintainers’ keys from somewhere else than here. One signature tool is enough.</p>${blocks.join('')}`,
      );
}

function freshness(record: VersionRecord): string {
  const found = record.freshness;
  if (!found) {
    return '';
  }
  const kind = { yes: 'warn', no: 'pass', unknown: 'warn' }[found.rebuildNeeded];
  const rows = found.updates.map((update) => [
    `<code>${escapeHtml(update.package)}</code>`,
    escapeHtml(update.installed),
    escapeHtml(update.fixed),
    escapeHtml(update.suite),
    escapeHtml(update.vulnerabilities.join(', ') || (update.security ? 'not named' : '–')),
  ]);
  return section(
    'updates',
    'Updates since it was built',
    `<p>${badge(kind, found.rebuildNeeded === 'no' ? 'up to date' : found.rebuildNeeded === 'yes' ? 'a new build is due' : 'not known')} checked ${time(found.checkedAt)}: ${found.securityUpdates} security and ${found.otherUpdates} other updates.</p>` +
      (found.reasons.length > 0
        ? `<ul>${found.reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>`
        : '') +
      (rows.length > 0
        ? htmlTable(
            'Packages with updates',
            ['Package', 'In the image', 'Available', 'Suite', 'Fixes'],
            rows,
            { scroll: true },
          )
        : ''),
  );
}

function score(history: readonly VersionRecord[]): string {
  const points = history.flatMap(({ version, score: value }) =>
    value === undefined ? [] : [{ label: version, value }],
  );
  return points.length === 0
    ? ''
    : section(
        'score',
        'Hardening score',
        `<div class="wide" tabindex="0" role="region" aria-label="Hardening score by version">${scoreChart(points.slice(-CHART_VERSIONS))}</div>`,
      );
}

const RESULT_KIND = { passed: 'pass', warned: 'warn', failed: 'fail', skipped: '', 'not run': '' } as const;

function matrix(history: readonly VersionRecord[], context: SiteContext): string {
  const columns = history.map((record) => ({
    record,
    cases: context.data.get(versionKey(record))?.cases ?? new Map(),
  }));
  const names = [...new Set(columns.flatMap(({ cases }) => [...cases.keys()]))].sort();
  const rows = names.map((name: string) => [
    `<code>${escapeHtml(name)}</code>`,
    ...columns.map(({ cases }) => {
      const result = cases.get(name) as keyof typeof RESULT_KIND | undefined;
      return result === undefined ? '–' : badge(RESULT_KIND[result], result);
    }),
  ]);
  return rows.length === 0
    ? ''
    : section(
        'tests',
        'Functional tests',
        htmlTable(
          'Each case and its result, by version',
          ['Case', ...history.map(({ version }) => version)],
          rows,
          { scroll: true },
        ),
      );
}

function changes(history: readonly VersionRecord[], context: SiteContext): string {
  const [before, now] = history.slice(-2);
  const [old, own] = [before, now].map((record) => record && context.data.get(versionKey(record)));
  if (!before || !now || !old || !own) {
    return '';
  }
  const { added, removed, changed } = differences(old.packages, own.packages);
  const rows = [
    ...changed.map(({ name, from, to }) => [
      `<code>${escapeHtml(name)}</code>`,
      'changed',
      escapeHtml(from),
      escapeHtml(to),
    ]),
    ...added.map(({ name, version }) => [
      `<code>${escapeHtml(name)}</code>`,
      'added',
      '',
      escapeHtml(version),
    ]),
    ...removed.map(({ name, version }) => [
      `<code>${escapeHtml(name)}</code>`,
      'removed',
      escapeHtml(version),
      '',
    ]),
  ];
  const scores =
    before.score !== undefined && now.score !== undefined
      ? `; hardening score ${before.score} % → ${now.score} %`
      : '';
  return section(
    'changes',
    `Changes since ${escapeHtml(before.version)}`,
    `<p class="note">${changed.length} ${changed.length === 1 ? 'package' : 'packages'} changed, ${added.length} added, ${removed.length} removed${scores}; disk ${bytes(before.disk.size)} → ${bytes(now.disk.size)}. Compared with ${link(before)}.</p>` +
      (rows.length > 0
        ? htmlTable('Packages that differ', ['Package', 'What', before.version, now.version], rows, {
            scroll: true,
          })
        : ''),
  );
}

function packages(data: ImageData | undefined): string {
  if (!data || data.packages.length === 0) {
    return '';
  }
  const rows = data.packages.map(({ name, version, licence, summary }) => [
    `<code>${escapeHtml(name)}</code>`,
    escapeHtml(version),
    escapeHtml(summary),
    escapeHtml(licence === 'NOASSERTION' ? 'not stated' : licence),
  ]);
  return section(
    'sbom',
    'Packages (SBOM)',
    `<div class="field" hidden><label for="package-search">Search packages</label><input id="package-search" type="search" autocomplete="off"></div><p class="note" id="package-count" aria-live="polite">${rows.length} packages</p>${htmlTable('All packages of the image', ['Package', 'Version', 'What it is', 'Licence'], rows, { id: 'packages', scroll: true })}`,
  );
}

function entriesOf(record: VersionRecord, context: SiteContext): readonly AuditEntry[] {
  return context.catalog.entries.filter((entry) => versionKey(entry) === versionKey(record));
}

function auditLog(record: VersionRecord, context: SiteContext): string {
  const items = entriesOf(record, context).map((entry) => {
    const run = entry.run === 'local' ? 'a local run' : `<a href="${escapeHtml(entry.run)}">this run</a>`;
    return `<li><p>${time(entry.time)} <span class="badge" data-entry="${entry.seq}">not checked</span></p><p><b>${escapeHtml(entryTitle(entry))}</b> by ${escapeHtml(entry.actor)} in ${run}</p>${entrySentences(
      entry,
    )
      .map((line) => `<p class="note">${escapeHtml(line)}</p>`)
      .join(
        '',
      )}<details><summary>Entry ${entry.seq}</summary><pre tabindex="0">${escapeHtml(JSON.stringify(entry, null, 2))}</pre></details></li>`;
  });
  return section(
    'log',
    'Audit log',
    `<p class="note">Everything that was done to this version. Each entry carries a proof that it stands in the signed log, where nothing can be changed or taken out afterwards.</p><p class="banner calm" id="proof-result" role="status">Not checked yet.</p><div id="proof-form" class="field" hidden><label for="log-key">Key of the log (compare it with the one that you know)</label><input id="log-key" spellcheck="false" autocomplete="off" value="${escapeHtml(verifierText(context.keys.log))}"><p><button type="button" id="proof-check">Check again</button></p></div><ol class="log">${items.join('')}</ol>`,
  );
}

function proofs(record: VersionRecord, context: SiteContext): unknown {
  return {
    checkpoint: context.checkpoint,
    entries: entriesOf(record, context).map((entry) => ({
      index: entry.seq,
      text: entryBytes(entry).toString('utf8'),
      path: inclusionProof(context.leaves, entry.seq).map((hash) => hash.toString('base64')),
    })),
  };
}
