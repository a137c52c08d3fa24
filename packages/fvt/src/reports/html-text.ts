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
