import type { CaseResult, FvtResult, Outcome } from '../results.ts';
import { count, failureOf, SEVERITY } from '../results.ts';
import { machines } from './html-machines.ts';
import { STYLE } from './html-style.ts';
import { html } from './html-text.ts';

const LABELS: Readonly<Record<Outcome, string>> = {
  pass: 'passed',
  fail: 'failed',
  error: 'error',
  flaky: 'flaky',
  skip: 'skipped',
  'not-run': 'not run',
};

/** What the page shows beside the result; file names are relative to the page. */
export interface HtmlExtras {
  readonly consoles: readonly string[];
  readonly journal: string;
  /** Only after a failure. */
  readonly screenshots: readonly string[];
}

/** A page that stands alone: no script, no outside resource, and a policy that says so. */
export function htmlReport(result: FvtResult, extras: HtmlExtras): string {
  const failure = failureOf(result);
  const title = `${result.image.name} ${result.image.version}: functional tests`;
  const cases = [...result.cases].sort((a, b) => SEVERITY.indexOf(a.outcome) - SEVERITY.indexOf(b.outcome));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:">
<title>${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="${failure === undefined ? 'good' : 'bad'}">
<h1>${html(title)}</h1>
<p class="verdict">${failure === undefined ? 'Passed' : 'Failed'}</p>
${failure === undefined ? '' : `<p>${html(failure)}</p>`}
</header>
<main>
<dl class="facts">
${fact('Image digest', `sha256:${result.image.sha256}`)}
${fact('Accelerator', `${result.accelerator.name} (${result.accelerator.reason})`)}
${fact('Firmware', result.runs.map((run) => run.firmware).join(', '))}
${fact('Run', `${result.startedOn.toISOString()} to ${result.finishedOn.toISOString()}`)}
${result.shard ? fact('Shard', result.shard) : ''}
</dl>
<ul class="counts">
${SEVERITY.map((outcome) => `<li class="${outcome}"><b>${count(result.cases, outcome)}</b> ${LABELS[outcome]}</li>`).join('\n')}
</ul>
${differences(result)}
<h2>Cases</h2>
${caseTable(result, cases)}
${machines(result)}
${extras.screenshots.length > 0 ? `<h2>Screens at the end</h2>${extras.screenshots.map(screen).join('\n')}` : ''}
<h2>Consoles</h2>
<p>${extras.consoles.map((file) => `<a href="${html(file)}">${html(file.replace(/^.*\//, ''))}</a>`).join(' · ') || 'None.'}</p>
${extras.journal ? `<h3>Errors in the journal</h3><pre>${html(extras.journal)}</pre>` : ''}
<h2>The same by hand</h2>
<pre>${html(result.reproduce)}</pre>
</main>
</body>
</html>
`;
}

/** One column of outcomes for each firmware, where there are several. */
function caseTable(result: FvtResult, cases: readonly CaseResult[]): string {
  const several = result.runs.length > 1;
  const firmwares = several ? result.runs.map((run) => `<th>${html(run.firmware)}</th>`).join('') : '';
  return `<table class="cases">
<thead><tr>${several ? firmwares : '<th>Outcome</th>'}<th>Case</th><th>What was seen</th></tr></thead>
<tbody>
${cases.map((item) => row(result, item, several)).join('\n')}
</tbody>
</table>`;
}

function row(result: FvtResult, item: CaseResult, several: boolean): string {
  const outcomes = several
    ? result.runs.map((run) => run.cases.find(({ id }) => id === item.id)?.outcome ?? 'not-run')
    : [item.outcome];
  const badges = outcomes.map(
    (outcome) => `<td class="${outcome}"><span class="badge">${LABELS[outcome]}</span></td>`,
  );
  const excused = item.quarantine
    ? `<p class="quarantine">In quarantine until ${html(item.quarantine.expires)}: ${html(item.quarantine.reason)} (<a href="${html(item.quarantine.tracker)}">tracker</a>)</p>`
    : '';
  return `<tr class="${item.outcome}">${badges.join('')}<td><code>${html(item.id)}</code><br>${html(item.title)}<br><small>${html(item.why)}</small></td><td>${told(item)}${excused}</td></tr>`;
}

function told(item: CaseResult): string {
  if (item.expected === undefined) {
    return html(item.message);
  }
  const evidence = item.message ? `<dt>evidence</dt><dd>${html(item.message)}</dd>` : '';
  return `<dl><dt>expected</dt><dd>${html(item.expected)}</dd><dt>actual</dt><dd>${html(item.actual ?? '')}</dd>${evidence}</dl>`;
}

function differences({ differences: found }: FvtResult): string {
  if (!found) {
    return '';
  }
  const rows = found.map(
    ({ id, before, now }) =>
      `<tr><td><code>${html(id)}</code></td><td>${html(before)}</td><td>${html(now)}</td></tr>`,
  );
  return `<h2>Against the run before</h2>
${
  rows.length === 0
    ? '<p>Every case came out as before.</p>'
    : `<table class="cases"><thead><tr><th>Case</th><th>Before</th><th>Now</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}`;
}

function screen(file: string): string {
  const name = file.replace(/^.*\//, '').replace(/\.png$/, '');
  return `<figure><img alt="Screen of ${html(name)} at the end" src="${html(file)}"><figcaption>${html(name)}</figcaption></figure>`;
}

function fact(name: string, value: string): string {
  return `<div><dt>${html(name)}</dt><dd>${html(value)}</dd></div>`;
}
