/**
 * Escapes outside text for use inside a line of GitHub's Markdown: no markup, link, mention or HTML of it survives. Word
 * joiners part what would be a mention or a link, as they are no place to break the line.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+\-!|~]/g, '\\$&')
    .replace(/@/g, '@\u2060')
    .replace(/:\/\//g, ':\u2060//');
}

/** Outside text as inline code; `<code>` rather than back ticks, so that no content can end it. */
export function code(text: string): string {
  const safe = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\|/g, '&#124;')
    // Else GitHub would make a link of it, also inside.
    .replace(/:\/\//g, ':&#47;/');
  return `<code>${safe}</code>`;
}

export function link(label: string, url: string): string {
  return `[${escapeMarkdown(label)}](${encodeURI(url).replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** A Markdown table; cells are Markdown already: escape outside text with `escapeMarkdown` or `code`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\n/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `4.2 s`, `3 min 20 s`. */
export function seconds(value: number): string {
  if (value < 59.95) {
    return `${value.toFixed(1)} s`;
  }
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
