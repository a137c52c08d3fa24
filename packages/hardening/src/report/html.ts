import { assessControls } from '../controls/assess.ts';
import {
  allRules,
  fixedRules,
  type HardeningOutcome,
  inWords,
  remainingRules,
  waivedRules,
} from '../outcome.ts';
import type { RuleResult } from '../scap/results.ts';
import { STYLE } from './style.ts';
import { trendChart } from './trend.ts';

/** `harden.html`: one page without scripts or outside resources; all outside text is escaped. */
export function hardeningHtml(outcome: HardeningOutcome): string {
  const { after, before, image } = outcome;
  const remaining = remainingRules(outcome);
  const waived = waivedRules(outcome);
  const fixed = fixedRules(outcome);
  const passed = allRules(outcome).filter((rule) => rule.outcome === 'pass');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Hardening of ${escapeHtml(image.name)}: ${after.score.score} %</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="kind">Hardening report</p>
<h1>${escapeHtml(image.name)}</h1>
<p>${escapeHtml(outcome.profile)} · ${escapeHtml(outcome.content.origin)} · ${escapeHtml(outcome.finishedOn.toISOString().slice(0, 16).replace('T', ' '))} UTC</p>
</header>
<main>
<section class="score">
<div class="big"><strong>${after.score.score} %</strong><span>score${outcome.mode === 'apply' ? `, from ${before.score.score} %` : ''}</span></div>
<div class="bar" role="img" aria-label="${after.score.score} percent"><i style="width:${after.score.score}%"></i></div>
<dl>
${tile('Passed', after.score.passed, 'good')}${tile('Failed', after.score.failed, 'bad')}${tile('Not judged', after.score.unknown, 'unsure')}${tile('Waived', after.score.waived, 'calm')}${tile('Not applicable', after.score.notApplicable, 'calm')}${tile('Fixed now', fixed.length, 'good')}
</dl>
<p class="note">Score: passed / (passed + failed + not judged); the ${after.score.waived} waived rules are left out of both. Counting them as not passed, it is <b>${after.score.raw} %</b>. Kernel settings and temporary file systems are judged as the image sets them at boot; rules that need running services are “not judged” here.</p>
</section>
${compared(outcome)}
${section('Still open', `${remaining.length} rules do not pass and nobody accepted that.`, ruleTable(remaining))}
${section(
  'Waived',
  `${waived.length} findings are accepted, each by someone, for a reason, until a day.`,
  table(
    ['Rule', 'Severity', 'Reason', 'Owner', 'Until'],
    waived.map(({ rule, waiver }) => [
      nameOf(rule),
      severity(rule),
      escapeHtml(waiver.reason),
      escapeHtml(waiver.owner),
      escapeHtml(waiver.expires),
    ]),
  ),
)}
${section('Fixed', `${fixed.length} rules did not pass before and pass now.`, ruleTable(fixed), fixed.length > 20)}
${section('Passed', `${passed.length} rules pass.`, ruleTable(passed), true)}
${controls(outcome)}
<section>
<h2>How this was measured</h2>
<dl class="facts">
${fact('Mode', outcome.mode)}${fact('Content', `${outcome.content.origin}, benchmark ${outcome.content.version}`)}${fact('Content digest', `sha256:${outcome.content.sha256}`)}${fact('Tailoring', outcome.tailoring ? `${outcome.tailoring.name}, sha256:${outcome.tailoring.sha256}` : 'none')}${fact('Scanner', `OpenSCAP ${outcome.scanner}, inside the image`)}${fact('Disk before', `sha256:${outcome.digests.before}`)}${fact('Disk after', `sha256:${outcome.digests.after}`)}
</dl>
</section>
</main>
</body>
</html>
`;
}

/** Since an earlier result: the trend, what got worse, what got better. */
function compared({ comparison, after, finishedOn }: HardeningOutcome): string {
  if (!comparison) {
    return '';
  }
  const { regressions, improvements, trend, score } = comparison;
  const points = [...trend, { finishedOn: finishedOn.toISOString(), score: after.score.score }];
  const rows = (list: typeof regressions) =>
    table(
      ['Rule', 'Severity', 'Before', 'Now'],
      list.map(({ rule, before }) => [nameOf(rule), severity(rule), before, rule.outcome]),
    );
  return `<section><h2>Since ${escapeHtml(comparison.finishedOn.slice(0, 10))}</h2>
<p>${score} % then, ${after.score.score} % now: ${improvements.length} rules are better, ${regressions.length} are worse.</p>
${trendChart(points)}
${regressions.length > 0 ? `<h3>Worse</h3>${rows(regressions)}` : ''}
${improvements.length > 0 ? `<details><summary><h3>Better</h3></summary>${rows(improvements)}</details>` : ''}
</section>`;
}

/** What the result says about families of controls, for an assessment of compliance. */
function controls({ after, waivers }: HardeningOutcome): string {
  const frameworks = assessControls(after.rules, new Set(waivers.keys()));
  if (frameworks.length === 0) {
    return '';
  }
  const parts = frameworks.map(({ name, families }) => {
    const rows = families.map(({ family, title, passed, failed, unknown, waived }) => [
      `<b>${escapeHtml(family)}</b> ${escapeHtml(title)}`,
      share(passed, passed + failed + unknown),
      ...[passed, failed, unknown, waived].map(String),
    ]);
    const head = ['Family', 'Met', 'Passed', 'Failed', 'Not judged', 'Waived'];
    return `<details><summary><h3>${escapeHtml(name)}</h3></summary>${table(head, rows)}</details>`;
  });
  return `<section><h2>By control framework</h2>
<p>From the references that each rule carries; families without a rule in this profile are not shown: nothing is known of them. GDPR names no controls: its rows follow from those of NIST SP 800-53.</p>
${parts.join('\n')}</section>`;
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : Math.floor((part / whole) * 100);
  return whole === 0
    ? 'all waived'
    : `<span class="meter" role="img" aria-label="${percent} percent"><i style="width:${percent}%"></i></span> ${percent} %`;
}

function section(title: string, lead: string, body: string, folded = false): string {
  const inner = `<p>${lead}</p>\n${body}`;
  return folded
    ? `<section><details><summary><h2>${title}</h2></summary>${inner}</details></section>`
    : `<section><h2>${title}</h2>${inner}</section>`;
}

function tile(label: string, value: number, tone: string): string {
  return `<div class="${tone}"><dt>${label}</dt><dd>${value}</dd></div>`;
}

function fact(label: string, value: string): string {
  return `<dt>${label}</dt><dd>${escapeHtml(value)}</dd>`;
}

function ruleTable(rules: readonly RuleResult[]): string {
  return table(
    ['Rule', 'Severity', 'Result'],
    rules.map((rule) => [nameOf(rule), severity(rule), escapeHtml(inWords(rule.outcome))]),
  );
}

/** More findings than this of one rule tell nothing new. */
const MAX_FINDINGS = 20;

function nameOf(rule: RuleResult): string {
  const findings = rule.findings ?? [];
  const shown = findings.slice(0, MAX_FINDINGS).map((finding) => `<li>${escapeHtml(finding)}</li>`);
  const more = findings.length > shown.length ? `<li>and ${findings.length - shown.length} more</li>` : '';
  const list = shown.length > 0 ? `<ul>${shown.join('')}${more}</ul>` : '';
  return `<b>${escapeHtml(rule.title || rule.rule)}</b><code>${escapeHtml(rule.rule)}</code>${list}`;
}

function severity(rule: RuleResult): string {
  return `<span class="severity ${rule.severity}">${rule.severity}</span>`;
}

/** Cells are HTML already. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) {
    return '';
  }
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<div class="wide"><table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
