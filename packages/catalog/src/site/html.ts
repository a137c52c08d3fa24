import { createHash } from 'node:crypto';

/** Outside text for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
      '\ufffd',
    )
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** A value for a script of the type `application/json`: nothing in it can end the element. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

export interface Page {
  readonly title: string;
  /** HTML. */
  readonly body: string;
  readonly style: string;
  readonly script: string | undefined;
}

/**
 * A page that stands on its own: its style and script are in it, and its policy forbids everything else, so that
 * opening it tells nobody anything.
 */
export function htmlPage({ title, body, style, script }: Page): string {
  const scripts = script === undefined ? "'none'" : source(script);
  const policy = `default-src 'none'; style-src ${source(style)}; script-src ${scripts}; img-src data:; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#main">Skip to the content</a>',
    body,
    ...(script === undefined ? [] : [`<script>${script}</script>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What a content security policy allows: exactly this text. */
function source(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** A definition list of facts; values are HTML. */
export function facts(rows: readonly (readonly [string, string | undefined])[]): string {
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== '');
  return `<dl class="facts">${shown.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

/** A table that scrolls by itself where it is too wide; cells are HTML, the first of each row heads it. */
export function htmlTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: { readonly id?: string; readonly scroll?: boolean } = {},
): string {
  const id = options.id ? ` id="${options.id}"` : '';
  const body = rows
    .map(
      ([first = '', ...cells]) =>
        `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="wide${options.scroll ? ' scroll' : ''}" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table${id}><caption>${escapeHtml(caption)}</caption><thead><tr>${head
    .map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
    .join('')}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function badge(kind: string, text: string = kind): string {
  return `<span class="badge ${kind}">${escapeHtml(text)}</span>`;
}

/** A time for people, with the exact one for machines. */
export function time(value: string): string {
  return `<time datetime="${escapeHtml(value)}">${escapeHtml(
    value
      .replace('T00:00:00Z', '')
      .replace('T', ' ')
      .replace(/:\d\dZ$/, ' UTC'),
  )}</time>`;
}

/** `177 MiB`. */
export function bytes(value: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, value < 1024 ? 0 : Math.floor(Math.log2(value) / 10));
  const shown = value / 1024 ** power;
  return `${power === 0 || shown >= 100 ? Math.round(shown) : shown.toFixed(1)} ${units[power]}`;
}
