import type { CaseResult, FvtResult, Outcome } from '../results.ts';
import { count, failureOf } from '../results.ts';
import { STYLE } from './html-style.ts';

const LABELS: Readonly<Record<Outcome, string>> = {
  pass: 'passed',
  fail: 'failed',
  error: 'error',
  flaky: 'flaky',
  skip: 'skipped',
  'not-run': 'not run',
};
const ORDER: readonly Outcome[] = ['fail', 'error', 'flaky', 'skip', 'not-run', 'pass'];

/** What the page shows beside the result; file names are relative to the page. */
export interface HtmlExtras {
  readonly consoleLog: string;
  readonly consoleTail: string;
  readonly journal: string;
  /** Only after a failure. */
  readonly screenshot?: string;
}

/** A page that stands alone: no script, no outside resource, and a policy that says so. */
export function htmlReport(result: FvtResult, extras: HtmlExtras): string {
  const failure = failureOf(result);
  const title = `${result.image.name} ${result.image.version}: functional tests`;
  const cases = [...result.cases].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
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
${fact('Firmware', result.firmware)}
${fact('Run', `${result.startedOn.toISOString()} to ${result.finishedOn.toISOString()}`)}
</dl>
<ul class="counts">
${ORDER.map((outcome) => `<li class="${outcome}"><b>${count(result.cases, outcome)}</b> ${LABELS[outcome]}</li>`).join('\n')}
</ul>
<h2>Cases</h2>
<table class="cases">
<thead><tr><th>Outcome</th><th>Case</th><th>What was seen</th></tr></thead>
<tbody>
${cases.map(row).join('\n')}
</tbody>
</table>
<h2>Boot</h2>
${timeline(result)}
${result.consoleFindings.length > 0 ? `<h3>Signs of trouble on the console</h3><pre>${html(result.consoleFindings.map((finding) => `${finding.kind}: ${finding.line}`).join('\n'))}</pre>` : '<p>No sign of trouble on the console (panic, oops, out of memory, failed mounts).</p>'}
${result.blocked.length > 0 ? `<h3>Refused by the test network</h3><pre>${html(result.blocked.map((flow) => `${flow.protocol} ${flow.target}:${flow.port}`).join('\n'))}</pre>` : ''}
${extras.screenshot ? `<h3>Screen at the end</h3><img alt="The guest's screen at the end" src="${html(extras.screenshot)}">` : ''}
<h3>Last lines of the console</h3>
<p><a href="${html(extras.consoleLog)}">Whole console log</a></p>
<pre>${html(extras.consoleTail || '(nothing)')}</pre>
${extras.journal ? `<h3>Errors in the journal</h3><pre>${html(extras.journal)}</pre>` : ''}
<h2>The same by hand</h2>
<pre>${html(result.reproduce)}</pre>
</main>
</body>
</html>
`;
}

function row(item: CaseResult): string {
  const told =
    item.expected === undefined
      ? html(item.message)
      : `<dl><dt>expected</dt><dd>${html(item.expected)}</dd><dt>actual</dt><dd>${html(item.actual ?? '')}</dd>${item.message ? `<dt>evidence</dt><dd>${html(item.message)}</dd>` : ''}</dl>`;
  return `<tr class="${item.outcome}"><td><span class="badge">${LABELS[item.outcome]}</span></td><td><code>${html(item.id)}</code><br>${html(item.title)}<br><small>${html(item.why)}</small></td><td>${told}</td></tr>`;
}

function timeline(result: FvtResult): string {
  const end = result.stages.at(-1)?.seconds ?? 0;
  if (end === 0) {
    return '<p>The guest passed no stage.</p>';
  }
  let before = 0;
  const bars = result.stages.map(({ stage, seconds }) => {
    const left = (100 * before) / end;
    const width = (100 * (seconds - before)) / end;
    const bar = `<tr><th>${html(stage)}</th><td><div style="margin-left:${left.toFixed(2)}%;width:${Math.max(width, 0.3).toFixed(2)}%"></div></td><td>${seconds.toFixed(1)} s</td></tr>`;
    before = seconds;
    return bar;
  });
  return `<table class="timeline"><tbody>${bars.join('\n')}</tbody></table>`;
}

function fact(name: string, value: string): string {
  return `<div><dt>${html(name)}</dt><dd>${html(value)}</dd></div>`;
}

/**
 * Text for HTML; control characters and those that change the direction of text are replaced. What a runner would
 * read as a command, were the page printed on its log, is written with a character reference: it reads the same.
 */
export function html(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
    .replace(/##\[/g, '&#35;#[')
    .replace(/::/g, '&#58;:');
}
