import { type Catalog, sortedVersions, versionKey } from '../state/catalog.ts';
import { effectiveStates } from '../state/effective.ts';
import type { VersionRecord } from '../state/record.ts';
import type { State } from '../state/states.ts';
import { LIST_SCRIPT, STYLE } from './assets.generated.ts';
import { badge, escapeHtml, htmlPage, time } from './html.ts';

const COLUMNS = ['Image', 'State', 'Class', 'System', 'Architecture', 'Published', 'Retires', 'Score'];

/**
 * The list of all images, newest version first, with filters. Roles are named, because a narrow screen shows each row as
 * a card, and what is no table to a browser's layout may be none to a reader of screens either.
 */
export function listPage(catalog: Catalog, origin: string, now: Date): string {
  const { states } = effectiveStates(catalog, now);
  const records = sortedVersions(catalog)
    .filter(({ state }) => state !== 'draft')
    .toReversed()
    .sort((a, b) => (a.image < b.image ? -1 : a.image > b.image ? 1 : 0));
  const stateOf = (record: VersionRecord): State => states.get(versionKey(record)) ?? record.state;
  const count = (state: State): number => records.filter((record) => stateOf(record) === state).length;
  const body = [
    `<header class="top"><div><h1>Cloud images</h1><p>${escapeHtml(origin)} · as of ${time(asOf(now))}</p></div></header>`,
    '<main id="main">',
    `<ul class="counts">${(['available', 'deprecated', 'obsolete', 'revoked'] as const)
      .map((state) => `<li><strong>${count(state)}</strong>${state}</li>`)
      .join('')}</ul>`,
    '<section aria-labelledby="images"><h2 id="images">Images</h2>',
    '<p class="note">Use an <b>available</b> version. A <b>deprecated</b> one still works and has a successor; do not start new machines from an <b>obsolete</b> one; replace a <b>revoked</b> one now.</p>',
    filters(records, stateOf),
    '<p class="note" id="shown" aria-live="polite"></p>',
    `<div class="wide" tabindex="0" role="region" aria-label="All versions of all images"><table class="cards" role="table"><thead role="rowgroup"><tr role="row">${COLUMNS.map((name) => `<th scope="col" role="columnheader">${name}</th>`).join('')}</tr></thead><tbody role="rowgroup">`,
    ...records.map((record) => row(record, stateOf(record))),
    '</tbody></table></div>',
    '</section>',
    '</main>',
    `<footer class="foot"><p>Every change of this catalog stands in a public audit log with ${catalog.entries.length} entries; each image’s page shows its part and checks it in your browser. These pages load nothing and count nobody.</p></footer>`,
  ].join('\n');
  return htmlPage({ title: `Cloud images of ${origin}`, body, style: STYLE, script: LIST_SCRIPT });
}

function asOf(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

function filters(records: readonly VersionRecord[], stateOf: (record: VersionRecord) => State): string {
  return [
    '<form class="filters" hidden>',
    '<div><label for="by-text">Search</label><input id="by-text" name="text" type="search" autocomplete="off"></div>',
    select(
      'class',
      'Class',
      records.map((record) => record.class),
    ),
    select('state', 'State', records.map(stateOf)),
    select('distribution', 'Distribution', records.map(systemOf)),
    select(
      'architecture',
      'Architecture',
      records.map(({ architecture }) => architecture),
    ),
    '<div><button type="reset">Show all</button></div>',
    '</form>',
  ].join('');
}

function select(name: string, label: string, values: readonly string[]): string {
  const options = [...new Set(values)]
    .sort()
    .map((value) => `<option value="${escapeHtml(value)}">${escapeHtml(value)}</option>`);
  return `<div><label for="by-${name}">${label}</label><select id="by-${name}" name="${name}"><option value="">all</option>${options.join('')}</select></div>`;
}

function systemOf({ distribution, release }: VersionRecord): string {
  return `${distribution} ${release}`;
}

function row(record: VersionRecord, state: State): string {
  const { image, version, architecture, schedule, publishedAt, score } = record;
  const retires =
    schedule.deprecateAt && state === 'available'
      ? schedule.deprecateAt
      : state === 'deprecated'
        ? schedule.obsoleteAt
        : undefined;
  const cells = [
    badge(state),
    record.class,
    escapeHtml(systemOf(record)),
    architecture,
    publishedAt ? time(publishedAt.slice(0, 10)) : '',
    retires ? time(retires) : '–',
    score === undefined ? '–' : `${score} %`,
  ];
  const data = { state, class: record.class, distribution: systemOf(record), architecture };
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${escapeHtml(value)}"`);
  return `<tr role="row" ${attributes.join(' ')}><th scope="row" role="rowheader"><a href="images/${escapeHtml(image)}/${escapeHtml(version)}/index.html">${escapeHtml(`${image} ${version}`)}</a></th>${cells.map((cell, index) => `<td role="cell" data-label="${COLUMNS[index + 1]}">${cell}</td>`).join('')}</tr>`;
}
